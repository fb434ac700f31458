"""What a corrected key would change: computed from the recorded responses, nothing is written."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from assessments.models import Question
from assessments.queries import load_questions
from assessments.questions.base import DONT_KNOW
from assessments.scoring import points_for
from lms.cohorts.models import Cohort
from lms.learning.models import Attempt, AttemptItem
from lms.learning.queries.marks import with_current_answer
from lms.learning.registry import what_rests_on


@dataclass(frozen=True, slots=True)
class ItemChange:
    """The points of one item, before and after."""

    item: AttemptItem
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class RegradeLine:
    """One handed-in attempt. Totals are None while a person still has to mark another answer in it."""

    attempt: Attempt
    items: tuple[ItemChange, ...]
    rests: tuple[str, ...] = ()

    @property
    def old_points(self) -> int:
        return sum(change.old for change in self.items)

    @property
    def new_points(self) -> int:
        return sum(change.new for change in self.items)

    @property
    def changes(self) -> bool:
        return self.old_points != self.new_points

    @property
    def old_total(self) -> int | None:
        return self.attempt.score

    @property
    def new_total(self) -> int | None:
        old = self.attempt.score
        return None if old is None else old + self.new_points - self.old_points

    @property
    def passed_before(self) -> bool | None:
        return _passes(self.attempt, self.old_total)

    @property
    def passed_after(self) -> bool | None:
        return _passes(self.attempt, self.new_total)


@dataclass(frozen=True, slots=True)
class RegradePlan:
    """What a regrade would do. ``elsewhere`` counts attempts of organisations that the actor does not see,
    ``going_on`` those not handed in yet: they will be scored with the corrected key."""

    question: Question
    corrected: Question
    lines: tuple[RegradeLine, ...]
    going_on: tuple[AttemptItem, ...] = field(default=(), repr=False)
    elsewhere: int = 0

    @property
    def changed(self) -> tuple[RegradeLine, ...]:
        return tuple(line for line in self.lines if line.changes)

    @property
    def state(self) -> str:
        """A fingerprint of the figures: it differs as soon as one of them does."""
        rows = [
            f"{line.attempt.pk}:{line.old_points}:{line.new_points}:{line.old_total}" for line in self.lines
        ]
        rows += [str(item.pk) for item in self.going_on]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def plan_regrade(
    *, question: Question, corrected: Question, cohorts: QuerySet[Cohort] | None = None
) -> RegradePlan:
    """What would change if ``corrected`` scored what ``question`` has scored. Nothing is written.

    ``cohorts`` are those that the member of staff may see, all unless given. The number of queries does not
    grow with the attempts. Raises ValidationError: ``not_a_correction``, ``not_by_key``.
    """
    refuse_unless_correction(question, corrected)
    return look(question, corrected, cohorts)


def refuse_unless_correction(question: Question, corrected: Question) -> None:
    if not _corrects(corrected, question):
        raise ValidationError(
            _("This version is not a correction of the other one, so nothing can be regraded with it."),
            "not_a_correction",
        )
    if corrected.marked_by_hand or not corrected.scored or type(corrected) is not type(question):
        raise ValidationError(
            _("Answers to this question are not scored by a key, so there is nothing to regrade."),
            "not_by_key",
        )


def _corrects(corrected: Question, wrong: Question) -> bool:
    """Whether one version corrects another, or a later one that had its key: better words keep the key."""
    if corrected.code != wrong.code or corrected.corrects_id is None:
        return False
    versions = Question.objects.non_polymorphic().values_list("version", flat=True)
    mended: int = versions.get(pk=corrected.corrects_id)
    return wrong.version <= mended


def affected_items(question: Question, corrected: Question) -> QuerySet[AttemptItem]:
    """Items that this version scores, or was shown in, and that no newer version scores yet."""
    items = AttemptItem.objects.annotate(
        scored_by=Coalesce(F("scored_with__version"), F("question__version"))
    )
    concerned = Q(question_id=question.pk) | Q(scored_with_id=question.pk)
    return items.filter(concerned, scored_by__lt=corrected.version, attempt__voided_at__isnull=True).order_by(
        "attempt_id", "position"
    )


def within(items: QuerySet[AttemptItem], cohorts: QuerySet[Cohort] | None) -> QuerySet[AttemptItem]:
    return items if cohorts is None else items.filter(attempt__enrolment__cohort__in=cohorts)


def look(question: Question, corrected: Question, cohorts: QuerySet[Cohort] | None) -> RegradePlan:
    everywhere = affected_items(question, corrected)
    related = ("attempt__assessment", "attempt__enrolment__participant", "attempt__enrolment__cohort")
    items = list(with_current_answer(within(everywhere, cohorts)).select_related(*related))
    versions = load_questions({item.question_id for item in items} | {corrected.pk})
    by_attempt: dict[uuid.UUID, list[ItemChange]] = defaultdict(list)
    for item in items:
        if item.attempt.submitted_at is not None:
            new = _points(item, versions[item.question_id], versions[corrected.pk])
            by_attempt[item.attempt_id].append(ItemChange(item, item.earned or 0, new))
    return RegradePlan(
        question=question,
        corrected=corrected,
        lines=_lines(by_attempt.values()),
        going_on=tuple(item for item in items if item.attempt.submitted_at is None),
        elsewhere=everywhere.count() - len(items) if cohorts is not None else 0,
    )


def _lines(groups: Iterable[list[ItemChange]]) -> tuple[RegradeLine, ...]:
    groups = list(groups)
    resting = what_rests_on({changes[0].item.attempt.enrolment_id for changes in groups})
    lines = [
        RegradeLine(attempt, tuple(changes), tuple(resting[attempt.enrolment_id]))
        for changes in groups
        for attempt in [changes[0].item.attempt]
    ]
    return tuple(sorted(lines, key=_by_cohort_and_name))


def _by_cohort_and_name(line: RegradeLine) -> tuple[str, str, str, int]:
    enrolment = line.attempt.enrolment
    return (enrolment.cohort.code, enrolment.participant.full_name, str(enrolment.pk), line.attempt.number)


def _points(item: AttemptItem, shown: Question, corrected: Question) -> int:
    """Points out of those frozen when the test began, for the response that was recorded then."""
    response = item.response  # type: ignore[attr-defined]
    if response is None or response == DONT_KNOW:
        return 0
    adopted = corrected.adopt_response(response, given_to=shown)
    return points_for(item.points, corrected.score_parts(adopted))


def _passes(attempt: Attempt, total: int | None) -> bool | None:
    if total is None:
        return None
    return total * 100 >= attempt.assessment.pass_mark_percent * attempt.max_score
