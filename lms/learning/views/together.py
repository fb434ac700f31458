"""Lessons studied together in a meeting: credited to everybody who was there, and taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.queries.attendance import people_of, summary_of
from lms.cohorts.views.meetings import OneMeetingView
from lms.learning.domain import credit_lessons, take_back_lesson
from lms.learning.queries.progress import LessonTogether, lessons_together


class TogetherView(OneMeetingView):
    """Choose lessons; one button credits them to all who are recorded as present or late."""

    permissions = ("cohorts.change_attendance", "cohorts.view_attendance")
    template_name = "learning_admin/together.html"
    page_title = gettext_lazy("Lessons studied together")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(lessons_together(self.meeting))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        offered = lessons_together(self.meeting)
        if "take_back" in request.POST:
            return self._take_back(offered, request.POST["take_back"])
        ticked = set(request.POST.getlist("lessons"))
        lessons = [each.lesson for each in offered if str(each.lesson.pk) in ticked]
        if not lessons:
            return self._show(offered, problem=_("Tick at least one lesson."), status=400)
        try:
            done = credit_lessons(meeting=self.meeting, lessons=lessons, credited_by=request.user)
        except ValidationError as refusal:
            return self._show(offered, problem=refusal.messages[0], status=400)
        if not done.people:
            text = _("Nobody is recorded as present yet. Tick the attendance first.")
            return self._show(offered, problem=text, status=400)
        words = ngettext(
            "Credited to %(number)d person. What somebody has done alone stays so.",
            "Credited to %(number)d people. What somebody has done alone stays so.",
            done.people,
        )
        messages.success(request, words % {"number": done.people})
        return redirect("learning_together", self.cohort.pk, self.meeting.pk)

    def _take_back(self, offered: list[LessonTogether], key: str) -> HttpResponse:
        lesson = next((each.lesson for each in offered if str(each.lesson.pk) == key), None)
        if lesson is None:
            raise Http404
        count = take_back_lesson(meeting=self.meeting, lesson=lesson, taken_back_by=self.request.user)
        words = ngettext("Taken back from %(number)d person.", "Taken back from %(number)d people.", count)
        messages.success(self.request, words % {"number": count})
        return redirect("learning_together", self.cohort.pk, self.meeting.pk)

    def _show(self, offered: list[LessonTogether], *, status: int = 200, **context: Any) -> HttpResponse:
        present = summary_of(people_of(self.meeting)).present
        return self.show(lessons=offered, present=present, status=status, **context)
