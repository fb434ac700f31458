"""Before an attempt: what it is like, and the button that begins it or goes on with it."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.enums import Layout, with_moment
from assessments.models import Assessment
from lms.cohorts.access import enrolment_or_404
from lms.cohorts.models import Enrolment
from lms.learning.access import TEST_TAKER
from lms.learning.domain import close_if_overdue, start_attempt
from lms.learning.domain.refusals import refusal_of
from lms.learning.enums import MOMENTS, SURVEY_OCCASIONS, TEST_OCCASIONS, Occasion
from lms.learning.models import Attempt
from lms.learning.queries import Tries, current_answers, form_size, tries_of
from lms.learning.views.responses import SeeOther, plain_page, to_dashboard
from lms.learning.views.sittings import sitting_of
from lms.learning.views.taking import question_url
from lms.ui.policy import requires

_LONGEST_NAME = 120


@requires(TEST_TAKER)
def start(request: HttpRequest, occasion: str) -> HttpResponse:
    """A test of the training: before, after, at the follow-up."""
    if occasion not in TEST_OCCASIONS:
        raise Http404
    enrolment = enrolment_or_404(request)
    return _start(request, enrolment, occasion, enrolment.cohort.assessment)


@requires(TEST_TAKER)
def start_assigned(request: HttpRequest, occasion: str, assessment_id: int) -> HttpResponse:
    """A practice or survey that the training has."""
    if occasion not in (Occasion.PRACTICE, *SURVEY_OCCASIONS):
        raise Http404
    enrolment = enrolment_or_404(request)
    assigned = Assessment.objects.filter(
        assignments__cohort=enrolment.cohort_id, assignments__occasion=occasion
    )
    assessment = get_object_or_404(assigned, pk=assessment_id)
    if assessment.is_anonymous:
        return SeeOther(reverse("learning:survey", args=[assessment.pk]))
    return _start(request, enrolment, occasion, assessment)


def start_url(occasion: str, assessment: Assessment) -> str:
    """Where an assessment is begun on an occasion."""
    if occasion in TEST_OCCASIONS:
        return reverse("learning:start", args=[occasion])
    return reverse("learning:start_assigned", args=[occasion, assessment.pk])


def _start(request: HttpRequest, enrolment: Enrolment, occasion: str, assessment: Assessment) -> HttpResponse:
    if request.method == "POST":
        return _begin(request, enrolment, occasion, assessment)
    state = tries_of(enrolment, assessment)
    going_on = state.open_attempt(occasion)
    if going_on is not None and close_if_overdue(attempt=going_on).submitted_at is not None:
        return SeeOther(reverse("learning:result", args=[going_on.pk]))
    if going_on is None and not state.may_start(occasion):
        return _instead_of_starting(request, enrolment, state, occasion)
    context = _context(enrolment, state, occasion, going_on)
    return render(request, "learning/start.html", context)


def _context(enrolment: Enrolment, state: Tries, occasion: str, going_on: Attempt | None) -> dict[str, Any]:
    terms = state.terms[occasion]
    assessment = terms.assessment
    if going_on is not None:
        total = going_on.items.count()
        answered = sum(response is not None for response in current_answers(going_on).values())
        limit, left = going_on.time_limit_seconds, going_on.seconds_left()
    else:
        total, answered = form_size(enrolment, occasion, assessment), 0
        limit, left = terms.time_limit_seconds, None
    tries_left = state.tries_left(occasion)
    return {
        "occasion": occasion,
        "title": Occasion(occasion).label
        if occasion in TEST_OCCASIONS
        else with_moment(assessment.label, occasion),
        "is_pre_test": occasion == Occasion.PRE,
        "is_test": occasion in TEST_OCCASIONS,
        "is_survey": occasion in SURVEY_OCCASIONS,
        "is_moment": occasion in MOMENTS,
        "instructions": assessment.instructions,
        "going_on": going_on,
        "number": going_on.number if going_on else state.next_number(occasion),
        "tries_after": None if tries_left is None else tries_left - (going_on is None),
        "closes_at": _in_village(enrolment, terms.closes_at),
        "total": total,
        "answered": answered,
        "minutes": assessment.minutes,
        "limit_minutes": -(-limit // 60) if limit else None,
        "minutes_left": None if left is None else -(-left // 60),
        "one_page": assessment.layout == Layout.ONE_PAGE,
        "scribe_name": going_on.scribe_name if going_on else "",
        "simulated": enrolment.cohort.is_simulated,
    }


def _in_village(enrolment: Enrolment, moment: Any) -> Any:
    return moment and timezone.localtime(moment, ZoneInfo(enrolment.cohort.village.time_zone))


def _begin(request: HttpRequest, enrolment: Enrolment, occasion: str, assessment: Assessment) -> HttpResponse:
    asked = request.POST.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else None
    helper = " ".join(request.POST.get("scribe_name", "").replace("\x00", "").split())[:_LONGEST_NAME]
    try:
        attempt = start_attempt(
            enrolment=enrolment, occasion=occasion, number=number, assessment=assessment, scribe_name=helper
        )
    except ValidationError as refusal:
        state = tries_of(enrolment, assessment)
        return _instead_of_starting(request, enrolment, state, occasion, refusal)
    attempt.assessment = assessment
    # Answers are filed under an opening: what nobody has opened has none.
    place = _first_empty(attempt) if attempt.sittings else 1
    sitting_of(request, attempt)
    return SeeOther(question_url(attempt, place))


def _first_empty(attempt: Attempt) -> int:
    answers = current_answers(attempt)
    items: list[tuple[uuid.UUID, int]] = list(
        attempt.items.values_list("pk", "position").order_by("position")
    )
    return next((position for pk, position in items if answers.get(pk) is None), 1)


def _instead_of_starting(
    request: HttpRequest,
    enrolment: Enrolment,
    state: Tries,
    occasion: str,
    refusal: ValidationError | None = None,
) -> HttpResponse:
    """What was handed in shows its result; what is not open yet says what comes first."""
    submitted = state.submitted(occasion)
    if submitted:
        return SeeOther(reverse("learning:result", args=[submitted[-1].pk]))
    code = state.hindrance(occasion)
    if refusal is None:
        zone = enrolment.cohort.village.time_zone
        refusal = refusal_of(code, occasion, state.terms.get(occasion), zone)
    way_on = to_dashboard()
    if occasion == Occasion.POST and not state.submitted(Occasion.PRE) and state.pretest_first:
        pre_test = reverse("learning:start", args=[Occasion.PRE])
        way_on = {"action_url": pre_test, "action_label": _("Go to the pre-test")}
    return plain_page(
        request,
        status=403,
        title=_("This test is not open") if occasion in TEST_OCCASIONS else _("This is not open"),
        text=refusal.messages[0],
        simulated=enrolment.cohort.is_simulated,
        **way_on,
    )
