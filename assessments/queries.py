"""Reads of questions that repeat."""

from collections.abc import Iterable

from django.db.models import Model, prefetch_related_objects

from assessments.questions.base import Question
from assessments.registry import kinds


def load_questions(ids: Iterable[int]) -> dict[int, Question]:
    """Questions by id with their options loaded: one query a kind and one an option table, not one a row."""
    loaded: list[Question] = list(Question.objects.filter(pk__in=list(ids)))
    for model in kinds().values():
        of_kind: list[Model] = [question for question in loaded if isinstance(question, model)]
        if of_kind and model.prefetch:
            prefetch_related_objects(of_kind, *model.prefetch)
    return {question.pk: question for question in loaded}
