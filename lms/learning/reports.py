"""What a participant is told about an attempt: points and words, and afterwards as much as its rules show."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from assessments.enums import ReviewLevel
from assessments.models import Outcome, Question
from assessments.queries import load_questions
from assessments.questions.base import DONT_KNOW
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.learning.datasets import CourseLines, LessonLine, course_lines
from lms.learning.domain.conditions import passes
from lms.learning.enums import Occasion
from lms.learning.models import Attempt, AttemptItem, RubricMark
from lms.learning.queries import Tries, current_answers, tries_of

# A topic measured by a single item would tell whether that item was right.
_ITEMS_FOR_A_TOPIC = 2
_LESSONS_TO_READ_AGAIN = 5


@dataclass(slots=True)
class Tally:
    """Points earned and possible on one topic or lesson, over a number of items."""

    earned: int = 0
    possible: int = 0
    items: int = 0

    def add(self, earned: int, possible: int) -> None:
        self.earned += earned
        self.possible += possible
        self.items += 1

    @property
    def share(self) -> int:
        """Parts of a million, whole: comparable and exact enough for tests of any length."""
        return self.earned * 1_000_000 // self.possible if self.possible else 0


@dataclass(frozen=True)
class AttemptResult:
    """One handed-in test as its owner sees it. ``before`` is the pre-test's score beside a post-test."""

    attempt: Attempt
    score: int
    total: int
    before: int | None = None
    passed: bool | None = None
    strongest: Outcome | None = None
    weakest: Outcome | None = None
    read_again: tuple[LessonLine, ...] = ()
    may_try_again: bool = False
    lines: CourseLines | None = field(default=None, repr=False)

    @property
    def is_post_test(self) -> bool:
        return self.attempt.occasion == Occasion.POST


def attempt_result(attempt: Attempt) -> AttemptResult:
    """The result of a submitted attempt. Needs ``enrolment.cohort`` with course and assessment loaded."""
    enrolment = attempt.enrolment
    score = attempt.score or 0
    lines = course_lines(enrolment)
    if attempt.occasion == Occasion.PRE:
        return AttemptResult(attempt=attempt, score=score, total=attempt.max_score, lines=lines)
    tries = tries_of(enrolment, attempt.assessment)
    if attempt.occasion != Occasion.POST:
        return AttemptResult(
            attempt=attempt,
            score=score,
            total=attempt.max_score,
            before=_score_before(tries, attempt, Occasion.POST),
            may_try_again=tries.may_start(attempt.occasion),
            lines=lines,
        )
    strongest, weakest = _extremes(attempt)
    return AttemptResult(
        attempt=attempt,
        score=score,
        total=attempt.max_score,
        before=_score_before(tries, attempt, Occasion.PRE),
        passed=passes(attempt, enrolment.cohort.assessment.pass_mark_percent),
        strongest=strongest,
        weakest=weakest,
        read_again=_read_again(attempt, enrolment, lines),
        may_try_again=tries.may_start(Occasion.POST),
        lines=lines,
    )


def _score_before(tries: Tries, attempt: Attempt, occasion: str) -> int | None:
    """The points of the test before, if the forms are worth the same: others cannot stand on one line."""
    before = next(iter(tries.scored(occasion)), None)
    if before is None or before.max_score != attempt.max_score:
        return None
    return before.score


def _extremes(attempt: Attempt) -> tuple[Outcome | None, Outcome | None]:
    """The outcomes with the greatest and the smallest share of their points; None where all are alike."""
    through = Question.outcomes.through.objects.filter(question__attempt_items__attempt=attempt)
    earned = {item.question_id: (item.earned or 0, item.points) for item in attempt.items.all()}
    tallies: dict[int, Tally] = defaultdict(Tally)
    for question_id, outcome_id in through.values_list("question_id", "outcome_id"):
        tallies[outcome_id].add(*earned[question_id])
    known = [
        (tally.share, outcome)
        for outcome in Outcome.objects.filter(pk__in=tallies)
        if (tally := tallies[outcome.pk]).items >= _ITEMS_FOR_A_TOPIC
    ]
    if len({share for share, _outcome in known}) < 2:
        return None, None
    best = max(known, key=lambda entry: entry[0])[1]
    worst = min(known, key=lambda entry: entry[0])[1]
    return best, worst


def _read_again(attempt: Attempt, enrolment: Enrolment, lines: CourseLines) -> tuple[LessonLine, ...]:
    """The lessons of the questions that lost points, those that lost most first, as links of the course."""
    lost: dict[str, int] = defaultdict(int)
    rows = attempt.items.exclude(question__lesson_code="")
    for code, points, earned in rows.values_list("question__lesson_code", "points", "earned"):
        lost[code] += points - (earned or 0)
    codes = [code for code in sorted(lost, key=lambda code: (-lost[code], code)) if lost[code] > 0]
    pages = LessonPage.objects.live().descendant_of(enrolment.cohort.course).filter(code__in=codes)
    code_of = dict(pages.values_list("pk", "code"))
    by_code = {code_of[line.lesson_id]: line for line in lines.lessons if line.lesson_id in code_of}
    return tuple(by_code[code] for code in codes if code in by_code)[:_LESSONS_TO_READ_AGAIN]


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One question of a handed-in attempt with the own answer, in words. ``verdict`` is ``right``,
    ``partly``, ``wrong``, ``unknown``, ``empty`` or "" (attitudes); empty lists show nothing."""

    position: int
    stem: str
    own: list[str]
    verdict: str
    earned: int
    points: int
    feedback: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)


def answers_shown(attempt: Attempt, level: int) -> list[AnswerShown]:
    """The own answers with as much beside them as ``level`` shows. Queries do not grow with the items."""
    items = list(attempt.items.order_by("position"))
    ids = {pk for item in items for pk in (item.question_id, item.scored_with_id) if pk}
    questions = load_questions(ids)
    answers = current_answers(attempt)
    comments = _comments(attempt) if level >= ReviewLevel.FEEDBACK else {}
    return [
        _answer_shown(item, questions, answers.get(item.pk), level, comments.get(item.pk, ""))
        for item in items
    ]


def _answer_shown(
    item: AttemptItem, questions: dict[int, Question], response: Any, level: int, comment: str
) -> AnswerShown:
    """What was shown says what was answered; the version that scored it knows better what is right."""
    shown = questions[item.question_id]
    judge = questions[item.scored_with_id] if item.scored_with_id else shown
    feedback: list[str] = []
    if level >= ReviewLevel.FEEDBACK:
        known = response is not None and response != DONT_KNOW
        adopted = judge.adopt_response(response, given_to=shown) if known and judge is not shown else response
        said = judge.feedback_on(adopted) if known else []
        feedback = [text for text in (*said, judge.feedback, comment) if text]
    return AnswerShown(
        position=item.position,
        stem=shown.stem,
        own=shown.describe(response),
        verdict=_verdict(item, response),
        earned=item.earned or 0,
        points=item.points,
        feedback=feedback,
        key=judge.describe_key() if level >= ReviewLevel.KEY else [],
    )


def _verdict(item: AttemptItem, response: Any) -> str:
    if response is None:
        return "empty"
    if response == DONT_KNOW:
        return "unknown"
    if not item.points:
        return ""
    if item.earned == item.points:
        return "right"
    return "partly" if item.earned else "wrong"


def _comments(attempt: Attempt) -> dict[uuid.UUID, str]:
    """What the marker wrote for the participant, by item; the newest mark counts."""
    marks = RubricMark.objects.filter(item__attempt=attempt).order_by("at", "id")
    return dict(marks.values_list("item_id", "comment"))
