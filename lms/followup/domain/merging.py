"""Pledges of two enrolments of one person in one training: versions by time, and one draft of two."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.cohorts.models import Enrolment
from lms.followup.models import Pledge
from lms.followup.models.pledges import MOST_PROMISES


@dataclass(frozen=True, slots=True)
class Versions:
    """How the versions of both stand together. ``drafts``: older, newer; the older one joins the newer."""

    mine: Sequence[Pledge]
    theirs: Sequence[Pledge]
    signed: Sequence[Pledge]
    drafts: Sequence[Pledge]

    @property
    def promises(self) -> list[str]:
        """What the one draft then promises: nothing that either promised is dropped."""
        return list(dict.fromkeys(line for draft in self.drafts for line in draft.promises))

    @property
    def do_not_fit(self) -> bool:
        """Whether two drafts promise more than one pledge may hold."""
        return len(self.drafts) > 1 and len(self.promises) > MOST_PROMISES

    @property
    def ordered(self) -> list[Pledge]:
        """The versions that are there afterwards, the first one first."""
        return [*self.signed, *self.drafts[-1:]]


def versions_together(stays: Enrolment, empties: Enrolment) -> Versions:
    """Signed ones by the day of signing, each record's in their own order; what waits for a signature is the
    newest, for only the newest can be signed."""
    mine, theirs = (
        list(Pledge.objects.filter(enrolment=each).order_by("version")) for each in (stays, empties)
    )
    signed = heapq.merge(
        *([pledge for pledge in each if pledge.is_signed] for each in (mine, theirs)),
        key=lambda pledge: (pledge.signed_on, pledge.created_at, pledge.pk),
    )
    drafts = [pledge for pledge in (*mine, *theirs) if not pledge.is_signed]
    drafts.sort(key=lambda pledge: (pledge.written_at, pledge.pk))
    return Versions(mine, theirs, list(signed), drafts)


def combine_pledges(stays: Enrolment, empties: Enrolment, *, day: Any) -> dict[str, Any]:
    """Let the enrolment that stays have all versions; both enrolments are locked. What happened, as ids and
    numbers."""
    together = versions_together(stays, empties)
    if not together.theirs:
        return {}
    found: dict[str, Any] = {"cohort": str(stays.cohort_id)}
    if len(together.drafts) > 1:
        found["joined"] = _join(*together.drafts, promises=together.promises)
    found["versions"] = [
        {"pledge": str(pledge.pk), "number": [pledge.version, number]}
        for number, pledge in enumerate(together.ordered, start=1)
        if pledge.enrolment_id == empties.pk or pledge.version != number
    ]
    text = _("Two records of one person were merged on %(day)s.") % {"day": date_format(day, "j F Y")}
    _number(together.ordered, stays, text)
    return found


def _join(older: Pledge, newer: Pledge, *, promises: list[str]) -> dict[str, Any]:
    """The newer draft promises what both do. How and when the older one was written goes to the history."""
    gone = {
        "gone": str(older.pk),
        "into": str(newer.pk),
        "mode": older.mode,
        "entered_by": older.entered_by_id,
        "written_at": older.written_at.isoformat(),
    }
    older.delete()
    newer.promises, newer.created_at = promises, min(older.created_at, newer.created_at)
    newer.reason = newer.reason or older.reason
    newer.save(update_fields=["promises", "created_at", "reason"])
    return gone


def _number(pledges: Sequence[Pledge], stays: Enrolment, text: str) -> None:
    """A version after the first says why it is there. Numbers go aside first: each is unique always."""
    aside = 1 + max(pledge.version for pledge in pledges) + len(pledges)
    for step, pledge in enumerate(pledges):
        Pledge.objects.filter(pk=pledge.pk).update(version=aside + step, reason=pledge.reason or text)
    for number, pledge in enumerate(pledges, start=1):
        reason = pledge.reason or ("" if number == 1 else text)
        Pledge.objects.filter(pk=pledge.pk).update(enrolment=stays, version=number, reason=reason)
