"""Who learned a rule: who finished a lesson while it taught it, and who answered a question on it right.

Rows are plain, for a rule may have been learned by thousands.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from assessments.models import LegalBasis
from assessments.questions.base import Question
from courses.taught import teachings_of
from lms.learning.models import AttemptItem, LessonProgress, PracticeAnswer

_PERSON = ("enrolment", "enrolment__participant", "enrolment__cohort")


@dataclass(slots=True)
class Learned:
    """One person in one training: the provisions learned, the lessons finished while they taught them, with
    the moment, and the versions of questions on them that were answered right."""

    enrolment: uuid.UUID
    participant: uuid.UUID
    cohort: uuid.UUID
    bases: set[int] = field(default_factory=set)
    lessons: dict[int, datetime] = field(default_factory=dict)
    questions: set[int] = field(default_factory=set)


def who_learned(bases: Sequence[LegalBasis]) -> list[Learned]:
    """Everybody who learned one of these provisions, once for each training. Twelve queries at most, however
    many people, lessons and questions there are.

    A lesson counts if its text, as it was when the person finished it, cited the provision, even if it has
    been corrected since; what was read in a translation counts as the lesson. A question counts in the
    version that was asked.
    """
    found: dict[uuid.UUID, Learned] = {}
    for row, lesson, at, taught in _lessons_finished(bases):
        person = _of(found, row)
        person.lessons[lesson] = at
        person.bases |= taught
    for row, question, asked in _answered_right(bases):
        person = _of(found, row)
        person.questions.add(question)
        person.bases |= asked
    return list(found.values())


Row = Sequence[uuid.UUID]


def _of(found: dict[uuid.UUID, Learned], row: Row) -> Learned:
    enrolment, participant, cohort = row
    return found.setdefault(enrolment, Learned(enrolment, participant, cohort))


def _lessons_finished(bases: Sequence[LegalBasis]) -> Iterable[tuple[Row, int, datetime, Set[int]]]:
    finished = LessonProgress.objects.filter(completed_at__isnull=False).order_by()
    lessons = list(finished.values_list("lesson", flat=True).distinct())
    teachings = teachings_of(lessons, bases)
    rows = finished.filter(lesson__in=teachings).values_list(*_PERSON, "lesson", "completed_at")
    for *row, lesson, at in rows:
        if taught := teachings[lesson].at(at):
            yield row, lesson, at, taught


def _answered_right(bases: Sequence[LegalBasis]) -> Iterable[tuple[Row, int, Set[int]]]:
    links = Question.legal_bases.through.objects.filter(legalbasis__in=[basis.pk for basis in bases])
    asked: dict[int, set[int]] = defaultdict(set)
    for question, basis in links.values_list("question_id", "legalbasis_id"):
        asked[question].add(basis)
    in_tests = AttemptItem.objects.filter(
        question__in=asked, attempt__voided_at=None, points__gt=0, earned=F("points")
    ).order_by()
    for *row, question in in_tests.values_list(*(f"attempt__{name}" for name in _PERSON), "question"):
        yield row, question, asked[question]
    in_lessons = PracticeAnswer.objects.filter(
        question__in=asked, possible__gt=0, earned=F("possible")
    ).order_by()
    for *row, question in in_lessons.values_list(*_PERSON, "question"):
        yield row, question, asked[question]
