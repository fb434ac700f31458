"""Reading a test aloud: write down what each person calls out, and hand in for all."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import AssessmentForm
from lms.learning.domain.aloud import hand_in_reading, save_called_out
from lms.learning.domain.keyed import KeyedQuestion, keyed_question_at
from lms.learning.forms import read_envelope
from lms.learning.models import Attempt, AttemptItem, PrintedForm
from lms.learning.queries.helped import answers_of, items_at, last_sequences, read_aloud_attempts
from lms.learning.views.occasions import HelpedView, Task
from lms.learning.views.sittings import sittings_of

_CONFLICTS = ("closed", "duplicate_differs")


class ReadingView(HelpedView):
    """A view within a reading: one form, read to the people whose attempts are open."""

    def reading(self) -> tuple[Task, PrintedForm, list[Attempt]]:
        task = self.task()
        form = AssessmentForm.objects.filter(assessment=task.assessment, letter=self.kwargs["letter"]).first()
        printed = PrintedForm.objects.filter(cohort=self.cohort, occasion=task.occasion, form=form).first()
        if form is None or printed is None:
            raise Http404
        return task, printed, read_aloud_attempts(self.cohort, task.occasion, task.assessment, form.letter)

    def address(self, name: str, *more: Any) -> str:
        """The address of a page of this reading."""
        return reverse(
            f"learning_aloud_{name}",
            args=[self.cohort.pk, self.kwargs["task"], self.kwargs["letter"], *more],
        )

    def to_choice(self, task: Task) -> HttpResponse:
        return redirect(f"{reverse('learning_aloud', args=[self.cohort.pk])}?occasion={task.key}")


class QuestionView(ReadingView):
    """One question to read, and a row for each person. Without a script it is one form."""

    template_name = "learning_admin/aloud_question.html"
    page_title = gettext_lazy("Read a test aloud")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(request, {})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, printed, attempts = self.reading()
        question = _question_or_404(printed, task, kwargs["position"])
        refused = self._save_rows(request, question, attempts)
        if refused:
            return self._page(request, refused)
        go = request.POST.get("go", "next")
        position = question.position + {"previous": -1, "next": 1}.get(go, 0)
        total = printed.items.count()
        if go == "finish" or not 1 <= position <= total:
            return redirect(self.address("hand_in"))
        return redirect(self.address("question", position))

    def _save_rows(
        self, request: HttpRequest, question: KeyedQuestion, attempts: list[Attempt]
    ) -> dict[uuid.UUID, tuple[str, str]]:
        """Save the rows that were changed on the page; those that were refused, with text and sentence."""
        items = items_at(attempts, question.position)
        sittings = sittings_of(request, attempts)
        sequences = last_sequences(sittings)
        refused = {}
        for attempt in attempts:
            item = items[attempt.pk]
            text = request.POST.get(f"answer-{item.pk}", "")
            if text == request.POST.get(f"was-{item.pk}", ""):
                continue
            try:
                save_called_out(
                    item=item,
                    question=question,
                    text=text,
                    event_id=uuid.uuid4(),
                    sitting=sittings[attempt.pk],
                    sequence=sequences.get(attempt.pk, 0) + 1,
                )
            except ValidationError as refusal:
                refused[attempt.pk] = (text, refusal.messages[0])
        return refused

    def _page(self, request: HttpRequest, refused: dict[uuid.UUID, tuple[str, str]]) -> HttpResponse:
        task, printed, attempts = self.reading()
        if not attempts:
            return self.to_choice(task)
        question = _question_or_404(printed, task, self.kwargs["position"])
        answers = answers_of(attempts)
        items = items_at(attempts, question.position)
        sittings = sittings_of(request, attempts)
        sequences = last_sequences(sittings)
        rows = []
        for attempt in attempts:
            saved = question.write(answers.get(attempt.pk, {}).get(question.position))
            text, error = refused.get(attempt.pk, (saved, ""))
            rows.append(
                {
                    "person": attempt.enrolment.participant,
                    "attempt": attempt,
                    "item": items[attempt.pk],
                    "text": text,
                    "saved": saved,
                    "error": error,
                    "sitting": sittings[attempt.pk],
                    "sequence": sequences.get(attempt.pk, 0),
                }
            )
        places = self._places(printed, attempts, answers, question.position)
        response = self.show(
            task=task,
            printed=printed,
            question=question,
            parts=question.block,
            letters=question.letters,
            rows=rows,
            places=places,
            total=len(places),
            waiting=[row for row in rows if not row["saved"]],
            save_url=self.address("save", question.position),
            hand_in_url=self.address("hand_in"),
        )
        response.status_code = 400 if refused else 200
        return response

    def _places(
        self, printed: PrintedForm, attempts: list[Attempt], answers: dict[Any, Any], current: int
    ) -> list[dict[str, Any]]:
        return [
            {
                "number": place,
                "url": self.address("question", place),
                "current": place == current,
                "missing": sum(place not in answers.get(attempt.pk, {}) for attempt in attempts),
            }
            for place in printed.items.order_by("position").values_list("position", flat=True)
        ]


class SaveView(ReadingView):
    """Where the script saves one tap. 200 means durable; 400 and 409 say why it never will be."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        task, printed, attempts = self.reading()
        question = _question_or_404(printed, task, kwargs["position"])
        item = _item_of(request.POST.get("item", ""), question, attempts)
        if item is None:
            return JsonResponse({"message": _("This test has been handed in.")}, status=409)
        try:
            envelope = read_envelope(request.POST)
            event = save_called_out(
                item=item,
                question=question,
                text=request.POST.get("answer", ""),
                event_id=envelope.event_id,
                sitting=envelope.sitting,
                sequence=envelope.sequence,
            )
        except ValidationError as refusal:
            status = 409 if refusal.code in _CONFLICTS else 400
            return JsonResponse({"message": refusal.messages[0]}, status=status)
        return JsonResponse({"saved": True, "answer": question.write(event.response)})


class HandInView(ReadingView):
    """What is still empty, by name, and handing in for everybody."""

    template_name = "learning_admin/aloud_hand_in.html"
    page_title = gettext_lazy("Hand in for everybody")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, printed, attempts = self.reading()
        if not attempts:
            return self.to_choice(task)
        answers = answers_of(attempts)
        places = list(printed.items.order_by("position").values_list("position", flat=True))
        rows = [
            {
                "person": attempt.enrolment.participant,
                "empty": [
                    {"number": place, "url": self.address("question", place)}
                    for place in places
                    if place not in answers.get(attempt.pk, {})
                ],
            }
            for attempt in attempts
        ]
        return self.show(
            task=task,
            printed=printed,
            rows=rows,
            total=len(places),
            with_gaps=[row for row in rows if row["empty"]],
            back_url=self.address("question", len(places)),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, _printed, attempts = self.reading()
        count = len(hand_in_reading(attempts=attempts))
        text = ngettext(
            "Handed in for %(count)d participant.", "Handed in for %(count)d participants.", count
        )
        messages.success(request, text % {"count": count})
        return self.to_choice(task)


def _question_or_404(printed: PrintedForm, task: Task, position: int) -> KeyedQuestion:
    question = keyed_question_at(printed, task.assessment, position)
    if question is None:
        raise Http404
    return question


def _item_of(text: str, question: KeyedQuestion, attempts: list[Attempt]) -> AttemptItem | None:
    """The item that a tap names, if it is one of this question in this reading."""
    items = items_at(attempts, question.position).values()
    return next((item for item in items if str(item.pk) == text), None)
