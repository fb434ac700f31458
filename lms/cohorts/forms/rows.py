"""Sets of rows in a form that say in words what the database would refuse."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet

from lms.cohorts.models import Finding


class DistinctFormSet(BaseChildFormSet):
    """Rows of which no two may agree in all of ``distinct_by``; the last field is marked."""

    distinct_by: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            told = getattr(form, "cleaned_data", {})
            if form in self.deleted_forms or not all(told.get(name) for name in self.distinct_by):
                continue
            row = tuple(told[name] for name in self.distinct_by)
            if row in seen:
                form.add_error(self.distinct_by[-1], _("This is there twice. Keep one row."))
            seen.add(row)


class PartyFormSet(DistinctFormSet):
    distinct_by = ("role", "name")


class QuotaFormSet(DistinctFormSet):
    distinct_by = ("element",)


class FindingFormSet(BaseChildFormSet):
    """Findings; participants may have posted others since the form was opened."""

    def clean(self) -> None:
        super().clean()
        if self.instance._state.adding:
            return
        # Rows that were deleted here free their code only once the form is saved.
        own = {form.instance.pk for form in self.forms}
        others = Finding.objects.filter(cohort=self.instance.pk).exclude(pk__in=own)
        taken = set(others.values_list("code", flat=True))
        for form in self.forms:
            code = getattr(form, "cleaned_data", {}).get("code")
            if code in taken and form not in self.deleted_forms:
                form.add_error("code", _("Another card has this code. Leave it empty for the next number."))


class ObjectiveFormSet(DistinctFormSet):
    distinct_by = ("code",)
