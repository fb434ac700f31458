"""What is missing before a training goes one step on. It warns and never blocks: the day may be today."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import AssessmentForm
from lms.cohorts import registry
from lms.cohorts.enums import CohortState, FormsPlan
from lms.cohorts.models import Cohort, Enrolment, Meeting
from lms.cohorts.queries.years import stale_texts
from lms.cohorts.registry import Missing
from lms.cohorts.stages import FORWARD


def missing_before_next(cohort: Cohort) -> list[Missing]:
    """What to look at before the next state, own checks first, then those of the apps above. A few queries,
    however many people there are. ``cohort.assessment`` and ``cohort.course`` should be loaded."""
    to = FORWARD.get(cohort.state)
    own = {
        CohortState.OPEN: _before_opening,
        CohortState.RUNNING: _before_starting,
        CohortState.CLOSED: _before_closing,
    }
    if to is None:
        return []
    found = list(own[to](cohort)) if to in own else []
    return [*found, *registry.missing_before(cohort, to)]


def _before_opening(cohort: Cohort) -> Iterator[Missing]:
    form = reverse("cohort:edit", args=[cohort.pk])
    yield from _before_starting(cohort)
    if not cohort.course.live:
        yield Missing(_("The course is not published, so nobody can read its lessons."), form)
    if not cohort.assessment.live:
        yield Missing(_("The test is not published."), form)
    letters = set(
        AssessmentForm.objects.filter(assessment=cohort.assessment_id).values_list("letter", flat=True)
    )
    if cohort.forms_plan == FormsPlan.A_THEN_B:
        yield Missing(_("All take form A first, so a gain cannot be computed."), form)
    if not {"A", "B"} <= letters:
        yield Missing(_("The test lacks one of its two forms, A and B."), form)
    if not (cohort.signatory_name and cohort.signatory_title):
        yield Missing(_("Nobody is named who signs the certificates."), form)
    stale = stale_texts(cohort)
    if stale:
        text = ngettext(
            "%(number)d text holds the year of another training.",
            "%(number)d texts hold the year of another training.",
            len(stale),
        )
        yield Missing(text % {"number": len(stale)}, form)
    if not cohort.venue:
        yield Missing(_("The place is empty."), form)


def _before_starting(cohort: Cohort) -> Iterator[Missing]:
    if not Meeting.objects.filter(cohort=cohort).exists():
        yield Missing(_("No meeting is entered."), reverse("cohort:edit", args=[cohort.pk]))
    people = Enrolment.objects.filter(cohort=cohort).aggregate(
        all=Count("pk"), without=Count("pk", filter=Q(participant__pin_hash="", participant__is_active=True))
    )
    if not people["all"]:
        yield Missing(_("Nobody is enrolled."), reverse("cohort:import_people", args=[cohort.pk]))
    if people["without"]:
        text = ngettext(
            "%(number)d person has no card yet.", "%(number)d people have no card yet.", people["without"]
        )
        cards = reverse("cohort:cards", args=[cohort.pk])
        yield Missing(text % {"number": people["without"]}, cards)


def _before_closing(cohort: Cohort) -> Iterator[Missing]:
    own = Meeting.objects.filter(cohort=cohort)
    for meeting in own.filter(attendances__isnull=True).order_by("held_on", "pk")[:5]:
        text = _("Attendance of “%(meeting)s” is not ticked.") % {"meeting": meeting.title}
        yield Missing(text, reverse("cohort:attendance", args=[cohort.pk, meeting.pk]))
