"""The forms of counts, data reviews and regulation reviews."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms.deliberations.dates import DayField
from lms.deliberations.domain.census import KEPT_FOR, today_of
from lms.deliberations.forms.base import RecordForm
from lms.deliberations.models import Census
from lms.uploads import CleanFile, taken_in


class CensusForm(RecordForm):
    """Counts of one hamlet."""

    counted_on = DayField(label=capfirst(_("date of the count")), help_text=_("For example 25 Juni 2018."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ungrouped = sum(cleaned.get(name) or 0 for name in ("ungrouped_men", "ungrouped_women"))
        residents = cleaned.get("residents")
        if residents is not None and ungrouped > residents:
            self.add_error(
                "residents",
                ValidationError(
                    _("More people are in no group than were counted at all. Correct one of the numbers."),
                    "too_few",
                ),
            )
        return cleaned


class DataReviewForm(RecordForm):
    """A data review with its indicators."""

    reviewed_on = DayField(label=capfirst(_("date of the review")), help_text=_("For example 22 Juni 2018."))


class RegulationReviewForm(RecordForm):
    """A regulation review with its articles."""

    reviewed_on = DayField(
        label=capfirst(_("date of the review")), help_text=_("For example 10 Agustus 2018.")
    )


class NamesForm(forms.Form):
    """The filled-in form with names, and when it is erased."""

    file = forms.FileField(
        label=_("Photo or PDF of the list with names"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("At most 10 MB. What the camera wrote beside a photo (place, time, device) is removed."),
        error_messages={
            "required": _("Choose the photo or PDF of the list with names."),
            "empty": _("This file is empty. Take the photo again."),
        },
    )
    erase_on = DayField(
        label=capfirst(_("erase on")),
        help_text=_("On this day the names are erased by themselves; the counts stay. A year is usual."),
    )

    def __init__(self, *args: Any, census: Census, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["erase_on"].initial = in_a_year(census)

    def clean_file(self) -> CleanFile:
        return taken_in(self.cleaned_data["file"])


def in_a_year(census: Census) -> date:
    """When names are erased unless somebody says another day."""
    return today_of(census) + KEPT_FOR
