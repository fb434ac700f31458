"""Forms about a meeting itself: its facts, counts, signed pages and devices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from lms.cohorts.models import Meeting, MeetingCounts
from lms.cohorts.queries.inclusion import COUNTED, Proposal
from lms.people.domain import clean_line
from lms.uploads import CleanFile, taken_in

_MOST_PAGES_AT_ONCE = 10


class MeetingForm(forms.ModelForm):
    """Day, time, place, hours and programme of one meeting."""

    class Meta:
        model = Meeting
        fields = [
            "title",
            "held_on",
            "begins_at",
            "ends_at",
            "lesson_hours",
            "place",
            "speakers",
            "agenda",
            "grace_minutes",
            "sign_in_counts",
        ]
        widgets = {
            "held_on": AdminDateInput,
            "begins_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "agenda": forms.Textarea(attrs={"rows": 5}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", "place", "speakers"):
            if name in cleaned:
                cleaned[name] = clean_line(cleaned[name])
        if "title" in cleaned and not cleaned["title"]:
            self.add_error("title", _("Give the meeting a title."))
        return cleaned


class CountsForm(forms.ModelForm):
    """Who was there in numbers. What is not known stays empty; nought means that there was nobody."""

    class Meta:
        model = MeetingCounts
        fields = [*COUNTED, "source", "note"]
        widgets = {"source": forms.RadioSelect}

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COUNTED:
            self.fields[name].widget.attrs["inputmode"] = "numeric"
            if self.instance._state.adding:
                self.initial[name] = proposal.counts[name]

    def counts(self) -> dict[str, int | None]:
        """The numbers by name."""
        return {name: self.cleaned_data[name] for name in COUNTED}


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class PagesField(forms.FileField):
    """Photos or PDFs, each opened and cleaned. Gives (name, file) of each."""

    widget = ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, CleanFile]]:
        uploads = (data or [None]) if isinstance(data, list | tuple) else [data]
        if len(uploads) > _MOST_PAGES_AT_ONCE:
            raise forms.ValidationError(
                _("Send at most %(most)d files at a time."), params={"most": _MOST_PAGES_AT_ONCE}
            )
        found = [
            upload for upload in (super(PagesField, self).clean(each, initial) for each in uploads) if upload
        ]
        return [(upload.name, taken_in(upload)) for upload in found]


class PagesForm(forms.Form):
    """Pages of the signed daftar hadir."""

    pages = PagesField(
        label=_("Photos or PDF of the signed pages"),
        help_text=_(
            "Several at once. What the camera wrote beside a photo (place, time, device) is removed."
        ),
        error_messages={"required": _("Choose at least one photo or PDF.")},
    )


class RemovePageForm(forms.Form):
    """Why a page is taken away."""

    reason = forms.CharField(
        label=_("Why is this page removed?"),
        max_length=300,
        error_messages={"required": _("Write why this page is removed.")},
    )


class StationForm(forms.Form):
    """The name of this device."""

    name = forms.CharField(
        label=_("Name of this device"),
        max_length=60,
        help_text=_("For example: Laptop 1, on the table at the door."),
        error_messages={"required": _("Give the device a name, for example: Laptop 1.")},
    )
