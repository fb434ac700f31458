"""Lessons that wait for somebody because a rule has changed."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language

from assessments.models import LegalBasis
from courses.models import LessonPage
from courses.queries import HEAVY_FIELDS
from lms.cohorts.models import Enrolment
from lms.learning.models import LessonAssignment


@dataclass(frozen=True, slots=True)
class WaitingLesson:
    """An assigned lesson on the own page: ``old`` is what was learned, ``new`` what holds now ("" if nobody
    has said it)."""

    page: LessonPage
    old: str
    new: str
    begun: bool


def assignment_for(enrolment: Enrolment, page: LessonPage) -> LessonAssignment | None:
    """The assignment of a page, or of what it is a translation of, to this person in any training; an open
    one before one that is done. One small query where there is none."""
    own = LessonAssignment.objects.filter(enrolment__participant=enrolment.participant_id).order_by()
    keys = own.values_list("pk", "lesson__translation_key")
    here = [pk for pk, key in keys if key == page.translation_key]
    if not here:
        return None
    found = (
        LessonAssignment.objects.filter(pk__in=here)
        .select_related("enrolment__cohort", "lesson")
        .defer(*(f"lesson__{name}" for name in HEAVY_FIELDS))
    )
    return min(found, key=lambda one: (one.done_at is not None, one.assigned_at), default=None)


def assigned_keys(participant: uuid.UUID) -> set[uuid.UUID]:
    """The translation keys of all lessons that were assigned to a person."""
    own = LessonAssignment.objects.filter(enrolment__participant=participant)
    return set(own.values_list("lesson__translation_key", flat=True))


def waiting_lessons(participant: uuid.UUID) -> list[WaitingLesson]:
    """What waits on a person's own page, the oldest first, each in the language of the interface if it is
    published there. One query where nothing waits, else three."""
    own = LessonAssignment.objects.filter(enrolment__participant=participant)
    rows = list(own.values_list("lesson__translation_key", "basis_id", "opened_at", "done_at"))
    # Done once is done, also where records of one person were put together.
    done = {key for key, _basis, _opened, done_at in rows if done_at is not None}
    waiting = [row for row in rows if row[0] not in done]
    if not waiting:
        return []
    pages = _pages_by_key({row[0] for row in waiting})
    bases = LegalBasis.objects.with_rules().with_neighbours().in_bulk({row[1] for row in waiting})
    found: dict[uuid.UUID, WaitingLesson] = {}
    for key, basis_id, opened_at, _done in waiting:
        if key in pages and key not in found:
            basis = bases[basis_id]
            found[key] = WaitingLesson(pages[key], basis.citation, basis.replacement, opened_at is not None)
    return list(found.values())


def _pages_by_key(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, LessonPage]:
    """The published page of each key: in the language of the interface, else any."""
    pages = LessonPage.objects.live().filter(translation_key__in=keys).select_related("locale")
    ordered = sorted(
        pages.defer(*HEAVY_FIELDS).order_by("pk"),
        key=lambda page: page.locale.language_code != get_language(),
    )
    found: dict[uuid.UUID, LessonPage] = {}
    for page in ordered:
        found.setdefault(page.translation_key, page)
    return found


def update_lessons(bases: Collection[int]) -> list[LessonPage]:
    """Published lessons that bring one of these provisions up to date, one page of each. One query."""
    pages = LessonPage.objects.live().filter(updates__in=bases, alias_of=None).distinct()
    ordered = sorted(
        pages.select_related("locale").defer(*HEAVY_FIELDS).order_by("code", "pk"),
        key=lambda page: page.locale.language_code != "id",
    )
    found: dict[uuid.UUID, LessonPage] = {}
    for page in ordered:
        found.setdefault(page.translation_key, page)
    return sorted(found.values(), key=lambda page: (page.code, page.pk))
