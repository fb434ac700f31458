"""What can be asked of the page over many trainings, by address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.evaluation.reports.across import By, Wanted
from lms.evaluation.reports.across_words import BY_WORDS


class AcrossForm(forms.Form):
    """Filters and what the table is cut by. A value that is not offered (any more) is as if not chosen."""

    by = forms.ChoiceField(
        label=_("Table by"), required=False, choices=[(str(by), word) for by, word in BY_WORDS.items()]
    )
    year = forms.CharField(label=BY_WORDS[By.YEAR], required=False, max_length=4)
    programme = forms.CharField(label=BY_WORDS[By.PROGRAMME], required=False, max_length=20)
    province = forms.CharField(label=BY_WORDS[By.PROVINCE], required=False, max_length=120)
    regency = forms.CharField(label=BY_WORDS[By.REGENCY], required=False, max_length=120)
    village = forms.CharField(label=BY_WORDS[By.VILLAGE], required=False, max_length=20)
    one = forms.CharField(label=_("First training (code)"), required=False, max_length=30)
    other = forms.CharField(label=_("Second training (code)"), required=False, max_length=30)

    def cut(self) -> By:
        return By(self._value("by") or By.YEAR)

    def wanted(self) -> Wanted:
        return Wanted(**{str(by): self._value(by) for by in By})

    def codes(self) -> tuple[str, str]:
        """The two trainings to compare, "" where none was named."""
        return self._value("one"), self._value("other")

    def offer(self, choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Show the filters as lists of what there is."""
        for by in By:
            field = self.fields[by]
            field.widget = forms.Select(choices=[("", _("all")), *choices[by]])

    def _value(self, name: str) -> str:
        self.is_valid()
        known: Any = self.cleaned_data.get(name, "")
        # NUL is no text for PostgreSQL, and nobody types it.
        return str(known or "").replace("\x00", "")
