"""Corrected keys whose attempts have not been regraded yet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from assessments.models import Question
from lms.cohorts.models import Cohort
from lms.learning.models import AttemptItem


@dataclass(frozen=True, slots=True)
class Correction:
    """A version that scores attempts, though its key was corrected."""

    question: Question
    corrected: Question
    attempts: int


def waiting_corrections(cohorts: QuerySet[Cohort]) -> list[Correction]:
    """What could be regraded in these cohorts. Two queries, however many attempts there are."""
    plain = Question.objects.non_polymorphic()
    codes = plain.filter(corrects__isnull=False).values("code")
    versions = {question.pk: question for question in plain.filter(code__in=codes).order_by("version")}
    scoring = AttemptItem.objects.annotate(by=Coalesce(F("scored_with_id"), F("question_id"))).filter(
        by__in=list(versions), attempt__voided_at__isnull=True, attempt__enrolment__cohort__in=cohorts
    )
    counts = Counter(scoring.values_list("by", flat=True))
    found = [
        Correction(versions[pk], corrected, count)
        for pk, count in counts.items()
        if (corrected := _newest_correction(versions[pk], versions.values())) is not None
    ]
    return sorted(found, key=lambda entry: (entry.question.code, entry.question.version))


def _newest_correction(question: Question, versions: Iterable[Question]) -> Question | None:
    """The last version, in order, that came after a version because a key was wrong: its own, or that of
    better words which kept it."""
    later = [each for each in versions if each.code == question.code and each.version > question.version]
    return next((each for each in reversed(later) if each.corrects_id is not None), None)


def correction_applies(corrected: Question) -> bool:
    """Whether any attempt was scored with the version that this one corrects."""
    items = AttemptItem.objects.filter(attempt__voided_at__isnull=True)
    wrong = corrected.corrects_id
    return wrong is not None and (
        items.filter(question_id=wrong).exists() or items.filter(scored_with_id=wrong).exists()
    )
