"""What the pages of an open attempt share: the questions as they are drawn, the clock, the way through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.enums import Layout, with_moment
from assessments.queries import load_shown_questions
from assessments.questions.base import FIELD
from assessments.registry import kind_of
from lms.learning.domain import attach_file, close_if_overdue
from lms.learning.enums import TEST_OCCASIONS
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries import attempt_for_participant, current_answers
from lms.learning.views.responses import SeeOther, not_your_test, plain_page


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question of an open attempt, ready for the tag ``question`` and its place on a page."""

    item: AttemptItem
    payload: dict[str, Any]
    response: Any
    error: str = ""
    field: str = FIELD
    mark: str = ""
    section_title: str = ""

    @property
    def save_state(self) -> str:
        if self.error or hasattr(self.response, "getlist"):
            return "failed"
        return "empty" if self.response is None else "saved"

    @property
    def takes_files(self) -> bool:
        return bool(kind_of(self.item.kind).takes_files)


def own_attempt(request: HttpRequest, attempt_id: Any, *, for_result: bool = False) -> Attempt | None:
    """The participant's own attempt, handed in if its time is over; None if it is not there."""
    attempt = attempt_for_participant(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
        for_result=for_result,
    )
    return _in_time(attempt) if attempt is not None else None


def not_open(request: HttpRequest, attempt: Attempt | None) -> HttpResponse | None:
    """What to show in place of a page of an open attempt; None if it is open and its clock runs."""
    if attempt is None:
        return not_your_test(request)
    if attempt.submitted_at is not None:
        return SeeOther(reverse("learning:result", args=[attempt.pk]))
    if attempt.paused_at is not None:
        return _paused(request, attempt)
    return None


def shown_items(
    items: list[AttemptItem], answers: Mapping[Any, Any], *, titles: Mapping[int, str] | None = None
) -> list[ShownItem]:
    """Items as they are drawn, with their answers so far. Queries do not grow with the items of a kind."""
    questions = load_shown_questions(item.question_id for item in items)
    shown, section = [], None
    for item in items:
        payload = questions[item.question_id].participant_payload(item.option_order)
        title = (titles or {}).get(item.section, "") if item.section != section else ""
        section = item.section
        shown.append(ShownItem(item, payload, answers.get(item.pk), section_title=title))
    return [with_files(entry) if entry.takes_files else entry for entry in shown]


def with_files(entry: ShownItem) -> ShownItem:
    """The same with names and addresses of what was handed in."""
    files = [
        {"id": str(file.pk), "name": file.original_name, "url": reverse("learning:file", args=[file.pk])}
        for file in entry.item.files.all()
    ]
    entry.payload["files"] = files
    return entry


def take_uploads(request: HttpRequest, item: AttemptItem, data: QueryDict, field: str) -> QueryDict:
    """The posted fields with the files that came beside them, stored and named as the answer expects."""
    if not kind_of(item.kind).takes_files or not request.FILES.getlist(field):
        return data
    mine = data.copy()
    for upload in request.FILES.getlist(field):
        mine.appendlist(FIELD, str(attach_file(item=item, upload=upload).pk))
    return mine


def navigator(attempt: Attempt, current: int | None = None) -> list[dict[str, Any]]:
    """The squares of all questions, as the component ``navigator`` wants them. Two queries."""
    answers = current_answers(attempt)
    rows = attempt.items.values_list("pk", "position", "flagged").order_by("position")
    return [
        {
            "number": position,
            "url": question_url(attempt, position),
            "state": "empty" if answers.get(pk) is None else "answered",
            "flagged": flagged,
            "current": position == current,
        }
        for pk, position, flagged in rows
    ]


def question_url(attempt: Attempt, position: int) -> str:
    """Where a question is answered: on its own page, or at its place on the one page."""
    if attempt.assessment.layout == Layout.ONE_PAGE:
        return f"{reverse('learning:page', args=[attempt.pk])}#soal-{position}"
    return reverse("learning:question", args=[attempt.pk, position])


def title_of(attempt: Attempt) -> str:
    """What the attempt is called: its occasion, or the title of a practice or survey."""
    if attempt.occasion in TEST_OCCASIONS:
        return str(attempt.get_occasion_display())
    return with_moment(attempt.assessment.label, attempt.occasion)


def clock(attempt: Attempt) -> dict[str, Any]:
    """What the component ``time_left`` wants; ``seconds_left`` is None without a limit."""
    left = attempt.seconds_left()
    return {"seconds_left": left, "minutes_left": None if left is None else -(-left // 60)}


def first_sentence(refusal: ValidationError) -> str:
    return str(refusal.messages[0])


def _in_time(attempt: Attempt) -> Attempt:
    if attempt.submitted_at is None and attempt.is_overdue():
        closed = close_if_overdue(attempt=attempt)
        attempt.submitted_at, attempt.score = closed.submitted_at, closed.score
        attempt.closed_by = closed.closed_by
    return attempt


def _paused(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    return plain_page(
        request,
        status=200,
        title=_("The test is paused"),
        text=_(
            "Your trainer has stopped the clock. Your answers are saved. Go on when your trainer says so."
        ),
        action_url=request.path,
        action_label=_("Look again"),
        simulated=attempt.enrolment.cohort.is_simulated,
    )
