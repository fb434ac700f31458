"""The lessons of a training's course, with the outcomes that each of them serves."""

from dataclasses import dataclass

from django.db.models import F

from assessments.models import Outcome
from courses.models import LessonPage
from courses.queries import outline_of
from lms.cohorts.models import Cohort


@dataclass(frozen=True, slots=True)
class Taught:
    """A published lesson, and the codes of its outcomes."""

    page: LessonPage
    outcomes: frozenset[str]


def taught_in(cohort: Cohort) -> tuple[Taught, ...]:
    """The published lessons in the order of the course. Three queries."""
    lessons = outline_of(cohort.course).lessons
    served: dict[int, set[str]] = {lesson.pk: set() for lesson in lessons}
    rows = Outcome.objects.filter(lessons__in=list(served)).annotate(lesson=F("lessons"))
    for lesson, code in rows.values_list("lesson", "code"):
        served[lesson].add(code)
    return tuple(Taught(lesson, frozenset(served[lesson.pk])) for lesson in lessons)
