"""Two records of one person become one.

The other record stays as an empty one: it keeps its id, its code and what was not taken of it, cannot sign
in, and is shown nowhere. Nothing is deleted by this that was not written down in the history.
"""

import hashlib
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.people.domain.presence import join_presences
from lms.people.models import ConsentRecord, MergeRecord, NotSamePerson, Participant
from lms.people.registry import Fact, Foreseen, LockRank, Merging, merge_steps

# What is known of a person and may differ between two records.
FIELDS = (
    "full_name",
    "name_on_certificate",
    "sex",
    "age_band",
    "element",
    "role",
    "village",
    "dusun",
    "access_needs",
)
_CARD = ("code", "pin_hash", "last_signed_in_at", "is_active")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side, and what merging them would do. ``state`` is a fingerprint of all of it."""

    kept: Participant
    merged: Participant
    facts: Sequence[Fact]
    foreseen: Sequence[Foreseen]
    state: str

    @property
    def hindrances(self) -> list[Foreseen]:
        return [one for one in self.foreseen if one.hinders]

    @property
    def differing(self) -> list[str]:
        """The fields in which the two differ."""
        return [name for name in FIELDS if _value(self.kept, name) != _value(self.merged, name)]


def compare_people(*, kept: Participant, merged: Participant) -> Comparison:
    """What merging ``merged`` into ``kept`` would do. Writes nothing.

    Raises ValidationError for what can never be merged: ``itself``, ``organisation``, ``merged``,
    ``simulated``.
    """
    _refuse_unfit(kept, merged)
    facts = [fact for step in merge_steps() for fact in step.facts([kept.pk, merged.pk])]
    foreseen = [one for step in merge_steps() for one in step.foresee(kept, merged)]
    seen = [
        *(str(_value(person, name)) for person in (kept, merged) for name in (*FIELDS, "code", "pin_serial")),
        *(fact.values.get(person.pk, "") for fact in facts for person in (kept, merged)),
        *(one.text for one in foreseen),
    ]
    state = hashlib.sha256("\n".join(seen).encode()).hexdigest()
    return Comparison(kept, merged, facts, foreseen, state)


def merge_people(
    *,
    kept: Participant,
    merged: Participant,
    take: Collection[str],
    take_card: bool,
    reason: str,
    actor: Any,
    state: str,
) -> MergeRecord:
    """Move everything of ``merged`` to ``kept`` and leave ``merged`` empty. All or nothing.

    ``take`` names the ``FIELDS`` whose value comes from ``merged``, ``take_card`` says that its code and PIN
    stay valid; what is not taken stays on the empty record. ``state`` is the fingerprint that was looked at.
    Raises ValidationError: ``reason``, ``field``, ``stale`` (something changed since), ``hindered``, or what
    ``compare_people`` refuses.
    """
    reason = reason.strip()[:500]
    if not reason:
        raise ValidationError(_("Say why. It will be read in the history of the participant."), "reason")
    if not set(take) <= set(FIELDS):
        raise ValidationError(_("Choose for each line which of the two is right."), "field")
    with transaction.atomic():
        kept, merged = _hold(kept, merged)
        comparison = compare_people(kept=kept, merged=merged)
        if comparison.state != state:
            raise ValidationError(
                _("Something has changed since you opened this page. Nothing was merged. Look at it again."),
                "stale",
            )
        if comparison.hindrances:
            raise ValidationError(" ".join(one.text for one in comparison.hindrances), "hindered")
        merging = Merging(kept, merged, actor, reason, take_card)
        for step in merge_steps():
            step.move(merging)
        taken = [name for name in FIELDS if name in take]
        _exchange(kept, merged, taken, take_card=take_card)
        for step in merge_steps():
            step.finish(merging)
        record: MergeRecord = MergeRecord.objects.create(
            kept=kept,
            merged=merged,
            actor=actor,
            reason=reason,
            fields_taken=taken,
            took_card=take_card,
            moved=merging.moved,
        )
        data = {"record": str(record.pk), "reason": reason}
        log(kept, "people.merged", user=actor, data={**data, "merged": str(merged.pk)})
        log(merged, "people.merged_away", user=actor, data={**data, "kept": str(kept.pk)})
    return record


def refuse_merged(people: QuerySet[Participant]) -> None:
    """Raises ValidationError (``merged``) if one of these became empty meanwhile, else holds them against
    being merged until the transaction ends. (The database looks at a foreign key only at the commit.)"""
    held = people.select_for_update(of=("self",), no_key=True).order_by("pk")
    gone = [pk for pk, into in held.values_list("pk", "merged_into") if into is not None]
    if gone:
        raise _merged_already(Participant.objects.select_related("merged_into").get(pk=gone[0]))


def move_own_records(merging: Merging) -> None:
    """What people itself knows of a person: consents with their dates, what was merged before, pairs, and
    the newest sign of life."""
    kept, merged = merging.kept, merging.merged
    consents = ConsentRecord.objects.filter(participant=merged)
    merging.note("consents", consents.update(participant=kept))
    earlier = Participant.objects.filter(merged_into=merged)
    merging.note("merged_before", [str(pk) for pk in earlier.values_list("pk", flat=True)])
    earlier.update(merged_into=kept)
    _move_pairs(merging)
    join_presences(kept=kept, merged=merged, take_card=merging.take_card)


def _move_pairs(merging: Merging) -> None:
    """ "Not the same as X" now holds for who is kept; what was said of these two was an error."""
    gone = []
    for pair in NotSamePerson.objects.filter(one=merging.merged) | NotSamePerson.objects.filter(
        other=merging.merged
    ):
        third = pair.other_id if pair.one_id == merging.merged.pk else pair.one_id
        one, other = sorted((third, merging.kept.pk))
        known = NotSamePerson.objects.filter(one=one, other=other).exists()
        if third == merging.kept.pk or known:
            gone.append({"with": str(third), "said_by": pair.said_by_id, "said_at": pair.said_at.isoformat()})
            pair.delete()
        else:
            pair.one_id, pair.other_id = one, other
            pair.save(update_fields=["one", "other"])
    merging.note("not_same", gone)


def _hold(kept: Participant, merged: Participant) -> tuple[Participant, Participant]:
    """All that may change, locked in the order in which everybody locks, and the two people read afresh."""
    keys: list[uuid.UUID] = sorted((kept.pk, merged.pk))
    people: dict[uuid.UUID, Participant] = {}
    for rank in LockRank:
        if rank == LockRank.PEOPLE:
            rows = Participant.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
            people = {person.pk: person for person in rows}
        for step in merge_steps():
            step.hold(rank, keys)
    return people[kept.pk], people[merged.pk]


def _exchange(kept: Participant, merged: Participant, taken: Collection[str], *, take_card: bool) -> None:
    """Swap what is taken, so that each value stays on one of the two records; close the empty one."""
    for name in taken:
        _swap(kept, merged, name)
    if take_card:
        for name in _CARD:
            _swap(kept, merged, name)
        # Sessions opened with the card that ends, end.
        kept.pin_serial = merged.pin_serial = max(kept.pin_serial, merged.pin_serial) + 1
        # Codes are unique at every moment; this one nobody can type.
        Participant.objects.filter(pk=merged.pk).update(code=f"~{secrets.token_hex(3)}")
    merged.is_active, merged.merged_into = False, kept
    kept.save()
    merged.save()


def _swap(one: Participant, other: Participant, name: str) -> None:
    mine, theirs = _value(one, name), _value(other, name)
    attribute = _attribute(name)
    setattr(one, attribute, theirs)
    setattr(other, attribute, mine)


def _attribute(name: str) -> str:
    return "village_id" if name == "village" else name


def _value(person: Participant, name: str) -> Any:
    return getattr(person, _attribute(name))


def _refuse_unfit(kept: Participant, merged: Participant) -> None:
    if kept.pk == merged.pk:
        raise ValidationError(_("Choose two different participants."), "itself")
    if kept.organisation_id != merged.organisation_id:
        raise ValidationError(
            _("These two belong to different organisations and are not merged."), "organisation"
        )
    for person in (kept, merged):
        if person.merged_into_id is not None:
            raise _merged_already(person)
    if kept.is_simulated != merged.is_simulated:
        raise ValidationError(_("Simulated data is not merged with a real person."), "simulated")


def _merged_already(person: Participant) -> ValidationError:
    kept = person.merged_into or person
    return ValidationError(
        _(
            "%(name)s (%(code)s) was merged into another record meanwhile. Open that one: "
            "%(kept)s (%(into)s)."
        ),
        "merged",
        params={
            "name": person.full_name,
            "code": person.code,
            "kept": kept.full_name,
            "into": kept.code,
        },
    )
