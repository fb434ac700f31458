"""Reads of pledges: of one person, of a whole training, and what is printed of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lms.cohorts.models import Cohort, Enrolment
from lms.followup.enums import PledgeState
from lms.followup.models import Pledge, PledgeSuggestions
from lms.followup.suggestions import STANDARD


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One person of a training: the newest version, and the one that is signed and holds, if there are."""

    enrolment: Enrolment
    newest: Pledge | None
    signed: Pledge | None

    @property
    def state(self) -> PledgeState:
        """How far this person's pledge has come."""
        if self.newest is None or not self.newest.stands:
            return PledgeState.NONE if self.signed is None else PledgeState.SIGNED
        if self.newest.is_signed:
            return PledgeState.SIGNED
        return PledgeState.WRITTEN if self.signed is None else PledgeState.RENEWED

    @property
    def waits(self) -> bool:
        """Whether a signature of the newest version is still to be recorded."""
        return self.newest is None or not self.newest.is_signed

    @property
    def lacks_photo(self) -> bool:
        """Whether the newest version is signed and no photo shows it."""
        return self.newest is not None and self.newest.is_signed and self.newest.sheet_id is None


@dataclass(frozen=True, slots=True)
class PrintedPledge:
    """What stands on one person's *Lembar Komitmen*. Without promises there are lines to write on; without
    a signature the names of the witness are to be filled in by hand."""

    enrolment_id: uuid.UUID
    name: str
    role: str
    dusun: str
    promises: tuple[str, ...]
    witness_name: str
    witness_role: str
    signed_on: date | None


def newest_pledge(enrolment: Enrolment) -> Pledge | None:
    """The newest version of a person's pledge in a training, or None while there is none."""
    return versions_of(enrolment).first()


def newest_pledges(enrolments: Sequence[Enrolment]) -> dict[uuid.UUID, Pledge]:
    """The newest version of each of these people who has one, by enrolment. One query."""
    rows = Pledge.objects.filter(enrolment__in=enrolments).order_by("version")
    return {pledge.enrolment_id: pledge for pledge in rows}


def versions_of(enrolment: Enrolment) -> QuerySet[Pledge]:
    """All versions of a person's pledge in a training, the newest first."""
    versions: QuerySet[Pledge] = Pledge.objects.filter(enrolment=enrolment)
    return versions.select_related("sheet", "entered_by", "recorded_by").order_by("-version")


def who_signed(enrolments: Sequence[Enrolment]) -> set[uuid.UUID]:
    """The ids of those of these enrolments who signed a version of their pledge. One query."""
    signed = Pledge.objects.filter(enrolment__in=enrolments, signed_on__isnull=False).order_by()
    return set(signed.values_list("enrolment_id", flat=True))


def pledge_rows(cohort: Cohort) -> list[PledgeRow]:
    """Everybody of a training by name, with the pledge. Two queries, however many people."""
    newest: dict[uuid.UUID, Pledge] = {}
    signed: dict[uuid.UUID, Pledge] = {}
    for pledge in Pledge.objects.filter(enrolment__cohort=cohort).order_by("version"):
        newest[pledge.enrolment_id] = pledge
        if pledge.is_signed:
            signed[pledge.enrolment_id] = pledge
    people = Enrolment.objects.filter(cohort=cohort).select_related("participant")
    return [
        PledgeRow(each, newest.get(each.pk), signed.get(each.pk))
        for each in people.order_by("participant__full_name", "pk")
    ]


def pledge_counts(cohort: Cohort) -> dict[str, int]:
    """How far the third expected result (H3) has come: people ``registered``, with a pledge ``written``
    here or on paper, and who ``signed``. Two queries."""
    own = Pledge.objects.filter(enrolment__cohort=cohort).order_by()
    rows = list(own.values_list("enrolment_id", "promises", "signed_on"))
    return {
        "registered": Enrolment.objects.filter(cohort=cohort).count(),
        "written": len({person for person, promises, day in rows if promises or day}),
        "signed": len({person for person, _promises, day in rows if day}),
    }


def pledge_sheets(cohort: Cohort) -> list[PrintedPledge]:
    """What is to be printed on the *Lembar Komitmen* of everybody in a training, by name. Two queries."""
    return [_printed(row) for row in pledge_rows(cohort)]


def suggestions_for(cohort: Cohort) -> list[str]:
    """What may be promised in this training with one tap: its own suggestions, else the standard ones."""
    own = PledgeSuggestions.objects.filter(cohort=cohort).values_list("text", flat=True).first()
    return own.splitlines() if own else list(STANDARD)


def _printed(row: PledgeRow) -> PrintedPledge:
    person, pledge = row.enrolment.participant, row.newest
    return PrintedPledge(
        enrolment_id=row.enrolment.pk,
        name=person.full_name,
        role=person.role,
        dusun=person.dusun,
        promises=tuple(pledge.promises) if pledge else (),
        witness_name=pledge.witness_name if pledge else "",
        witness_role=pledge.witness_role if pledge else "",
        signed_on=pledge.signed_on if pledge else None,
    )
