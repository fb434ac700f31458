"""The forms of a picture for news and of accounts of staff."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from home.domain.pictures import take_in
from home.models import NewsPicture
from lms.cohorts.models import Cohort
from lms.uploads import CleanFile, photo_taken_in


class PictureForm(WagtailAdminModelForm):
    """A photo of one of one's own trainings, with what who cannot see it has to know."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP. It is made small; place, time and device are taken out of it."),
    )

    field_order = ("cohort", "photo", "alt", "credit", "everybody_agreed")

    class Meta:
        model = NewsPicture
        fields = ("cohort", "alt", "credit", "everybody_agreed")
        widgets = {"cohort": forms.Select}
        help_texts = {
            "alt": _("In one sentence, for who cannot see it. Name no person."),
            "everybody_agreed": _(
                "Ask everybody whom one can recognise, and the parents of children. Without the tick nobody "
                "outside your organisation sees it; untick it when somebody changes their mind."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Cohort.objects.visible_to(self.for_user) if self.for_user else Cohort.objects.none()
        self.fields["cohort"].queryset = visible
        if not self.instance._state.adding:
            self.fields["photo"].required = False
            self.fields["photo"].label = _("Another photo")
            self.fields["cohort"].disabled = True

    def clean_photo(self) -> CleanFile | None:
        upload = self.cleaned_data.get("photo")
        return photo_taken_in(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_exchanged = cleaned.get("photo") and not self.instance._state.adding
        if is_exchanged and cleaned.get("everybody_agreed") and "everybody_agreed" not in self.changed_data:
            self.add_error(
                "everybody_agreed",
                ValidationError(
                    _("This is another photo: untick, save, and ask the people in it first."), "asked_anew"
                ),
            )
        return cleaned

    def save(self, commit: bool = True) -> NewsPicture:
        return take_in(picture=self.instance, photo=self.cleaned_data.get("photo"), user=self.for_user)


class _OneNameIsEnough(forms.Form):
    """Wagtail asks for two names and an e-mail address; many people here have one name and no address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "last_name"):
            self.fields[name].required = False
        self.fields["first_name"].help_text = _("One name is enough.")


class AccountCreationForm(_OneNameIsEnough, UserCreationForm):
    """A new account."""


class AccountEditForm(_OneNameIsEnough, UserEditForm):
    """An account that is there."""
