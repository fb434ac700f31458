"""One attempt as staff look at it: what was answered when, and what was done to it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from assessments.models import Question
from assessments.queries import load_questions
from lms.learning.models import AnswerEvent, Attempt, AttemptItem, AttemptRecord, ResponseFile, RubricMark
from lms.learning.queries.marks import standing_marks
from lms.people.models import Participant


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that arrived, in words. ``counts`` is True for the one that is scored."""

    event: AnswerEvent
    words: list[str]
    counts: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An item with everything that was answered to it, oldest first."""

    item: AttemptItem
    question: Question
    given: list[Given]
    files: list[ResponseFile]
    mark: RubricMark | None
    key: list[str]

    @property
    def current(self) -> Given | None:
        return next((given for given in self.given if given.counts), None)

    @property
    def changes(self) -> list[Given]:
        """What was answered before, or came too late."""
        return [given for given in self.given if not given.counts]


def answered_items(attempt: Attempt, *, with_key: bool) -> list[Answered]:
    """The items of an attempt in order. The key is read only if whoever asks may see it."""
    items = list(attempt.items.select_related("scored_with").order_by("position"))
    questions = load_questions({pk for item in items for pk in (item.question_id, item.scored_with_id) if pk})
    events: dict[Any, list[AnswerEvent]] = defaultdict(list)
    for event in AnswerEvent.objects.filter(item__attempt=attempt).order_by("sitting", "sequence", "id"):
        events[event.item_id].append(event)
    files: dict[Any, list[ResponseFile]] = defaultdict(list)
    for file in ResponseFile.objects.filter(attempt=attempt):
        files[file.item_id].append(file)
    marks = standing_marks(item for item in items if questions[item.question_id].marked_by_hand)
    return [
        Answered(
            item=item,
            question=questions[item.question_id],
            given=_given(questions[item.question_id], events[item.pk]),
            files=files[item.pk],
            mark=marks.get(item.pk),
            key=questions[item.scored_with_id or item.question_id].describe_key() if with_key else [],
        )
        for item in items
    ]


def _given(question: Question, events: list[AnswerEvent]) -> list[Given]:
    last = next((event for event in reversed(events) if not event.is_late), None)
    return [Given(event, question.describe(event.response), event is last) for event in events]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the history. ``changes`` are the items whose points a regrade changed or kept; ``moved``
    names from whom to whom the attempt went."""

    record: AttemptRecord
    changes: list[dict[str, int]]
    moved: tuple[str, str] | None = None


def history_of(attempt: Attempt) -> list[Entry]:
    """What staff did to it, oldest first."""
    records = list(AttemptRecord.objects.filter(attempt=attempt).select_related("actor"))
    moves = [(record.detail["from"], record.detail["to"]) for record in records if "from" in record.detail]
    names = _names({key for pair in moves for key in pair}) if moves else {}
    return [
        Entry(
            record,
            record.detail.get("items", []),
            (names[record.detail["from"]], names[record.detail["to"]]) if "from" in record.detail else None,
        )
        for record in records
    ]


def _names(keys: set[str]) -> dict[str, str]:
    """Names, with codes where two are called the same, as after a merge."""
    rows = list(Participant.objects.filter(pk__in=keys).values_list("pk", "full_name", "code"))
    often = Counter(name for _pk, name, _code in rows)
    return {str(pk): f"{name} ({code})" if often[name] > 1 else name for pk, name, code in rows}
