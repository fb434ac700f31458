"""Rows of a training's form that say who is in its team."""

from typing import Any

from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from lms.cohorts.models import Cohort, Meeting
from lms.cohorts.queries.team import staff_of
from lms.people.models import Organisation, StaffMembership


class FacilitatorForm(WagtailAdminModelForm):
    """One row: an account, or a name."""

    def clean(self) -> dict[str, Any]:
        # Without the parent's: that would refuse broken constraints in the words of a database.
        cleaned = self.cleaned_data
        cleaned["name"] = " ".join((cleaned.get("name") or "").split())
        if not cleaned.get("user") and not cleaned["name"] and "user" not in self.errors:
            self.add_error("name", _("Choose a member of staff, or write a name."))
        return cleaned


class FacilitatorFormSet(BaseChildFormSet):
    """All rows; accounts and meetings are read once for all of them."""

    _staff: Any = None
    _staff_choices: list[tuple[Any, str]] = [("", "---------")]
    _meetings: Any = None
    _meeting_choices: list[tuple[Any, str]] = []

    def offer(self, *, organisations: Any, cohort: Cohort) -> None:
        """Say which accounts and meetings may be chosen; call it before the rows are looked at."""
        self._staff = staff_of(organisations)
        accounts = [(user.pk, user.get_full_name() or user.get_username()) for user in self._staff]
        self._staff_choices = [("", "---------"), *accounts]
        # What is not saved yet has no key to choose.
        own = Meeting.objects.none() if cohort._state.adding else Meeting.objects.filter(cohort=cohort.pk)
        self._meetings, self._meeting_choices = own, [(meeting.pk, meeting.title) for meeting in own]
        for form in (*self.forms, self.empty_form):
            self._fill(form)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        self._fill(form)

    def _fill(self, form: Any) -> None:
        if self._staff is None:
            return
        form.fields["user"].queryset = self._staff
        form.fields["user"].widget.choices = self._staff_choices
        form.fields["meetings"].queryset = self._meetings
        form.fields["meetings"].widget.choices = self._meeting_choices

    def refuse_strangers(self, organisation: Organisation) -> None:
        """Mark rows with an account that does not work for this organisation, and accounts named twice."""
        if not self.is_valid():
            return
        members = set(
            StaffMembership.objects.filter(organisation=organisation).values_list("user_id", flat=True)
        )
        seen = set()
        for form in self.forms:
            user = form.cleaned_data.get("user") if form not in self.deleted_forms else None
            if user is None:
                continue
            row = (user.pk, form.cleaned_data.get("role"))
            if user.pk not in members and "user" in form.changed_data:
                form.add_error("user", _("This account does not work for the organisation of the training."))
            elif row in seen:
                form.add_error("user", _("This account is there twice with the same role. Keep one row."))
            seen.add(row)
