"""A rule that was taught, then revoked; and a lesson about the new one."""

import datetime
from typing import Any

from wagtail.models import PageLogEntry, Revision

from assessments.models import LegalBasis, Regulation
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from lms.learning.domain import complete_lesson
from lms.learning.models import LessonProgress
from tests.factories import make_course
from tests.lms.learning.lessons import make_practice_question, put_into_lesson

OLD_DAY = datetime.date(2026, 3, 26)


def make_basis(
    article: str = "114", *, kind: str = "PP", number: int = 43, year: int = 2014, **fields: Any
) -> LegalBasis:
    """``PP 43/2014 Ps 114``, in force unless ``valid_to`` is given."""
    regulation, _new = Regulation.objects.get_or_create(
        kind=kind, number=number, year=year, defaults={"title": f"{kind} {number}"}
    )
    return LegalBasis.objects.create(
        regulation=regulation, article=article, **{"summary": "RKP disusun mulai Juli.", **fields}
    )


def revoke(basis: LegalBasis, *, by: LegalBasis | None = None) -> None:
    basis.valid_to = OLD_DAY
    basis.save()
    if by is not None:
        by.replaces.add(basis)
        by.save()


def lesson_of(enrolment: Enrolment, number: int = 0) -> LessonPage:
    """A lesson of the course of the training, the first unless said."""
    return LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path")[number]


def publish(lesson: LessonPage, *bases: LegalBasis, at: datetime.datetime | None = None) -> LessonPage:
    """Publish the lesson citing these provisions, at a moment if one is given."""
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.legal_bases = list(bases)
    revision = lesson.save_revision()
    revision.publish()
    if at is not None:
        Revision.objects.filter(pk=revision.pk).update(created_at=at)
        PageLogEntry.objects.filter(revision=revision.pk).update(timestamp=at)
    return lesson


def finish(enrolment: Enrolment, lesson: LessonPage, *, at: datetime.datetime | None = None) -> None:
    complete_lesson(enrolment=enrolment, lesson=lesson)
    if at is not None:
        LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).update(completed_at=at)


def make_update_lesson(*bases: LegalBasis, slug: str = "pembaruan", code: str = "U1.2") -> LessonPage:
    """A lesson with one practice question that brings these provisions up to date."""
    course = make_course(slug, lessons=1)
    lesson = LessonPage.objects.descendant_of(course).get()
    lesson.code, lesson.title, lesson.updates = code, "Mulai Juni, bukan Juli", list(bases)
    return put_into_lesson(lesson, make_practice_question(f"P-{code}"), note=False)
