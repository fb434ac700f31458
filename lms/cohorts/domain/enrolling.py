"""Take people into a training and out of it, and draw the order of forms."""

import secrets
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.cohorts.domain.rules import closed_fields
from lms.cohorts.enums import FormOrder, FormsPlan
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import form_order_counts
from lms.cohorts.stages import Deed, require_stage
from lms.people.domain import refuse_merged
from lms.people.models import Participant
from lms.people.queries import has_records


def enrol(*, cohort: Cohort, participant: Participant) -> Enrolment:
    """Take a person into a cohort and draw the order of forms; somebody already in it stays as is.

    The orders A-B and B-A are kept balanced: the rarer one is given, a tie is drawn by lot, so that the
    counts never differ by more than one while people are only added. Raises ValidationError:
    ``foreign_participant`` if the person belongs to another organisation, ``stage``.
    """
    enrol_all(cohort=cohort, participants=[participant])
    return Enrolment.objects.get(cohort=cohort, participant=participant)


def enrol_all(*, cohort: Cohort, participants: Sequence[Participant]) -> list[Enrolment]:
    """Take many people in at once, as ``enrol`` does, all or nothing; returns the new enrolments."""
    with transaction.atomic():
        # The lock makes two organisers wait for each other; the unique constraint is the second line.
        locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
        require_stage(locked, Deed.ENROL)
        if any(person.organisation_id != locked.organisation_id for person in participants):
            raise ValidationError(
                _("This person belongs to another organisation. Add the person anew in yours."),
                code="foreign_participant",
            )
        present = _present(locked, participants)
        fresh = {person.pk: person for person in participants if person.pk not in present}
        orders = _next_orders(locked) if fresh else iter(())
        enrolments = [
            Enrolment(cohort=locked, participant=person, form_order=order)
            for person, order in zip(fresh.values(), orders, strict=False)
        ]
        made = Enrolment.objects.bulk_create(enrolments, batch_size=500)
        if made:
            there = Participant.objects.filter(enrolments__cohort=locked)
            refuse_merged(there.filter(pk=made[0].participant_id) if len(made) == 1 else there)
        return made


def _present(cohort: Cohort, participants: Sequence[Participant]) -> set[Any]:
    """Who of these is in the cohort already. A single person is asked about, a list is compared with all."""
    enrolled = Enrolment.objects.filter(cohort=cohort)
    if len(participants) == 1:
        enrolled = enrolled.filter(participant=participants[0])
    return set(enrolled.values_list("participant_id", flat=True))


def hold_enrolments(enrolments: QuerySet[Enrolment]) -> list[Enrolment]:
    """Lock these rows until the transaction ends, in an order that is the same for everybody."""
    return list(enrolments.select_for_update(of=("self",)).order_by("pk"))


def withdraw(*, enrolment: Enrolment) -> None:
    """Take somebody out who was enrolled by mistake.

    Raises ValidationError: ``has_records`` as soon as attendance, a test or anything else was recorded,
    ``stage``.
    """
    with transaction.atomic():
        require_stage(Cohort.objects.select_for_update().get(pk=enrolment.cohort_id), Deed.ENROL)
        # Whoever records something about this person now waits, or has done so and is seen here.
        hold_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
        if has_records(enrolment):
            raise ValidationError(
                _("%(name)s already has attendance or answers in this training and stays on the list."),
                code="has_records",
                params={"name": enrolment.participant},
            )
        enrolment.delete()


def redraw_orders(*, cohort: Cohort) -> None:
    """Draw every order of forms anew after the forms plan changed.

    Raises ValidationError (``closed``) if somebody began a test meanwhile: an order that changes between
    the two tests would give that person one form twice.
    """
    with transaction.atomic():
        locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
        enrolments = hold_enrolments(Enrolment.objects.filter(cohort=locked))
        for reason in closed_fields(locked, {"forms_plan"}).values():
            raise ValidationError(reason, code="closed")
        secrets.SystemRandom().shuffle(enrolments)
        for enrolment, order in zip(enrolments, _orders(locked.forms_plan), strict=False):
            enrolment.form_order = order
        Enrolment.objects.bulk_update(enrolments, ["form_order"])


def _orders(forms_plan: str) -> Iterator[str]:
    """Orders without end: all A-B, or one in turn with the other, beginning by lot."""
    if forms_plan == FormsPlan.A_THEN_B:
        return cycle([FormOrder.AB.value])
    turn = list(FormOrder.values)
    secrets.SystemRandom().shuffle(turn)
    return cycle(turn)


def _next_orders(cohort: Cohort) -> Iterator[str]:
    """The orders for those who come next, without end; the cohort is locked."""
    if cohort.forms_plan == FormsPlan.A_THEN_B:
        yield from cycle([FormOrder.AB.value])
    counts = form_order_counts(cohort)
    while True:
        fewest = min(counts.values())
        order = secrets.choice([order for order, count in counts.items() if count == fewest])
        counts[order] += 1
        yield order
