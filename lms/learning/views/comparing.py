"""Where two rounds of typing differ: side by side, and what counts is chosen or typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.learning.domain.keyed import KeyedQuestion, keyed_questions
from lms.learning.domain.paper import Comparison, compare, file_paper_sheet, settle
from lms.learning.domain.printed import look_at_form
from lms.learning.views.occasions import HelpedView, Task


class CompareView(HelpedView):
    """The differences of all sheets of a form that were typed twice."""

    template_name = "learning_admin/paper_compare.html"
    page_title = gettext_lazy("Compare what was typed")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task = self.task()
        questions, comparisons = self._comparisons(task)
        if not comparisons:
            return self._to_overview(task)
        return self._show(task, questions, comparisons, [])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task = self.task()
        questions, comparisons = self._comparisons(task)
        problems: list[str] = []
        filed = 0
        for comparison in comparisons:
            chosen = self._chosen(comparison)
            try:
                if chosen:
                    comparison = settle(sheet=comparison.sheet, chosen=chosen, questions=questions)
                if not comparison.open:
                    file_paper_sheet(sheet=comparison.sheet, questions=questions, actor=request.user)
                    filed += 1
            except ValidationError as refusal:
                problems += refusal.messages
        if filed:
            text = ngettext("Filed: %(count)d sheet.", "Filed: %(count)d sheets.", filed)
            messages.success(request, text % {"count": filed})
        questions, left = self._comparisons(task)
        if not left:
            return self._to_overview(task)
        if not problems:
            problems = [_("Some differences are not settled yet. Choose one of the answers for each.")]
        return self._show(task, questions, left, problems)

    def _comparisons(self, task: Task) -> tuple[list[KeyedQuestion], list[Comparison]]:
        group = task.group_or_404(self.kwargs["letter"])
        arranged = look_at_form(cohort=self.cohort, occasion=task.occasion, form=group.form)
        questions = keyed_questions(arranged, task.assessment)
        comparisons = []
        for each in group.people:
            if each.is_typed_twice and each.sheet is not None:
                each.sheet.enrolment = each.enrolment
                comparisons.append(compare(each.sheet, questions))
        return questions, comparisons

    def _chosen(self, comparison: Comparison) -> dict[str, str]:
        """What was chosen for each open place: one of the two rounds, or another text."""
        chosen = {}
        sheet = comparison.sheet
        for place in map(str, comparison.open):
            choice = self.request.POST.get(f"s-{sheet.pk}-{place}")
            if choice == "first":
                chosen[place] = sheet.first.get(place, "")
            elif choice == "second":
                chosen[place] = sheet.second.get(place, "")
            elif choice == "other":
                chosen[place] = self.request.POST.get(f"o-{sheet.pk}-{place}", "").strip()
        return chosen

    def _show(
        self, task: Task, questions: list[KeyedQuestion], comparisons: list[Comparison], problems: list[str]
    ) -> HttpResponse:
        by_place = {question.position: question for question in questions}
        sheets = [
            {
                "sheet": comparison.sheet,
                "person": comparison.sheet.enrolment.participant,
                "photos": list(comparison.sheet.photos.all()),
                "places": [
                    {
                        "question": by_place[place],
                        "first": comparison.sheet.first.get(str(place), ""),
                        "second": comparison.sheet.second.get(str(place), ""),
                        "choice": self.request.POST.get(f"s-{comparison.sheet.pk}-{place}", ""),
                        "other": self.request.POST.get(f"o-{comparison.sheet.pk}-{place}", ""),
                    }
                    for place in comparison.open
                ],
            }
            for comparison in comparisons
        ]
        response = self.show(
            task=task,
            sheets=sheets,
            problems=problems,
            letter=self.kwargs["letter"],
            back_url=self._overview(task),
        )
        response.status_code = 400 if problems else 200
        return response

    def _overview(self, task: Task) -> str:
        return f"{reverse('learning_sheets', args=[self.cohort.pk])}?occasion={task.key}"

    def _to_overview(self, task: Task) -> HttpResponse:
        return redirect(self._overview(task))
