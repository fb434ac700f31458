"""What people itself does when two records of one person become one."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.people.domain.merging import move_own_records
from lms.people.models import ConsentRecord, NotSamePerson
from lms.people.registry import Fact, Foreseen, MergeStep, Merging, register_merge_step


class OwnRecords(MergeStep):
    """Consents, what was decided about pairs, and the newest sign of life."""

    code = "people"
    order = 900
    covers = (
        "people.ConsentRecord.participant",
        "people.Participant.merged_into",
        "people.NotSamePerson.one",
        "people.NotSamePerson.other",
        # History: it names what was empty and what was kept at that time.
        "people.MergeRecord.kept",
        "people.MergeRecord.merged",
        "people.Presence.participant",
    )
    once = (
        "people.NotSamePerson.not_same_person_once",
        # Nobody becomes empty twice.
        "people.MergeRecord.merged",
        "people.Presence.participant",
    )
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        "people.NotSamePerson": ("id", "one", "other", "said_by", "said_at"),
        # Of two signs of life the newer one stays whole.
        "people.Presence": (
            "participant",
            "device",
            "mark",
            "signed_in_at",
            "seen_at",
            "place",
            "place_since",
            "ended_at",
        ),
    }

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        texts: dict[uuid.UUID, str] = {}
        for consent in ConsentRecord.objects.filter(participant__in=people).order_by("given_at"):
            day = date_format(consent.given_at, "j M Y")
            known = texts.get(consent.participant_id)
            texts[consent.participant_id] = f"{known}; {day}" if known else day
        return [Fact(gettext_lazy("Consent given"), texts)]

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        one, other = sorted((kept.pk, merged.pk))
        said = NotSamePerson.objects.filter(one=one, other=other).select_related("said_by").first()
        if said is not None:
            text = _("On %(day)s %(who)s said that these are two people. Merging takes that back.")
            day = date_format(said.said_at, "j F Y")
            yield Foreseen(text % {"day": day, "who": said.said_by.get_username()}, collides=True)
        count = ConsentRecord.objects.filter(participant=merged).count()
        if count:
            text = ngettext(
                "%(count)d consent moves, with its date.", "%(count)d consents move, with their dates.", count
            )
            yield Foreseen(text % {"count": count})

    def move(self, merging: Merging) -> None:
        move_own_records(merging)

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        if count := moved.get("consents"):
            text = ngettext("%(count)d consent.", "%(count)d consents.", count)
            yield text % {"count": count}
        if count := len(moved.get("merged_before", ())):
            text = ngettext(
                "%(count)d record that had been merged before.",
                "%(count)d records that had been merged before.",
                count,
            )
            yield text % {"count": count}
        if moved.get("not_same"):
            yield _("What was said about different people was put right.")


def register() -> None:
    """Called once when the apps are ready."""
    register_merge_step(OwnRecords())
