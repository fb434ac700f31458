"""Answers to mark, by question and blind: nothing here leads to a name, and the order tells nothing."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.models import Question
from assessments.queries import load_questions
from lms.cohorts.models import Cohort
from lms.learning.models import AttemptItem, ResponseFile
from lms.learning.queries.marks import work_to_mark


@dataclass(frozen=True, slots=True)
class Pile:
    """The answers to one question: how many wait, and how many are marked."""

    question: Question
    waiting: int
    marked: int

    @property
    def total(self) -> int:
        return self.waiting + self.marked


def piles(cohorts: QuerySet[Cohort]) -> list[Pile]:
    """One pile a question, those with work first."""
    waiting: Counter[int] = Counter()
    marked: Counter[int] = Counter()
    for question, is_marked in work_to_mark(cohorts).values_list("question_id", "is_marked"):
        (marked if is_marked else waiting)[question] += 1
    questions = load_questions({*waiting, *marked})
    found = [Pile(question, waiting[pk], marked[pk]) for pk, question in questions.items()]
    return sorted(found, key=lambda pile: (not pile.waiting, pile.question.code, pile.question.version))


def pile_of(question_id: int, cohorts: QuerySet[Cohort]) -> list[AttemptItem]:
    """The answers to a question in an order that is random but the same for everybody at any time."""
    return sorted(work_to_mark(cohorts).filter(question_id=question_id), key=lot_of)


def next_to_mark(pile: list[AttemptItem], after: AttemptItem | None = None) -> AttemptItem | None:
    """The first answer without a mark behind another one, else the first of all."""
    waiting = [item for item in pile if not item.is_marked]  # type: ignore[attr-defined]
    behind = [item for item in waiting if after is not None and lot_of(item) > lot_of(after)]
    return next(iter(behind or waiting), None)


def files_of(item: AttemptItem) -> list[ResponseFile]:
    """The files that the answer names, in its order; what was taken back before is not there."""
    named = item.response.get("files", []) if isinstance(item.response, dict) else []  # type: ignore[attr-defined]
    found = {str(file.pk): file for file in ResponseFile.objects.filter(item=item, pk__in=named)}
    return [found[pk] for pk in named if pk in found]


def lot_of(item: AttemptItem) -> str:
    """What an answer is called while it is marked. Keys of items hold the moment at which somebody began, and
    those of one person stand side by side: their digest tells neither."""
    return hashlib.sha256(item.pk.bytes).hexdigest()[:32]
