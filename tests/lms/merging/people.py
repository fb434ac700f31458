"""Two records of one person, and what tests ask about them."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import pre_delete

from lms.cohorts.models import Cohort, Enrolment
from lms.people.domain import compare_people, merge_people
from lms.people.models import MergeRecord, Participant
from lms.people.registry import merge_steps
from tests.factories import EnrolmentFactory, ParticipantFactory, make_staff

_ACTORS = itertools.count(1)


def two_records(**facts: Any) -> tuple[Participant, Participant]:
    """The record that shall stay, and the one that shall become empty, of one organisation."""
    kept = ParticipantFactory(full_name="Yosef Mali Bele", sex="L", **facts)
    merged = ParticipantFactory(
        full_name="Joseph M. Bele",
        sex="L",
        organisation=kept.organisation,
        village=kept.village,
        **facts,
    )
    return kept, merged


def both_in(
    cohort: Cohort, people: tuple[Participant, Participant], **second: Any
) -> tuple[Enrolment, Enrolment]:
    """Both records enrolled in a training of their organisation."""
    kept, merged = people
    return (
        EnrolmentFactory(cohort=cohort, participant=kept),
        EnrolmentFactory(cohort=cohort, participant=merged, **second),
    )


def merge(kept: Participant, merged: Participant, **choices: Any) -> MergeRecord:
    """Merge as somebody does who has just looked at the page."""
    kept, merged = Participant.objects.get(pk=kept.pk), Participant.objects.get(pk=merged.pk)
    actor = choices.pop("actor", None) or make_staff(f"penggabung-{next(_ACTORS)}")
    words = {"take": (), "take_card": False, "reason": "Terdaftar dua kali", **choices}
    state = compare_people(kept=kept, merged=merged).state
    with only_what_makes_room():
        return merge_people(kept=kept, merged=merged, actor=actor, **{"state": state, **words})


@contextmanager
def only_what_makes_room() -> Iterator[None]:
    """Nothing is deleted but in tables of which a step says that rows make room there."""
    deleted: set[str] = set()

    def note(sender: Any, **_more: Any) -> None:
        deleted.add(sender._meta.label)

    pre_delete.connect(note)
    try:
        yield
    finally:
        pre_delete.disconnect(note)
    assert deleted <= {label for step in merge_steps() for label in step.empties}
