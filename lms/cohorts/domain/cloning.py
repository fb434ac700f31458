"""Make a planned training from an old one (*Salin untuk tahun baru*)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.enums import CohortState
from lms.cohorts.models import Assignment, Cohort, Credit, Facilitator, Meeting, Party, Quota
from lms.people.scoping import SEE_ALL

# What belongs to one training only, or is said anew.
_OWN = {
    "id",
    "code",
    "state",
    "starts_on",
    "ends_on",
    "document_year",
    "copied_from",
    "created_at",
    "is_simulated",
}


def clone_training(*, cohort: Cohort, code: str, starts_on: date, user: Any) -> Cohort:
    """A planned training like this one that begins on another day. Everything that has a date is moved by as
    many days; people, results and findings stay where they are.

    Copied are programme, course, tests with their times, meetings, team with its meetings, parties,
    contributors, places, and the rule and signatory of the certificate, years as tokens where they are.
    Raises ValidationError (``code``) if another training has the code.
    """
    with transaction.atomic():
        held = Cohort.objects.select_for_update().get(pk=cohort.pk)
        if Cohort.objects.filter(code=code).exists():
            raise ValidationError(
                _("Another training has this code already. Write another one."), code="code"
            )
        moved = starts_on - held.starts_on
        copy = Cohort(
            **_stored(held, without=_OWN),
            code=code,
            state=CohortState.PLANNED,
            starts_on=starts_on,
            ends_on=held.ends_on + moved,
            document_year=_moved_year(held, starts_on),
            copied_from=held,
            is_simulated=held.is_simulated,
        )
        copy.save(force_insert=True)
        _copy_rows(held, copy, moved)
        if not user.has_perm(SEE_ALL):
            Facilitator.objects.get_or_create(cohort=copy, user=user)
        log(copy, "cohorts.copied", user=user, data={"from": held.code})
        return copy


def _moved_year(held: Cohort, starts_on: date) -> int | None:
    """The documents' year, as far from that of the training as before; empty stays empty."""
    if held.document_year is None:
        return None
    return held.document_year + starts_on.year - held.starts_on.year


def _copy_rows(held: Cohort, copy: Cohort, moved: timedelta) -> None:
    meetings = {}
    for meeting in Meeting.objects.filter(cohort=held):
        fields = _stored(meeting, without={"id", "cohort", "held_on"})
        meetings[meeting.pk] = Meeting.objects.create(cohort=copy, held_on=meeting.held_on + moved, **fields)
    for row in Assignment.objects.filter(cohort=held):
        fields = _stored(row, without={"id", "cohort", "opens_at", "closes_at"})
        times = {"opens_at": row.opens_at, "closes_at": row.closes_at}
        fields |= {name: at + moved if at else None for name, at in times.items()}
        Assignment.objects.create(cohort=copy, **fields)
    kinds: tuple[type[models.Model], ...] = (Party, Credit, Quota)
    for kind in kinds:
        rows = kind._default_manager.filter(cohort=held)
        kind._default_manager.bulk_create(
            kind(cohort=copy, **_stored(row, without={"id", "cohort"})) for row in rows
        )
    for member in Facilitator.objects.filter(cohort=held).prefetch_related("meetings"):
        # The attributes of the relation would be those of the cluster, which is not saved yet.
        there = [meetings[meeting.pk] for meeting in member.meetings.all()]
        same = Facilitator.objects.create(cohort=copy, **_stored(member, without={"id", "cohort"}))
        same.meetings.set(there)
        same.save()


def _stored(record: models.Model, *, without: set[str]) -> dict[str, Any]:
    """What is stored of a record, years as tokens, by the names that its class takes."""
    return {
        field.attname: field.value_from_object(record)
        for field in record._meta.concrete_fields
        if field.name not in without
    }
