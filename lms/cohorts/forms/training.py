"""The form of a training."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale

from assessments.enums import Purpose
from assessments.models import Assessment
from courses.enums import CourseKind
from courses.models import CoursePage
from lms.cohorts.domain import closed_fields, redraw_orders
from lms.cohorts.forms.assignments import problems_together, times_moved
from lms.cohorts.forms.programme import settle_organisation
from lms.cohorts.models import Cohort, Facilitator, Programme
from lms.cohorts.signals import cohort_changed
from lms.people.models import Village
from lms.people.queries import has_records
from lms.people.scoping import SEE_ALL


def offered_courses() -> QuerySet[CoursePage]:
    """Published trainings; of one in several languages only the page in the site's main language.

    A course of lessons about changed rules is none: those are given to people whatever their training.
    """
    main = Locale.get_default()
    has_main = CoursePage.objects.filter(locale=main).values("translation_key")
    trainings = CoursePage.objects.live().filter(kind=CourseKind.TRAINING)
    return trainings.filter(Q(locale=main) | ~Q(translation_key__in=has_main)).order_by("title")


class CohortForm(WagtailAdminModelForm):
    """A training with its meetings and findings, within the organisations of the member of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = settle_organisation(self)
        self.fields["programme"].queryset = Programme.objects.visible_to(self.for_user)
        if "facilitators" in self.formsets:
            self.formsets["facilitators"].offer(organisations=own, cohort=self.instance)
        self.fields["code"].error_messages["invalid"] = _("Only letters, digits and hyphens, without spaces.")
        self.fields["course"].queryset = offered_courses() | CoursePage.objects.filter(
            pk=self.instance.course_id
        )
        # What a training measures with was looked at and published; what it has it keeps.
        self.fields["assessment"].queryset = Assessment.objects.filter(
            Q(live=True, purpose=Purpose.TEST) | Q(pk=self.instance.assessment_id)
        )
        if self.instance._state.adding:
            self._choose_the_only_ones()
        if self.instance.village_id and "assignments" in self.formsets:
            self.formsets["assignments"].show_in(self.instance.village.time_zone)

    def _choose_the_only_ones(self) -> None:
        """What can be chosen in one way only is chosen; without a village, say where it is added."""
        for name in ("course", "village", "assessment"):
            offered = list(self.fields[name].queryset[:2])
            if len(offered) == 1:
                self.initial.setdefault(name, offered[0].pk)
            elif not offered and name == "village":
                self.fields[name].help_text = format_html(
                    '<a href="{}" target="_blank">{}</a>',
                    reverse("village:add"),
                    _("There is no village yet. Add it in a new window, then load this page again."),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first day."))
        self._match_programme(cleaned)
        if not self.instance._state.adding:
            for field, reason in closed_fields(self.instance, set(self.changed_data)).items():
                self.add_error(field if field in self.fields else None, reason)
        self._read_assignments(cleaned.get("village"))
        self._keep_closed_surveys(cleaned)
        self._read_team(cleaned.get("organisation") or self.instance.organisation_id)
        self._keep_children_with_records()
        return cleaned

    def _match_programme(self, cleaned: dict[str, Any]) -> None:
        organisation = cleaned.get("organisation")
        mine = organisation.pk if organisation else self.instance.organisation_id
        programme = cleaned.get("programme")
        if programme is not None and mine and programme.organisation_id != mine:
            self.add_error("programme", _("This programme belongs to another organisation."))

    def _read_assignments(self, village: Village | None) -> None:
        formset = self.formsets.get("assignments")
        if formset is None:
            return
        if village is not None:
            for form in formset.forms:
                form.zone = ZoneInfo(village.time_zone)
        if formset.is_valid():
            kept = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
            for problem in problems_together(kept):
                self.add_error(None, problem)

    def _keep_closed_surveys(self, cleaned: dict[str, Any]) -> None:
        formset, days = self.formsets.get("assignments"), ("starts_on", "ends_on", "village")
        if formset is None or self.instance._state.adding or not formset.is_valid():
            return
        before = Cohort.objects.select_related("village").get(pk=self.instance.pk)
        after = Cohort(**{name: cleaned.get(name) or getattr(before, name) for name in days})
        if times_moved(formset, before=before, after=after):
            self.add_error(
                None,
                _(
                    "A survey has closed and its sums can be read. Its time stays, or one answer more or "
                    "less would show what one person said. If the days of the training change, write the "
                    "time at which the survey closed into its row."
                ),
            )

    def _read_team(self, organisation: Any) -> None:
        formset = self.formsets.get("facilitators")
        if formset is not None and organisation:
            formset.refuse_strangers(organisation)
            if formset.total_error_count():
                self.add_error(None, _("Please look at the rows of the team."))

    def _keep_children_with_records(self) -> None:
        for formset in self.formsets.values():
            for form in formset.deleted_forms if formset.is_valid() else []:
                if form.instance.pk and has_records(form.instance):
                    self.add_error(
                        None,
                        _("“%(child)s” stays: attendance or actions belong to it.")
                        % {"child": form.instance},
                    )

    def save(self, commit: bool = True) -> Cohort:
        is_new = self.instance._state.adding
        with transaction.atomic():
            cohort = super().save(commit)
            if commit and is_new and not self.for_user.has_perm(SEE_ALL):
                # Else whoever prepares a training would lose sight of it by saving.
                Facilitator.objects.get_or_create(cohort=cohort, user=self.for_user)
            if commit and not is_new:
                if "forms_plan" in self.changed_data:
                    redraw_orders(cohort=cohort)
                cohort_changed.send(sender=Cohort, cohort=cohort)
        return cohort
