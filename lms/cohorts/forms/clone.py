"""What is asked before a training is copied for another year."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from lms.cohorts.models import Cohort
from lms.cohorts.years import stale_years


class CloneForm(forms.Form):
    """The first day and the code of the copy."""

    starts_on = forms.DateField(label=_("First day"), widget=AdminDateInput)
    code = forms.SlugField(
        label=_("Code"),
        max_length=30,
        help_text=_("Short, for example LNN-2018."),
        error_messages={"invalid": _("Only letters, digits and hyphens, without spaces.")},
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        later = _a_year_later(cohort)
        initial = {"starts_on": later, "code": _code_for(cohort.code, later.year)}
        super().__init__(*args, initial=initial, **kwargs)


def _a_year_later(cohort: Cohort) -> Any:
    """The same weekday 52 weeks later, so that a Monday stays a Monday."""
    return cohort.starts_on + timedelta(weeks=52)


def _code_for(code: str, year: int) -> str:
    """The code with its year replaced, or with the year behind it."""
    for found in stale_years(code, fitting=()):
        return code.replace(str(found.year), str(year))
    return f"{code[:25]}-{year}"
