"""Giving people a lesson because a rule has changed, and doing it.

Works in every state of a training that its people see, closed and archived ones too: a rule changes when it
changes, mostly after the training. It is no part of the course, so no ``Deed`` is asked, and neither
completion nor certificate is looked at again.
"""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.models import LegalBasis
from courses.models import LessonPage
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.models import LessonAssignment
from lms.learning.queries.practice import missing_practice
from lms.people.models import Participant

GIVEN, TAKEN_BACK = "learning.lesson_assigned", "learning.lesson_unassigned"


@dataclass(frozen=True, slots=True)
class Given:
    """How many people have the lesson now who had not, and who had it before, by id."""

    given: int
    had: frozenset[uuid.UUID]


@transaction.atomic
def assign_lesson(
    *, enrolments: Collection[uuid.UUID], lesson: LessonPage, basis: LegalBasis, assigned_by: Any
) -> Given:
    """Let a lesson wait for these people, once for each person however many trainings they are in.

    Who has it already, open or done, in any training, keeps it as it is. Raises ValidationError: ``closed``
    (the lesson is not published).
    """
    if not lesson.live:
        raise ValidationError(_("This lesson is not published. Publish it first."), code="closed")
    rows = Enrolment.objects.filter(pk__in=enrolments).select_related("cohort").order_by("-enrolled_at", "pk")
    newest: dict[uuid.UUID, Enrolment] = {}
    for row in rows:
        newest.setdefault(row.participant_id, row)
    # Two who give it at the same time come one after the other; the constraint knows one training only.
    list(Participant.objects.select_for_update().filter(pk__in=newest).order_by("pk").values_list("pk"))
    same = LessonAssignment.objects.filter(lesson__translation_key=lesson.translation_key)
    had = frozenset(
        same.filter(enrolment__participant__in=newest).values_list("enrolment__participant", flat=True)
    )
    fresh = [row for person, row in newest.items() if person not in had]
    now = timezone.now()
    LessonAssignment.objects.bulk_create(
        LessonAssignment(enrolment=row, lesson=lesson, basis=basis, assigned_by=assigned_by, assigned_at=now)
        for row in fresh
    )
    _log(GIVEN, Counter(row.cohort for row in fresh), lesson, basis, assigned_by)
    return Given(len(fresh), had)


@transaction.atomic
def take_back_assignment(*, assignment: LessonAssignment, user: Any) -> None:
    """Take a lesson from a person's page again. Raises ValidationError (``begun``) once it was opened: what
    somebody did is not thrown away."""
    held = LessonAssignment.objects.select_for_update().filter(pk=assignment.pk, opened_at=None)
    if not held.exists():
        raise ValidationError(_("This person has opened the lesson already, so it stays."), code="begun")
    held.delete()
    cohort = assignment.enrolment.cohort
    _log(TAKEN_BACK, Counter([cohort]), assignment.lesson, assignment.basis, user)


def _log(action: str, cohorts: Counter[Cohort], lesson: LessonPage, basis: LegalBasis, user: Any) -> None:
    for cohort, people in cohorts.items():
        data = {"lesson": lesson.code, "basis": basis.citation, "people": people}
        log(cohort, action, user=user, data=data)


def begin_assigned(*, assignment: LessonAssignment) -> None:
    """Record that an assigned lesson was opened; only the first time counts. One statement."""
    if assignment.opened_at is None:
        now = timezone.now()
        LessonAssignment.objects.filter(pk=assignment.pk, opened_at=None).update(opened_at=now)
        assignment.opened_at = now


def complete_assigned(*, assignment: LessonAssignment, read: LessonPage) -> None:
    """Mark an assigned lesson as done: it was read, and each practice question in it answered, right or not.

    ``read`` is the page that was read. Done again, it keeps the first time. Raises ValidationError
    (``practice``) where an answer is missing.
    """
    if missing_practice(read, enrolment=assignment.enrolment, lesson_id=assignment.lesson_id):
        raise ValidationError(
            _("Answer the practice question of this lesson first. It need not be right."), code="practice"
        )
    with transaction.atomic():
        begin_assigned(assignment=assignment)
        held = LessonAssignment.objects.filter(pk=assignment.pk, done_at=None)
        held.update(done_at=timezone.now())


def complete_with_course(*, enrolment: Enrolment, lesson: LessonPage) -> None:
    """A lesson of the own course that was also assigned is done with it."""
    now = timezone.now()
    own = LessonAssignment.objects.filter(
        enrolment__participant=enrolment.participant_id,
        lesson__translation_key=lesson.translation_key,
        done_at=None,
    )
    own.filter(opened_at=None).update(opened_at=now)
    own.update(done_at=now)
