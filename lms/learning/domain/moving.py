"""An attempt goes to the person who really took it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.learning.domain.arranging import Arranged, arrange, place_attempts
from lms.learning.domain.completion import review_completion
from lms.learning.domain.merging import attempts_of, set_order_taken, write_moves
from lms.learning.models import Attempt, PaperSheet
from lms.learning.registry import what_rests_on
from lms.learning.signals import results_changed


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What moving an attempt does to the tries of who really took it."""

    target: Enrolment
    arranged: list[Arranged]

    @property
    def state(self) -> str:
        """A fingerprint: who decided on another plan than this one looks again."""
        parts = sorted(f"{one.attempt.pk}:{one.number}:{one.void or ''}" for one in self.arranged)
        return ",".join(parts)

    @property
    def met(self) -> list[Arranged]:
        """The tries of the target on the same occasion, or the next, that are touched."""
        return [one for one in self.arranged if one.void is not None or one.changes]


def plan_move(*, attempt: Attempt, target: Enrolment, counts: bool) -> MovePlan:
    """How the attempt stands among those of ``target``. ``counts``: by time, as if all had been taken there;
    else it is void there and what the person has stays. Writes nothing.

    Raises ValidationError: ``void``, ``same``, ``other_cohort``, ``stage`` (an archived training).
    """
    if attempt.voided_at is not None:
        raise ValidationError(_("This attempt was declared void. Nothing more can be done with it."), "void")
    if target.pk == attempt.enrolment_id:
        raise ValidationError(_("The attempt belongs to this participant already."), "same")
    if target.cohort_id != attempt.enrolment.cohort_id:
        raise ValidationError(_("Choose somebody who is enrolled in this training."), "other_cohort")
    require_stage(target.cohort, Deed.MARK)
    asked = () if counts else (attempt.pk,)
    arranged = arrange(enrolment=target, attempts=[*attempts_of(target), attempt], asked=asked)
    return MovePlan(target, arranged)


def move_attempt(
    *, attempt: Attempt, target: Enrolment, counts: bool, reason: str, actor: Any, state: str
) -> Attempt:
    """Give an attempt to the person who took it, in the same training; answers and points stay.

    ``state`` is that of the plan that was looked at. Completions and certificates of both stay: who decides
    sees ``registry.what_rests_on``. Raises ValidationError: ``reason``, ``stale``, or as ``plan_move``.
    """
    if not reason.strip():
        raise ValidationError(_("Say why. It will be read in the history of the attempt."), "reason")
    with transaction.atomic():
        source, target = _hold(attempt, target)
        moved = Attempt.objects.select_related("form", "assessment").get(pk=attempt.pk)
        if moved.enrolment_id != source.pk:
            raise _stale()
        moved.enrolment = source
        plan = plan_move(attempt=moved, target=target, counts=counts)
        if plan.state != state:
            raise _stale()
        concerned = [one for one in plan.arranged if one.changes or one.attempt.pk == moved.pk]
        people = (source.participant_id, target.participant_id)
        write_moves(concerned, to=target, people=people, actor=actor, reason=reason)
        _write_what_rests(moved, [source, target])
        place_attempts(plan.arranged, enrolment=target)
        PaperSheet.objects.filter(attempt=moved).update(enrolment=target)
        set_order_taken(plan.arranged, enrolment=target)
        review_completion(enrolment=target)
        results_changed.send(
            sender=Attempt,
            enrolments=[source.pk, target.pk],
            occasions={one.attempt.occasion for one in plan.arranged},
        )
        return Attempt.objects.select_related("enrolment__participant").get(pk=moved.pk)


def _hold(attempt: Attempt, target: Enrolment) -> tuple[Enrolment, Enrolment]:
    """Attempts of both, then both enrolments, as everybody locks."""
    keys = [attempt.enrolment_id, target.pk]
    list(Attempt.objects.select_for_update(of=("self",)).filter(enrolment__in=keys))
    rows = Enrolment.objects.filter(pk__in=keys)
    hold_enrolments(rows)
    related = rows.select_related("cohort__assessment", "cohort__village", "participant")
    found = {row.pk: row for row in related}
    if len(found) < len(set(keys)):
        raise _stale()
    return found[attempt.enrolment_id], found[target.pk]


def _write_what_rests(attempt: Attempt, enrolments: list[Enrolment]) -> None:
    resting = what_rests_on([one.pk for one in enrolments])
    sentences = [sentence for one in enrolments for sentence in resting[one.pk]]
    record = attempt.records.filter(action="moved").order_by("-at", "-id").first()
    if sentences and record is not None:
        record.detail = {**record.detail, "unchanged": sentences}
        record.save(update_fields=["detail"])


def after_leaving(attempt: Attempt) -> Iterator[str]:
    """What the person who loses the attempt has then, in sentences."""
    others = Attempt.objects.counted().filter(
        enrolment=attempt.enrolment_id, assessment=attempt.assessment_id, occasion=attempt.occasion
    )
    name = attempt.enrolment.participant.full_name
    if not others.exclude(pk=attempt.pk).exists():
        yield _("%(name)s then has no try of this test any more.") % {"name": name}
        if attempt.occasion == "pre" and attempt.enrolment.cohort.pretest_first:
            yield _("The lessons are closed for %(name)s until a pre-test is handed in.") % {"name": name}
    if attempt.submitted_at is None:
        yield _(
            "It is still open. Ask whoever is answering to sign out first; then the right person goes on."
        )


def _stale() -> ValidationError:
    return ValidationError(
        _("Something has changed since you opened this page. Nothing was moved. Look at it again."), "stale"
    )
