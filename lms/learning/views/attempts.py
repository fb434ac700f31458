"""Beginning a test, looking over it, handing it in, and its result."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.models import Enrolment
from lms.learning.access import TEST_TAKER
from lms.learning.domain import start_attempt, submit_attempt
from lms.learning.enums import Occasion
from lms.learning.models import Attempt
from lms.learning.queries import Tries, attempt_for_participant, current_answers, form_size, tries_of
from lms.learning.reports import attempt_result
from lms.learning.views.responses import SeeOther, not_your_test, plain_page, to_dashboard
from lms.learning.views.sittings import sitting_of
from lms.ui.policy import requires


@requires(TEST_TAKER)
def start(request: HttpRequest, occasion: str) -> HttpResponse:
    """What the test is like, and the button that begins it or goes on with it."""
    if occasion not in Occasion.values:
        raise Http404
    enrolment = enrolment_or_404(request)
    state = tries_of(enrolment)
    if request.method == "POST":
        return _begin(request, enrolment, occasion)
    going_on = state.open_attempt(occasion)
    if going_on is None and not state.may_start(occasion):
        return _instead_of_starting(request, enrolment, state, occasion)
    return render(request, "learning/start.html", _start_context(enrolment, state, occasion, going_on))


def _start_context(
    enrolment: Enrolment, state: Tries, occasion: str, going_on: Attempt | None
) -> dict[str, Any]:
    cohort = enrolment.cohort
    if going_on is not None:
        total = going_on.items.count()
        answered = sum(response is not None for response in current_answers(going_on).values())
    else:
        total, answered = form_size(enrolment, occasion), 0
    number = going_on.number if going_on else state.next_number(occasion)
    return {
        "is_pre_test": occasion == Occasion.PRE,
        "occasion_label": Occasion(occasion).label,
        "going_on": going_on,
        "number": number,
        "tries_left": cohort.post_test_tries - number,
        "total": total,
        "answered": answered,
        "minutes": cohort.assessment.minutes,
        "simulated": cohort.is_simulated,
    }


def _begin(request: HttpRequest, enrolment: Enrolment, occasion: str) -> HttpResponse:
    asked = request.POST.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else None
    try:
        attempt = start_attempt(enrolment=enrolment, occasion=occasion, number=number)
    except ValidationError as refusal:
        state = tries_of(enrolment)
        return _instead_of_starting(request, enrolment, state, occasion, refusal)
    sitting_of(request, attempt)
    return SeeOther(reverse("learning:question", args=[attempt.pk, _first_empty(attempt)]))


def _first_empty(attempt: Attempt) -> int:
    answers = current_answers(attempt)
    items = list(attempt.items.values_list("pk", "position").order_by("position"))
    return next((position for pk, position in items if answers.get(pk) is None), 1)


def _instead_of_starting(
    request: HttpRequest,
    enrolment: Enrolment,
    state: Tries,
    occasion: str,
    refusal: ValidationError | None = None,
) -> HttpResponse:
    """A test that was handed in shows its result; one that is not open yet says what comes first."""
    submitted = state.submitted(occasion)
    if submitted:
        return SeeOther(reverse("learning:result", args=[submitted[-1].pk]))
    text = _("The pre-test is closed, because you have already begun the post-test.")
    way_on = to_dashboard()
    if occasion == Occasion.POST and not state.submitted(Occasion.PRE):
        text = _("Take the pre-test first. Then the post-test opens.")
        start_url = reverse("learning:start", args=[Occasion.PRE])
        way_on = {"action_url": start_url, "action_label": _("Go to the pre-test")}
    return plain_page(
        request,
        status=403,
        title=_("This test is not open"),
        text=refusal.messages[0] if refusal is not None else text,
        simulated=enrolment.cohort.is_simulated,
        **way_on,
    )


@requires(TEST_TAKER)
def review(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """What is answered and what is empty, and what handing in means."""
    attempt = _own(request, attempt_id)
    if attempt is None:
        return not_your_test(request)
    if attempt.submitted_at is not None:
        return SeeOther(reverse("learning:result", args=[attempt.pk]))
    squares = navigator(attempt)
    empty = [square for square in squares if square["state"] == "empty"]
    context = {
        "attempt": attempt,
        "is_pre_test": attempt.occasion == Occasion.PRE,
        "items": squares,
        "empty": empty,
        "answered": len(squares) - len(empty),
        "simulated": attempt.enrolment.cohort.is_simulated,
    }
    return render(request, "learning/review.html", context)


@requires(TEST_TAKER)
def submit(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Hand in, once: sent again it leads to the same result. Opened by hand it leads to the review."""
    attempt = _own(request, attempt_id)
    if attempt is None:
        return not_your_test(request)
    if request.method != "POST":
        return SeeOther(reverse("learning:review", args=[attempt.pk]))
    submit_attempt(attempt=attempt)
    return SeeOther(reverse("learning:result", args=[attempt.pk]))


@requires(TEST_TAKER)
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """The own points in words; never a key or which answer was right."""
    attempt = _own(request, attempt_id)
    if attempt is None:
        return not_your_test(request)
    if attempt.submitted_at is None:
        return SeeOther(reverse("learning:review", args=[attempt.pk]))
    told = attempt_result(attempt)
    context = {"result": told, "simulated": attempt.enrolment.cohort.is_simulated}
    template = "learning/result_post.html" if told.is_post_test else "learning/result_pre.html"
    return render(request, template, context)


def navigator(attempt: Attempt, current: int | None = None) -> list[dict[str, Any]]:
    """The squares of all questions, as the component ``navigator`` wants them. Two queries."""
    answers = current_answers(attempt)
    return [
        {
            "number": position,
            "url": reverse("learning:question", args=[attempt.pk, position]),
            "state": "empty" if answers.get(pk) is None else "answered",
            "flagged": False,
            "current": position == current,
        }
        for pk, position in attempt.items.values_list("pk", "position").order_by("position")
    ]


def _own(request: HttpRequest, attempt_id: uuid.UUID) -> Attempt | None:
    return attempt_for_participant(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
    )
