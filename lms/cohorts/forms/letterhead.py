"""The form of a letterhead."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.cohorts.models import Letterhead
from lms.people.models import Organisation
from lms.uploads import CleanFile, photo_taken_in

_MOST_LINES = {"lines": 6, "contact": 3}


class LetterheadForm(WagtailAdminModelForm):
    """Lines and logo, within the organisations of the member of staff. A logo is drawn anew, on white."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "The emblem of the regency or the logo of the organisation, as PNG or JPEG. Never the Garuda: it "
            "is for state institutions. Without a logo the lines stand in the middle of the paper."
        ),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Letterhead
        fields: ClassVar = ["organisation", "village", "lines", "contact"]
        widgets: ClassVar = {
            "organisation": forms.Select,
            "village": forms.Select,
            "lines": forms.Textarea(attrs={"rows": 4}),
            "contact": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(
            **({} if self.for_user.is_superuser else {"memberships__user": self.for_user})
        )
        self.fields["organisation"].queryset = own
        if own.count() == 1:
            self.instance.organisation = own.get()
            del self.fields["organisation"]
        self.fields["village"].empty_label = _("all villages")
        if not self.instance.logo:
            del self.fields["without_logo"]

    def clean_lines(self) -> str:
        return self._clean_lines("lines")

    def clean_contact(self) -> str:
        return self._clean_lines("contact")

    def clean_new_logo(self) -> CleanFile | None:
        upload = self.cleaned_data["new_logo"]
        return photo_taken_in(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # A field that was taken out is not looked at by the model: two letterheads for one place are.
        if "organisation" not in self.fields:
            try:
                self.instance.village = cleaned.get("village")
                self.instance.validate_constraints()
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return cleaned

    def save(self, commit: bool = True) -> Letterhead:
        logo: CleanFile | None = self.cleaned_data["new_logo"]
        if logo is not None:
            self.instance.logo.save(f"logo{logo.suffix}", ContentFile(logo.content), save=False)
        elif self.cleaned_data.get("without_logo"):
            # The file stays, as every file that a paper once showed.
            self.instance.logo = ""
        saved: Letterhead = super().save(commit)
        return saved

    def _clean_lines(self, name: str) -> str:
        """Without empty lines and spaces at the ends."""
        lines = [" ".join(line.split()) for line in self.cleaned_data[name].splitlines()]
        kept = [line for line in lines if line]
        if len(kept) > _MOST_LINES[name]:
            raise ValidationError(
                _("Write at most %(most)d lines."), code="lines", params={"most": _MOST_LINES[name]}
            )
        return "\n".join(kept)
