"""Regrading: attempts that were scored with a wrong key get the points of the corrected one.

The plan says who would change before anything is written; the responses themselves never change. A regrade
only goes forward, to a newer version, so applying it twice changes nothing.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.models import Question
from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain.completion import review_completion
from lms.learning.domain.regrade_plan import (
    RegradeLine,
    RegradePlan,
    affected_items,
    look,
    refuse_unless_correction,
    within,
)
from lms.learning.enums import AttemptAction
from lms.learning.models import Attempt, AttemptItem, AttemptRecord, Regrade
from lms.learning.signals import results_changed


def regrade(
    *,
    question: Question,
    corrected: Question,
    reason: str,
    actor: Any,
    cohorts: QuerySet[Cohort] | None = None,
    state: str = "",
) -> Regrade:
    """Apply the plan: points, totals, history, all or nothing. Certificates and completions stay.

    ``state`` is the plan's fingerprint that the actor saw. Done again with nothing left to do, it returns
    the former regrade. Raises ValidationError: those of ``plan_regrade``, ``reason``, ``stale``, ``nothing``.
    """
    refuse_unless_correction(question, corrected)
    if not reason.strip():
        raise ValidationError(_("Say why. It will be read in the history of every attempt."), "reason")
    with transaction.atomic():
        enrolments = _hold(question, corrected, cohorts)
        plan = look(question, corrected, cohorts)
        if not plan.lines and not plan.going_on:
            return _former(question, corrected)
        if state and state != plan.state:
            raise ValidationError(
                _("Something has changed since you looked. Nothing was regraded; look at the list again."),
                "stale",
            )
        done = Regrade.objects.create(
            question=question,
            corrected=corrected,
            reason=reason.strip()[:500],
            actor=actor,
            looked_at=len(plan.lines),
            changed=len(plan.changed),
        )
        _write(done, plan)
        # Nobody completes by losing points, and a completion is not taken back.
        gained = {line.attempt.enrolment_id for line in plan.changed if line.new_points > line.old_points}
        for enrolment in enrolments:
            if enrolment.pk in gained:
                review_completion(enrolment=enrolment)
        attempts = [line.attempt for line in plan.lines]
        results_changed.send(
            sender=Attempt,
            enrolments={attempt.enrolment_id for attempt in attempts},
            occasions={attempt.occasion for attempt in attempts},
        )
    return done


def _hold(question: Question, corrected: Question, cohorts: QuerySet[Cohort] | None) -> list[Enrolment]:
    """Lock the attempts, then their people, in the order that everybody uses, before anything is written:
    a row that names a question holds it too, and who begins a test holds the person before the questions.
    """
    wanted = within(affected_items(question, corrected), cohorts).order_by().values("attempt_id")
    rows = Attempt.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    people = set(rows.order_by("pk").values_list("enrolment_id", flat=True))
    return hold_enrolments(Enrolment.objects.filter(pk__in=people))


def _former(question: Question, corrected: Question) -> Regrade:
    former = Regrade.objects.filter(question=question, corrected=corrected).first()
    if former is None:
        raise ValidationError(
            _("Nobody has answered this version, so there is nothing to regrade."), "nothing"
        )
    return former


def _write(done: Regrade, plan: RegradePlan) -> None:
    changes = [change for line in plan.lines for change in line.items]
    for change in changes:
        change.item.earned, change.item.scored_with = change.new, plan.corrected
    for item in plan.going_on:
        item.scored_with = plan.corrected
    AttemptItem.objects.bulk_update([change.item for change in changes], ["earned", "scored_with"])
    AttemptItem.objects.bulk_update(plan.going_on, ["scored_with"])
    AttemptRecord.objects.bulk_create(_record(done, line) for line in plan.lines)
    for line in plan.changed:
        line.attempt.score = line.new_total
    Attempt.objects.bulk_update([line.attempt for line in plan.changed], ["score"])


def _record(done: Regrade, line: RegradeLine) -> AttemptRecord:
    detail: dict[str, Any] = {
        "regrade": str(done.pk),
        "old": line.old_total,
        "new": line.new_total,
        "items": [{"item": c.item.position, "old": c.old, "new": c.new} for c in line.items],
    }
    if line.rests:
        detail["unchanged"] = list(line.rests)
    return AttemptRecord(
        attempt=line.attempt,
        action=AttemptAction.REGRADED,
        actor=done.actor,
        reason=done.reason,
        detail=detail,
    )
