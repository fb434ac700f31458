"""Looking an attempt over, handing it in, its result, and the own answers afterwards."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.enums import ReviewLevel, ReviewMoment
from assessments.registry import kind_of
from lms.learning.access import TEST_TAKER
from lms.learning.domain import submit_attempt
from lms.learning.enums import MOMENTS, SURVEY_OCCASIONS, ClosedBy, Occasion
from lms.learning.models import Attempt
from lms.learning.places import Kind, Place
from lms.learning.queries import levels_of, shown_level
from lms.learning.reports import answers_shown, attempt_result
from lms.learning.views.responses import SeeOther, not_your_test, plain_page
from lms.learning.views.starting import start_url
from lms.learning.views.taking import clock, navigator, not_open, own_attempt, question_url, title_of
from lms.people.station import stand_at
from lms.ui.policy import requires

_RESULTS = {Occasion.PRE: "learning/result_pre.html", Occasion.POST: "learning/result_post.html"}


@requires(TEST_TAKER)
def review(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """What is answered, empty and flagged, and what handing in means."""
    attempt = own_attempt(request, attempt_id)
    instead = not_open(request, attempt)
    if instead is not None or attempt is None:
        return instead or not_your_test(request)
    stand_at(request, str(Place(Kind.REVIEW, attempt.pk)))
    squares = navigator(attempt)
    empty = [square for square in squares if square["state"] == "empty"]
    context = {
        "attempt": attempt,
        "is_pre_test": attempt.occasion == Occasion.PRE,
        "is_marked_by_hand": _is_marked_by_hand(attempt),
        "shows_points": _shows_points(attempt),
        "offers_dont_know": attempt.assessment.offer_dont_know,
        "is_survey": attempt.occasion in SURVEY_OCCASIONS,
        "is_moment": attempt.occasion in MOMENTS,
        "items": squares,
        "empty": empty,
        "flagged": [square for square in squares if square["flagged"]],
        "answered": len(squares) - len(empty),
        "back_url": question_url(attempt, 1),
        "simulated": attempt.enrolment.cohort.is_simulated,
        **clock(attempt),
    }
    return render(request, "learning/review.html", context)


@requires(TEST_TAKER)
def submit(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Hand in, once: sent again it leads to the same result. Opened by hand it leads to the review."""
    attempt = own_attempt(request, attempt_id)
    if attempt is None:
        return not_your_test(request)
    if request.method != "POST":
        return SeeOther(reverse("learning:review", args=[attempt.pk]))
    submit_attempt(attempt=attempt)
    return SeeOther(reverse("learning:result", args=[attempt.pk]))


@requires(TEST_TAKER)
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """The own points in words, as far as the rules show them; never a key or which answer was right."""
    attempt = own_attempt(request, attempt_id, for_result=True)
    if attempt is None:
        return not_your_test(request)
    if attempt.submitted_at is None:
        return SeeOther(reverse("learning:review", args=[attempt.pk]))
    level = shown_level(attempt)
    context = {
        "attempt": attempt,
        "title": title_of(attempt),
        "time_was_over": attempt.closed_by == ClosedBy.DEADLINE,
        "by_staff": attempt.closed_by == ClosedBy.STAFF,
        "answers_url": _answers_url(attempt) if level > ReviewLevel.SCORE else "",
        "simulated": attempt.enrolment.cohort.is_simulated,
    }
    if attempt.score is None or level == ReviewLevel.NOTHING:
        return render(request, "learning/result_held.html", context)
    told = attempt_result(attempt)
    context |= {"result": told, "again_url": start_url(attempt.occasion, attempt.assessment)}
    template = _RESULTS.get(Occasion(attempt.occasion), "learning/result.html")
    return render(request, template, context)


@requires(TEST_TAKER)
def answers(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """The own answers of a handed-in attempt, with as much beside them as the rules show by now."""
    attempt = own_attempt(request, attempt_id, for_result=True)
    if attempt is None:
        return not_your_test(request)
    if attempt.submitted_at is None:
        return SeeOther(reverse("learning:review", args=[attempt.pk]))
    level = shown_level(attempt)
    if level <= ReviewLevel.SCORE:
        return plain_page(
            request,
            status=403,
            title=_("Your answers are not shown yet"),
            text=_("They can be looked at when nobody takes this test any more, if its rules allow it."),
            action_url=reverse("learning:result", args=[attempt.pk]),
            action_label=_("Look at the result"),
            simulated=attempt.enrolment.cohort.is_simulated,
        )
    context = {
        "attempt": attempt,
        "title": title_of(attempt),
        "answers": answers_shown(attempt, level),
        "shows_feedback": level >= ReviewLevel.FEEDBACK,
        "shows_key": level >= ReviewLevel.KEY,
        "simulated": attempt.enrolment.cohort.is_simulated,
    }
    return render(request, "learning/answers.html", context)


def _answers_url(attempt: Attempt) -> str:
    return reverse("learning:answers", args=[attempt.pk])


def _is_marked_by_hand(attempt: Attempt) -> bool:
    """Whether a person has to read an answer before there is a result."""
    kinds = attempt.items.filter(points__gt=0).values_list("kind", flat=True).distinct().order_by()
    return any(kind_of(kind).marked_by_hand for kind in kinds)


def _shows_points(attempt: Attempt) -> bool:
    levels = levels_of(attempt.assessment, attempt.occasion)
    return levels.get(ReviewMoment.HANDED_IN, ReviewLevel.NOTHING) >= ReviewLevel.SCORE
