"""Pages of a participant about the own way through the course: what counts, and the own notes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from courses.models import LessonPage
from lms.cohorts.access import current_enrolment
from lms.learning.datasets import course_lines
from lms.learning.queries.reflections import own_notes
from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
def own_lessons(request: HttpRequest) -> HttpResponse:
    """All lessons with their state, and what makes one count."""
    enrolment = current_enrolment(request)
    if enrolment is None:
        return redirect("portal:dashboard")
    lines = course_lines(enrolment)
    modules = [
        (module, [(line, lines.first_before(line)) for line in module.lessons]) for module in lines.modules
    ]
    context = {
        "lines": lines,
        "modules": modules,
        "enrolment": enrolment,
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "learning/own_lessons.html", context)


@requires(PARTICIPANT)
def notes(request: HttpRequest) -> HttpResponse:
    """The own notes, lesson by lesson, to read and to print."""
    enrolment = current_enrolment(request)
    if enrolment is None:
        return redirect("portal:dashboard")
    lines = course_lines(enrolment)
    read = {line.lesson_id: line for line in lines.lessons}
    pages = LessonPage.objects.select_related("locale").filter(reflection_notes__enrolment=enrolment)
    kept = own_notes(enrolment, pages.distinct().order_by("path"))
    by_lesson: dict[int, list[object]] = {}
    for note in kept:
        by_lesson.setdefault(note.lesson_id, []).append(note)
    context = {
        "lessons": [(read.get(lesson), mine) for lesson, mine in by_lesson.items()],
        "enrolment": enrolment,
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "learning/notes.html", context)
