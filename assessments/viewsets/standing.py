"""What screens say about questions beside their own fields: where they stand, where they are used."""

from collections import defaultdict

from django.utils.translation import pgettext

from assessments.models import FormItem
from assessments.questions.base import Question
from assessments.registry import performance_of, usage_counts
from assessments.viewsets.filters import waiting_ids


def describe_rows(rows: list[Question]) -> None:
    """Write on each question its status, its tests, how often it was shown and how it performed."""
    versions: dict[str, list[int]] = defaultdict(list)
    codes = [row.code for row in rows]
    for code, pk in Question.objects.non_polymorphic().filter(code__in=codes).values_list("code", "pk"):
        versions[code].append(pk)
    tests: dict[str, set[int]] = defaultdict(set)
    items = FormItem.objects.filter(question__code__in=codes)
    for code, assessment in items.values_list("question__code", "form__assessment"):
        tests[code].add(assessment)
    every = [pk for pks in versions.values() for pk in pks]
    shown, right, waiting = usage_counts(every), performance_of(every), set(waiting_ids())
    for row in rows:
        row.tests = len(tests[row.code])
        row.answered = sum(shown.get(pk, 0) for pk in versions[row.code])
        row.right = f"{right[row.pk]:.0%}" if row.pk in right else "–"
        row.status_label = status_of(row, waits=row.pk in waiting)


def status_of(question: Question, *, waits: bool) -> str:
    """Where a question stands, in the words of the filter."""
    if question.retired_at is not None:
        return pgettext("question", "Retired")
    if waits:
        return pgettext("question", "Waits for approval")
    if not question.live:
        return pgettext("question", "Draft")
    if question.has_unpublished_changes:
        return pgettext("question", "Published, changed")
    return pgettext("question", "Published")
