"""Forms of the import of a list of people: the file, what its columns are, and the consent."""

import datetime
from collections import Counter
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.imports.reading import MAX_BYTES, too_large
from lms.cohorts.imports.columns import Column, guess
from lms.cohorts.imports.reading import Rules
from lms.cohorts.imports.sheet import Sheet
from lms.cohorts.models import Cohort
from lms.people.domain import CONSENT_TEXT_VERSION, Consent
from lms.people.enums import ConsentChannel, Element
from lms.people.models import Village


class ListForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("List of participants"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, at most 5,000 rows and 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MAX_BYTES:
            raise too_large()
        return self.cleaned_data["file"]


class ColumnsForm(forms.Form):
    """What each column is, guessed at first, and what holds where a cell is empty. Sent by GET."""

    element = forms.ChoiceField(
        label=gettext_lazy("Rows whose element (unsur) cannot be told"), required=False
    )
    village = forms.ModelChoiceField(
        label=gettext_lazy("Village of rows that name none"), queryset=Village.objects.all(), required=False
    )

    def __init__(self, data: Any, *, sheet: Sheet, cohort: Cohort, sees_access_needs: bool) -> None:
        # An address without the columns is the first look at the list.
        super().__init__(data if data and "k0" in data else None)
        self.cohort, self.sheet, self._sees_access_needs = cohort, sheet, sees_access_needs
        self.guessed = guess(sheet.headings)
        self.fields["element"].choices = [("", _("are not taken")), *Element.choices]
        self.fields["village"].initial = cohort.village_id
        for place, column in enumerate(self.guessed):
            self.fields[f"k{place}"] = forms.ChoiceField(
                label=sheet.headings[place] or _("Column %(number)d") % {"number": place + 1},
                choices=self._choices(),
                required=False,
                initial=column.value,
                help_text=self._examples(place),
            )

    def _choices(self) -> list[tuple[str, Any]]:
        hidden = set() if self._sees_access_needs else {Column.ACCESS_NEEDS.value}
        return [(value, label) for value, label in Column.choices if value not in hidden]

    def _examples(self, place: int) -> str:
        found = dict.fromkeys(cells[place][:30] for _number, cells in self.sheet.rows[:50] if cells[place])
        return ", ".join(list(found)[:3])

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("k")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = Counter(value for name, value in cleaned.items() if name.startswith("k") and value)
        for value, number in chosen.items():
            if number > 1:
                self.add_error(
                    None,
                    ValidationError(
                        _("“%(name)s” is chosen for %(number)d columns. Choose it once."),
                        params={"name": Column(value).label, "number": number},
                    ),
                )
        return cleaned

    def rules(self) -> Rules:
        """What was chosen, or guessed as long as nothing valid was chosen."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        places = range(len(self.guessed))
        columns = [Column(said[f"k{place}"]) for place in places] if said else self.guessed
        return Rules(
            columns=columns,
            village=said.get("village") or self.cohort.village,
            on=self.cohort.starts_on,
            element=said.get("element", ""),
            keeps_access_needs=self._sees_access_needs,
        )


class ConsentForm(forms.Form):
    """How and when the people of the list consented. Said once for all of them."""

    LANGUAGES: ClassVar = [
        ("id", gettext_lazy("Indonesian")),
        ("bfn", "Bunak"),
        ("tet", "Tetun"),
        ("kem", "Kemak"),
        ("aoz", "Dawan"),
        ("en", gettext_lazy("English")),
    ]

    consent_given = forms.BooleanField(
        label=gettext_lazy(
            "Everybody who is taken from this list agrees that name, role and results are kept for this "
            "training."
        ),
        error_messages={
            "required": gettext_lazy("Ask for consent first. Without it nothing about the people is kept.")
        },
    )
    consent_channel = forms.ChoiceField(label=gettext_lazy("Consent was given"), widget=forms.RadioSelect)
    consent_on = forms.DateField(
        label=gettext_lazy("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    consent_language = forms.ChoiceField(
        label=gettext_lazy("In which language"), choices=LANGUAGES, initial="id"
    )
    consent_text_version = forms.RegexField(
        label=gettext_lazy("Version of the text"),
        regex=r"^[\w.-]{1,20}$",
        initial=CONSENT_TEXT_VERSION,
        help_text=gettext_lazy("It stands below the text that was read out or signed."),
    )

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data)
        self._zone = ZoneInfo(cohort.village.time_zone)
        self.fields["consent_channel"].choices = [
            choice for choice in ConsentChannel.choices if choice[0] != ConsentChannel.SCREEN
        ]

    def clean_consent_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["consent_on"]
        today = timezone.now().astimezone(self._zone).date()
        if day > today:
            raise ValidationError(_("Consent cannot have been given in the future."))
        if day.year < 2000:
            raise ValidationError(_("Write the year with four digits, for example 2026."))
        return day

    def consent(self) -> Consent:
        """The consent of a valid form; it counts from the beginning of the day in the village."""
        said = self.cleaned_data
        return Consent(
            text_version=said["consent_text_version"],
            language=said["consent_language"],
            channel=said["consent_channel"],
            given_at=datetime.datetime.combine(said["consent_on"], datetime.time(), self._zone),
        )
