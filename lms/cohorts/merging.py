"""What cohorts do when two records of one person become one: trainings, attendance, the boards."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.domain import hold_enrolments
from lms.cohorts.domain import merging as domain
from lms.cohorts.enums import COUNTS_AS_PRESENT
from lms.cohorts.models import Attendance, Cohort, Enrolment, ExperienceNote, Finding
from lms.cohorts.stages import Deed, allows
from lms.people.registry import Fact, Foreseen, LockRank, MergeStep, Merging, register_merge_step

Pair = tuple[Enrolment, Enrolment]


def shared_trainings(kept: Any, merged: Any) -> list[Pair]:
    """The trainings in which both records are, as (enrolment that stays, enrolment that becomes empty)."""
    rows = Enrolment.objects.filter(participant__in=[kept.pk, merged.pk])
    rows = rows.select_related("cohort__assessment", "cohort__village", "participant")
    by_cohort: dict[uuid.UUID, dict[uuid.UUID, Enrolment]] = defaultdict(dict)
    for row in rows.order_by("cohort__starts_on", "cohort"):
        by_cohort[row.cohort_id][row.participant_id] = row
    return [(found[kept.pk], found[merged.pk]) for found in by_cohort.values() if len(found) == 2]


def own_enrolments(people: Collection[uuid.UUID]) -> QuerySet[Enrolment]:
    """The enrolments of these people."""
    return Enrolment.objects.filter(participant__in=people)


class Trainings(MergeStep):
    """Runs after the steps of the apps above: nothing but attendance and what stands on the boards points at
    an enrolment that becomes empty then.

    A training in the archive can only be read, so nothing becomes one there; an enrolment whose person has
    another record from now on is the same enrolment, and moves.
    """

    code = "cohorts"
    order = 800
    covers = (
        "cohorts.Enrolment.participant",
        "cohorts.Attendance.enrolment",
        "cohorts.FindingSupport.enrolment",
        "cohorts.Finding.author",
        "cohorts.ExperienceNote.author",
        # The key of a person, without a foreign key.
        "cohorts.CodeTries.participant",
    )
    once = (
        "cohorts.Enrolment.enrolment_once",
        "cohorts.Attendance.attendance_once",
        "cohorts.FindingSupport.finding_support_once",
        "cohorts.CodeTries.participant",
    )
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        "cohorts.Enrolment": ("id", "cohort", "participant", "form_order", "enrolled_at"),
        "cohorts.Attendance": (
            "id",
            "meeting",
            "enrolment",
            "status",
            "means",
            "arrived_at",
            "thumbprint",
            "note",
            "recorded_at",
            "recorded_by",
        ),
        "cohorts.FindingSupport": ("id", "finding", "enrolment"),
        "cohorts.CodeTries": ("participant", "wrong", "window_ends_at"),
    }
    carries = ("cohorts.AttendanceEvent.attendance",)

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        trainings: dict[uuid.UUID, list[str]] = defaultdict(list)
        for enrolment in own_enrolments(people).select_related("cohort").order_by("cohort__starts_on"):
            trainings[enrolment.participant_id].append(enrolment.cohort.code)
        there: dict[uuid.UUID, int] = defaultdict(int)
        present = Attendance.objects.filter(
            enrolment__participant__in=people, status__in=COUNTS_AS_PRESENT
        ).values_list("enrolment__participant", flat=True)
        for person in present:
            there[person] += 1
        return [
            Fact(gettext_lazy("Trainings"), {pk: ", ".join(codes) for pk, codes in trainings.items()}),
            Fact(gettext_lazy("Meetings attended"), {pk: str(count) for pk, count in there.items()}),
        ]

    def hold(self, rank: LockRank, people: Collection[uuid.UUID]) -> None:
        if rank == LockRank.TRAININGS:
            cohorts = own_enrolments(people).values("cohort")
            list(Cohort.objects.select_for_update(of=("self",)).filter(pk__in=cohorts).order_by("pk"))
        elif rank == LockRank.ENROLMENTS:
            hold_enrolments(own_enrolments(people))

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        shared = shared_trainings(kept, merged)
        both = {stays.cohort_id for stays, _empties in shared}
        moving = own_enrolments([merged.pk]).exclude(cohort__in=both).select_related("cohort")
        for enrolment in moving.order_by("cohort__starts_on"):
            text = _("%(training)s moves with everything in it.")
            yield Foreseen(text % {"training": enrolment.cohort})
        for stays, empties in shared:
            code = stays.cohort.code
            yield Foreseen(_("%(training)s: both are enrolled; one enrolment stays.") % {"training": code})
            if not allows(stays.cohort.state, Deed.JOIN):
                text = _(
                    "%(training)s is archived and can only be read, but both are enrolled there and would "
                    "have to become one. Take it out of the archive first, with a reason; archive it again "
                    "afterwards."
                )
                url = reverse("cohort:hub", args=[stays.cohort_id])
                yield Foreseen(text % {"training": code}, hinders=True, url=url)
                continue
            yield from _attendance_sentences(stays, empties)
            yield from _board_sentences(stays, empties)

    def move(self, merging: Merging) -> None:
        shared = shared_trainings(merging.kept, merging.merged)
        combined = [domain.combine(stays, empties, merging) for stays, empties in shared]
        merging.note("enrolments_combined", combined)
        moving = own_enrolments([merging.merged.pk])
        merging.note("enrolments", [str(pk) for pk in moving.values_list("pk", flat=True)])
        moving.update(participant=merging.kept)
        domain.join_code_tries(kept=merging.kept.pk, merged=merging.merged.pk)

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        keys = moved.get("enrolments", ())
        for enrolment in Enrolment.objects.filter(pk__in=keys).select_related("cohort"):
            yield _("%(training)s with everything in it.") % {"training": enrolment.cohort}
        combined = moved.get("enrolments_combined", ())
        codes = dict(
            Cohort.objects.filter(pk__in=[one["cohort"] for one in combined]).values_list("pk", "code")
        )
        for one in combined:
            words = {
                "training": codes[uuid.UUID(one["cohort"])],
                "meetings": one["attendance"]["moved"],
                "gave_way": len(one["attendance"]["gave_way"]),
                "findings": one["findings"],
                "supports": one["supports"]["moved"],
                # Merges of before there was that board.
                "experiences": one.get("experiences", 0),
            }
            yield (
                _(
                    "%(training)s: two enrolments became one. Attendance moved: %(meetings)d, gave way to "
                    "the better answer: %(gave_way)d. Findings: %(findings)d, supports: %(supports)d, "
                    "experiences: %(experiences)d."
                )
                % words
            )


def _attendance_sentences(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    pairs = domain.pairs_of_attendance(stays, empties)
    alone = sum(mine is None for mine, _theirs in pairs)
    if alone:
        text = ngettext(
            "%(training)s: attendance at %(count)d meeting moves.",
            "%(training)s: attendance at %(count)d meetings moves.",
            alone,
        )
        yield Foreseen(text % {"training": stays.cohort.code, "count": alone})
    for mine, theirs in pairs:
        if mine is not None and mine.status != theirs.status:
            text = _("%(meeting)s: “%(one)s” and “%(other)s”; “%(stays)s” stays.")
            words = {
                "meeting": theirs.meeting,
                "one": mine.get_status_display(),
                "other": theirs.get_status_display(),
                "stays": domain.better_of(mine, theirs).get_status_display(),
            }
            yield Foreseen(text % words, collides=True)


def _board_sentences(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    count = Finding.objects.filter(author=empties).count()
    if count:
        text = ngettext(
            "%(training)s: %(count)d finding moves.", "%(training)s: %(count)d findings move.", count
        )
        yield Foreseen(text % {"training": stays.cohort.code, "count": count})
    count = ExperienceNote.objects.filter(author=empties).count()
    if count:
        text = ngettext(
            "%(training)s: %(count)d experience moves.", "%(training)s: %(count)d experiences move.", count
        )
        yield Foreseen(text % {"training": stays.cohort.code, "count": count})
    move, double = domain.sorted_supports(stays, empties)
    if move or double:
        text = ngettext(
            "%(training)s: %(count)d support of a finding moves or is counted once only.",
            "%(training)s: %(count)d supports of findings move or are counted once only.",
            len(move) + len(double),
        )
        words = {"training": stays.cohort.code, "count": len(move) + len(double)}
        yield Foreseen(text % words, collides=bool(double))


def register() -> None:
    """Called once when the apps are ready."""
    register_merge_step(Trainings())
