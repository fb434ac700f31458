"""The grid in which answers are typed off paper, one round at a time."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.models import Cohort
from lms.learning.domain.keyed import KeyedQuestion, keyed_questions, problems_in
from lms.learning.domain.paper import (
    file_paper_sheet,
    key_first,
    key_second,
    today_in,
)
from lms.learning.domain.printed import edition, hold_printed_form, look_at_form
from lms.learning.enums import Occasion
from lms.learning.helped_forms import DayForm, GridRow, read_grid, rows_per_page
from lms.learning.queries.helped import FormGroup, Helped
from lms.learning.views.occasions import HelpedView, Task


class GridView(HelpedView):
    """The table of one round: rows are people, columns are questions."""

    template_name = "learning_admin/paper_grid.html"
    is_second = False
    edition: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, group, questions = self._parts()
        if questions is None:
            return self.to_overview(task)
        day = DayForm(initial={"taken_on": _usual_day(self.cohort, task.occasion)})
        people = self._page(group, questions)
        rows = read_grid({}, [each.enrolment.pk for each in people], questions)
        return self._show(task, group, questions, people, rows, day, [], {})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, group, questions = self._parts()
        if questions is None:
            return self.to_overview(task)
        people = self._page(group, questions)
        rows = read_grid(request.POST, [each.enrolment.pk for each in people], questions)
        day = DayForm(request.POST)
        problems: list[str] = []
        cells: dict[uuid.UUID, dict[int, str]] = {}
        done: set[uuid.UUID] = set()
        if self.is_second or day.is_valid():
            for each, row in zip(people, rows, strict=True):
                if not row.is_touched:
                    continue
                cells[row.key] = problems_in(row.typed, questions, name=each.enrolment.participant.full_name)
                try:
                    self._keep(each, row, group, task, questions, day)
                except ValidationError as refusal:
                    problems += refusal.messages
                else:
                    done.add(row.key)
        if problems or not (self.is_second or day.is_valid()):
            left = [each for each in people if each.enrolment.pk not in done]
            rest = [row for row in rows if row.key not in done]
            return self._show(task, group, questions, left, rest, day, problems, cells)
        self._tell(len(done))
        return self.to_overview(task)

    def _keep(
        self,
        each: Helped,
        row: GridRow,
        group: FormGroup,
        task: Task,
        questions: list[KeyedQuestion],
        day: DayForm,
    ) -> None:
        """Keep one row, and file the sheet if nothing more is needed."""
        actor = self.request.user
        if self.is_second and each.sheet is not None:
            comparison = key_second(sheet=each.sheet, typed=row.typed, questions=questions, actor=actor)
            if not comparison.open:
                file_paper_sheet(sheet=comparison.sheet, questions=questions, actor=actor)
            return
        sheet = key_first(
            enrolment=each.enrolment,
            form=group.form,
            occasion=task.occasion,
            typed=row.typed,
            taken_on=day.cleaned_data["taken_on"],
            questions=questions,
            actor=actor,
        )
        if day.cleaned_data["single"]:
            file_paper_sheet(sheet=sheet, questions=questions, actor=actor, single=True)

    def _parts(self) -> tuple[Task, FormGroup, list[KeyedQuestion] | None]:
        task = self.task()
        group = task.group_or_404(self.kwargs["letter"])
        own = {"cohort": self.cohort, "occasion": task.occasion, "form": group.form}
        try:
            if self.request.method == "POST":
                hold_printed_form(**own)
            arranged = look_at_form(**own)
        except ValidationError as refusal:
            messages.error(self.request, refusal.messages[0])
            return task, group, None
        self.edition = edition(arranged)
        return task, group, keyed_questions(arranged, task.assessment)

    def _page(self, group: FormGroup, questions: list[KeyedQuestion]) -> list[Helped]:
        """The people whose rows are shown: as many as one form may send, those who come next."""
        wanted = [
            each for each in group.people if (each.waits_for_second if self.is_second else each.is_free)
        ]
        return wanted[: rows_per_page(questions)]

    def _show(
        self,
        task: Task,
        group: FormGroup,
        questions: list[KeyedQuestion],
        people: list[Helped],
        rows: list[GridRow],
        day: DayForm,
        problems: list[str],
        cells: dict[uuid.UUID, dict[int, str]],
    ) -> HttpResponse:
        table = [
            {
                "person": each.enrolment.participant,
                "key": row.key,
                "is_blank": row.is_blank,
                "cells": [
                    {
                        "question": question,
                        "text": row.typed.get(str(question.position), ""),
                        "problem": cells.get(row.key, {}).get(question.position, ""),
                    }
                    for question in questions
                ],
            }
            for each, row in zip(people, rows, strict=True)
        ]
        columns = [
            {"question": question, "is_long": question.block["answer"] != "letters"} for question in questions
        ]
        response = self.show(
            task=task,
            group=group,
            edition=self.edition,
            columns=columns,
            table=table,
            day=day,
            is_second=self.is_second,
            problems=problems,
            offers_dont_know=any(question.offers_dont_know for question in questions),
            found=self.request.GET.get("code", "").rsplit("/", 1)[-1].strip().upper(),
            back_url=self.overview(task),
        )
        response.status_code = 400 if problems or day.errors else 200
        return response

    def overview(self, task: Task) -> str:
        return f"{reverse('learning_sheets', args=[self.cohort.pk])}?occasion={task.key}"

    def to_overview(self, task: Task) -> HttpResponse:
        return redirect(self.overview(task))

    def _tell(self, count: int) -> None:
        if count:
            text = ngettext("Saved: %(count)d sheet.", "Saved: %(count)d sheets.", count) % {"count": count}
            messages.success(self.request, text)
        else:
            messages.info(self.request, _("Nothing was typed, so nothing was saved."))


class FirstRoundView(GridView):
    page_title = gettext_lazy("Type in: first round")


class SecondRoundView(GridView):
    page_title = gettext_lazy("Type in: second round")
    is_second = True


def _usual_day(cohort: Cohort, occasion: str) -> datetime.date:
    """The first day for the test before, the last for the one after, else today; never in the future."""
    today = today_in(cohort)
    usual = {
        Occasion.PRE: cohort.starts_on,
        Occasion.BEFORE: cohort.starts_on,
        Occasion.POST: cohort.ends_on,
        Occasion.AFTER: cohort.ends_on,
    }
    return min(usual.get(Occasion(occasion), today), today)
