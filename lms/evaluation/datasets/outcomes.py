"""The learning outcomes that questions serve."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from assessments.models import Outcome


def outcomes_of_questions(questions: Iterable[int]) -> dict[int, list[Outcome]]:
    """The outcomes that each question version serves, in their order. One query."""
    rows = Outcome.objects.filter(questions__in=questions).annotate(question=F("questions"))
    measured: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in rows:
        measured[outcome.question].append(outcome)
    return measured
