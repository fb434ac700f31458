"""What may be done in a training: enrol people, tick attendance, hand out cards, change its rules."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts import registry
from lms.cohorts.enums import AttendanceStatus, FormOrder, FormsPlan
from lms.cohorts.models import Attendance, Cohort, Enrolment, Meeting
from lms.cohorts.queries import form_order_counts, pin_state
from lms.cohorts.signals import attendance_recorded
from lms.people.domain import issue_pin
from lms.people.models import Participant
from lms.people.queries import has_records


@dataclass(frozen=True, slots=True)
class Card:
    """What a participant is handed: the only place where a PIN can be read."""

    participant: Participant
    pin: str


def enrol(*, cohort: Cohort, participant: Participant) -> Enrolment:
    """Take a person into a cohort and draw the order of forms; somebody already in it stays as is.

    The orders A-B and B-A are kept balanced: the rarer one is given, a tie is drawn by lot, so that the
    counts never differ by more than one while people are only added. Raises ValidationError
    (``foreign_participant``) if the person belongs to another organisation.
    """
    with transaction.atomic():
        # The lock makes two organisers wait for each other; the unique constraint is the second line.
        locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
        present: Enrolment | None = Enrolment.objects.filter(cohort=locked, participant=participant).first()
        if present is not None:
            return present
        if participant.organisation_id != locked.organisation_id:
            raise ValidationError(
                _("This person belongs to another organisation. Add the person anew in yours."),
                code="foreign_participant",
            )
        return Enrolment.objects.create(
            cohort=locked, participant=participant, form_order=_draw_order(locked)
        )


def hold_enrolments(enrolments: QuerySet[Enrolment]) -> list[Enrolment]:
    """Lock these rows until the transaction ends, in an order that is the same for everybody."""
    return list(enrolments.select_for_update(of=("self",)).order_by("pk"))


def withdraw(*, enrolment: Enrolment) -> None:
    """Take somebody out who was enrolled by mistake.

    Raises ValidationError (``has_records``) as soon as attendance, a test or anything else was recorded.
    """
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
        # Whoever records something about this person now waits, or has done so and is seen here.
        hold_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
        if has_records(enrolment):
            raise ValidationError(
                _("%(name)s already has attendance or answers in this training and stays on the list."),
                code="has_records",
                params={"name": enrolment.participant},
            )
        enrolment.delete()


def record_attendance(*, meeting: Meeting, enrolment: Enrolment, status: str, recorded_by: Any) -> Attendance:
    """Write down whether a person was at a meeting. Repeating it changes nothing and sends no news.

    Raises ValidationError: ``unknown_status``, ``other_cohort``.
    """
    if status not in AttendanceStatus.values:
        raise ValidationError(_("Choose one of the answers for the attendance."), code="unknown_status")
    if meeting.cohort_id != enrolment.cohort_id:
        raise ValidationError(_("This meeting belongs to another training."), code="other_cohort")
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        attendance = Attendance.objects.filter(meeting=meeting, enrolment=enrolment).first()
        if attendance is not None and attendance.status == status:
            return attendance
        attendance = attendance or Attendance(meeting=meeting, enrolment=enrolment)
        attendance.status = status
        attendance.recorded_at = timezone.now()
        attendance.recorded_by = recorded_by
        attendance.save()
        attendance_recorded.send(sender=Attendance, enrolment=enrolment)
    return attendance


def record_meeting(*, meeting: Meeting, statuses: Mapping[Enrolment, str], recorded_by: Any) -> int:
    """Write down the attendance of many people in one go, all or nothing. Returns how many were given."""
    with transaction.atomic():
        # All of them before anything follows from the first: a certificate holds its organisation's numbers,
        # and who waits for a person then may meet somebody who holds that person and waits for a number.
        hold_enrolments(Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in statuses]))
        for enrolment, status in statuses.items():
            record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=recorded_by)
        if statuses:
            log(
                meeting.cohort,
                "cohorts.attendance",
                user=recorded_by,
                data={"meeting": str(meeting), "people": len(statuses)},
            )
    return len(statuses)


def issue_cards(
    *, cohort: Cohort, participants: Iterable[Participant], issued_by: Any, state: str
) -> list[Card]:
    """Give each of these people a new PIN; the old ones end. All or nothing, each one logged.

    ``state`` is the ``pin_state`` that the member of staff saw. Raises ValidationError (``stale``) if PINs
    have changed since: a repeated request would make the cards worthless that were printed a moment ago.
    """
    cards = []
    with transaction.atomic():
        # Two requests at once: the second waits here, and finds the state changed.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        if pin_state(cohort) != state:
            raise ValidationError(
                _(
                    "PINs have changed since you opened this page; perhaps the cards are already printed. "
                    "Nothing was changed now. Press the button again if you need new cards."
                ),
                code="stale",
            )
        for participant in participants:
            cards.append(Card(participant, issue_pin(participant=participant)))
            log(participant, "people.pin_issued", user=issued_by)
    return cards


def closed_fields(cohort: Cohort, changed: set[str]) -> dict[str, str]:
    """Which of the changed fields of a saved cohort may not change any more, each with the reason."""
    closed: dict[str, str] = {}
    if "organisation" in changed and Enrolment.objects.filter(cohort=cohort).exists():
        closed["organisation"] = str(_("People are enrolled; the organisation can no longer change."))
    for lock in registry.locks_on(changed):
        fields = changed & set(lock.fields) - set(closed)
        if fields and lock.is_closed(cohort):
            closed |= dict.fromkeys(fields, str(lock.reason))
    return closed


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


def _draw_order(cohort: Cohort) -> str:
    if cohort.forms_plan == FormsPlan.A_THEN_B:
        return FormOrder.AB
    counts = form_order_counts(cohort)
    fewest = min(counts.values())
    return secrets.choice([order for order, count in counts.items() if count == fewest])
