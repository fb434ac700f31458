"""What learning says and does when two records of one person become one."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.enums import with_moment
from lms.cohorts.merging import shared_trainings
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import merging as domain
from lms.learning.domain.arranging import same_form_twice, sentences
from lms.learning.enums import MOMENTS
from lms.learning.models import (
    Attempt,
    Completion,
    LessonAssignment,
    LessonProgress,
    PracticeAnswer,
    ReflectionNote,
)
from lms.people.registry import Fact, Foreseen, LockRank, MergeStep, Merging


def name_attempt(attempt: Attempt, enrolment: Enrolment, whose: str) -> str:
    """An attempt in a sentence: what it is of, when it was begun, on which form, under which name or code."""
    zone = ZoneInfo(enrolment.cohort.village.time_zone)
    is_test = attempt.assessment_id == enrolment.cohort.assessment_id
    label = attempt.get_occasion_display() if is_test else attempt.assessment.label
    if attempt.occasion in MOMENTS:
        label = with_moment(attempt.assessment.label, attempt.occasion)
    text = _("“%(test)s” of %(day)s (form %(form)s, %(whose)s)")
    return text % {
        "test": label,
        "day": date_format(attempt.started_at.astimezone(zone), "j M Y H:i"),
        "form": attempt.form.letter,
        "whose": whose,
    }


class Learning(MergeStep):
    """Attempts, progress, receipts, sheets and completions."""

    code = "learning"
    order = 300
    covers = (
        "learning.Attempt.enrolment",
        "learning.PaperSheet.enrolment",
        "learning.LessonProgress.enrolment",
        "learning.PracticeAnswer.enrolment",
        "learning.ReflectionNote.enrolment",
        "learning.LessonAssignment.enrolment",
        "learning.SurveyReceipt.enrolment",
        "learning.Completion.enrolment",
    )
    once = (
        "learning.Attempt.attempt_once",
        "learning.Attempt.attempt_one_open",
        "learning.PaperSheet.paper_sheet_one_open",
        "learning.LessonProgress.lesson_progress_once",
        "learning.ReflectionNote.reflection_note_once",
        "learning.LessonAssignment.lesson_assignment_once",
        "learning.SurveyReceipt.survey_receipt_once",
        "learning.Completion.enrolment",
    )
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        "learning.LessonProgress": (
            "id",
            "enrolment",
            "lesson",
            "opened_at",
            "visited_at",
            "completed_at",
            "mode",
            "meeting",
            "credited_by",
        ),
        # Both texts stay, one below the other.
        "learning.ReflectionNote": ("id", "enrolment", "lesson", "block_id", "text", "updated_at"),
        # The one that got further stays.
        "learning.LessonAssignment": (
            "id",
            "enrolment",
            "lesson",
            "basis",
            "assigned_by",
            "assigned_at",
            "opened_at",
            "done_at",
        ),
        "learning.SurveyReceipt": ("id", "enrolment", "assessment"),
        "learning.Completion": ("enrolment", "completed_at"),
        # Only blank ones make room.
        "learning.PaperSheet": (
            "id",
            "enrolment",
            "assessment",
            "occasion",
            "form",
            "first",
            "second",
            "first_by",
            "second_by",
            "settled",
            "taken_on",
            "attempt",
            "keyed_at",
        ),
    }
    carries = ("learning.ResponseFile.sheet",)

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        attempts: dict[uuid.UUID, int] = defaultdict(int)
        taken = Attempt.objects.filter(enrolment__participant__in=people).order_by()
        for person in taken.values_list("enrolment__participant", flat=True):
            attempts[person] += 1
        lessons: dict[uuid.UUID, int] = defaultdict(int)
        done = LessonProgress.objects.filter(enrolment__participant__in=people, completed_at__isnull=False)
        for person in done.values_list("enrolment__participant", flat=True):
            lessons[person] += 1
        finished: dict[uuid.UUID, list[str]] = defaultdict(list)
        rows = Completion.objects.filter(enrolment__participant__in=people).order_by("completed_at")
        for person, code in rows.values_list("enrolment__participant", "enrolment__cohort__code"):
            finished[person].append(code)
        return [
            Fact(gettext_lazy("Tests begun"), {pk: str(count) for pk, count in attempts.items()}),
            Fact(gettext_lazy("Lessons finished"), {pk: str(count) for pk, count in lessons.items()}),
            Fact(gettext_lazy("Completed"), {pk: ", ".join(codes) for pk, codes in finished.items()}),
        ]

    def hold(self, rank: LockRank, people: Collection[uuid.UUID]) -> None:
        if rank == LockRank.ATTEMPTS:
            domain.hold_attempts(people)
        elif rank == LockRank.SHEETS:
            domain.hold_sheets(people)

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        for stays, empties in shared_trainings(kept, merged):
            for one in _foreseen(stays, empties):
                text = f"{stays.cohort.code}: {one.text}"
                yield Foreseen(text, one.collides, one.hinders, one.url)

    def move(self, merging: Merging) -> None:
        domain.combine_enrolments(merging)

    def finish(self, merging: Merging) -> None:
        domain.review_combined(merging)

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        combined = moved.get("learning", ())
        keys = [one["cohort"] for one in combined] + list(moved.get("completed_by_merging", ()))
        codes = {str(pk): code for pk, code in Cohort.objects.filter(pk__in=keys).values_list("pk", "code")}
        for one in combined:
            attempts = one.get("attempts", {}).get("moved", ())
            words = {
                "training": codes[one["cohort"]],
                "attempts": sum("from" in entry for entry in attempts),
                "void": sum("why" in entry for entry in attempts),
                "lessons": one.get("lessons", {}).get("moved", 0),
            }
            yield (
                _(
                    "%(training)s: attempts moved: %(attempts)d, declared void: %(void)d, "
                    "lessons moved: %(lessons)d."
                )
                % words
            )
            if order := one.get("attempts", {}).get("form_order"):
                text = _("%(training)s: the order of forms is now %(new)s, as it was really taken.")
                yield text % {"training": words["training"], "new": order[1]}
        for key in moved.get("completed_by_merging", ()):
            yield _("%(training)s: together the rule was met.") % {"training": codes[key]}


def _foreseen(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    arranged = domain.arranged_of(stays, empties)
    coming = sum(entry.attempt.enrolment_id == empties.pk for entry in arranged)
    if coming:
        text = ngettext(
            "%(count)d attempt moves, with its answers.",
            "%(count)d attempts move, with their answers.",
            coming,
        )
        yield Foreseen(text % {"count": coming})
        codes = {one.pk: one.participant.code for one in (stays, empties)}

        def named(one: Attempt) -> str:
            return name_attempt(one, stays, codes[one.enrolment_id])

        for text, collides in sentences(arranged, named):
            yield Foreseen(text, collides=collides)
        if same_form_twice(arranged, enrolment=stays):
            text = _(
                "Pre-test and post-test were taken on the same form, so there is no gain for this person."
            )
            yield Foreseen(text, collides=True)
    for mine, theirs in domain.clashing_sheets(stays, empties):
        if not (domain.is_blank(mine) or domain.is_blank(theirs)):
            text = _(
                "Both have an unfinished paper sheet (%(occasion)s). Finish or restart one of them first."
            )
            yield Foreseen(text % {"occasion": mine.get_occasion_display()}, hinders=True)
    lessons = LessonProgress.objects.filter(enrolment=empties).count()
    if lessons:
        text = ngettext(
            "Progress in %(count)d lesson is put together.",
            "Progress in %(count)d lessons is put together.",
            lessons,
        )
        yield Foreseen(text % {"count": lessons})
    yield from _practice_and_notes(empties)
    assigned = LessonAssignment.objects.filter(enrolment=empties).count()
    if assigned:
        text = ngettext("%(count)d assigned lesson moves.", "%(count)d assigned lessons move.", assigned)
        yield Foreseen(text % {"count": assigned})
    if domain.twice_answered(stays, empties):
        text = _("An anonymous survey was answered under both; both answers stay, for nobody knows which.")
        yield Foreseen(text, collides=True)
    yield from _completion(stays, empties)


def _practice_and_notes(empties: Enrolment) -> Iterable[Foreseen]:
    answers = PracticeAnswer.objects.filter(enrolment=empties).count()
    if answers:
        text = ngettext("%(count)d practice answer moves.", "%(count)d practice answers move.", answers)
        yield Foreseen(text % {"count": answers})
    if ReflectionNote.objects.filter(enrolment=empties).exists():
        yield Foreseen(_("Private notes move; where both have one, the texts are put together."))


def _completion(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    moments = Completion.objects.filter(enrolment__in=[stays, empties]).order_by("completed_at")
    found = list(moments.values_list("completed_at", flat=True))
    if len(found) == 2:
        text = _("Both have completed; the earlier day, %(day)s, stays.")
        yield Foreseen(text % {"day": date_format(found[0], "j F Y")}, collides=True)
    elif not found:
        yield Foreseen(_("If both together meet the rule of the training, it is completed with merging."))
