"""Marking by hand: one question after the other, blind to names."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from assessments.queries import load_questions
from lms.cohorts.models import Cohort
from lms.learning.desk.marking import files_of, lot_of, next_to_mark, pile_of, piles
from lms.learning.domain.marking import mark_item
from lms.learning.enums import MOMENTS
from lms.learning.models import AttemptItem, ResponseFile, RubricMark
from lms.learning.queries.marks import standing_marks
from lms.learning.staff_forms import MarkForm
from lms.learning.views.staff_base import DeskView

MARK = "learning.mark_attempt"
# What a browser may draw in the page; anything else is offered for download.
_DRAWN = ("image/jpeg", "image/png", "image/webp", "application/pdf")


class MarkingView(DeskView):
    """Base of the pages of marking."""

    permissions = (MARK,)
    header_icon = "tasks"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("learning_marking:index"), "label": _("Marking")}]


class PilesView(MarkingView):
    """Which questions have answers that wait."""

    template_name = "learning_admin/piles.html"
    page_title = gettext_lazy("Marking")

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(piles=piles(Cohort.objects.visible_to(request.user)))


class PileMixin:
    """The answers to the question in the address, in the trainings that the marker may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def pile(self) -> list[AttemptItem]:
        found = pile_of(self.kwargs["question_id"], Cohort.objects.visible_to(self.request.user))
        if not found:
            raise Http404
        return found

    @cached_property
    def question(self) -> Any:
        return load_questions([self.kwargs["question_id"]])[self.kwargs["question_id"]]

    @property
    def waiting(self) -> int:
        """How many answers are left."""
        return sum(not item.is_marked for item in self.pile)  # type: ignore[attr-defined]


class PileView(PileMixin, MarkingView):
    """The answers to one question: how many are left, and those that are marked, to look at again."""

    template_name = "learning_admin/pile.html"

    def get_page_title(self) -> str:
        return str(self.question.code)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        marks = standing_marks(self.pile)
        first = next_to_mark(self.pile)
        return self.show(
            question=self.question,
            waiting=self.waiting,
            first=lot_of(first) if first else "",
            rows=[
                (place, lot_of(item), self.question.describe(item.response), marks.get(item.pk))  # type: ignore[attr-defined]
                for place, item in enumerate(self.pile, start=1)
                if item.pk in marks
            ],
        )


class MarkView(PileMixin, MarkingView):
    """One answer, its rubric, and the way to the next one."""

    template_name = "learning_admin/mark.html"

    def get_page_title(self) -> str:
        return str(_("Answer %(place)d of %(all)d") % {"place": self.place, "all": len(self.pile)})

    def trail(self) -> list[dict[str, Any]]:
        pile = {"url": self._pile_address(), "label": self.question.code}
        return [*super().trail(), pile]

    @cached_property
    def place(self) -> int:
        lots = [lot_of(item) for item in self.pile]
        if self.kwargs["lot"] not in lots:
            raise Http404
        return lots.index(self.kwargs["lot"]) + 1

    @property
    def item(self) -> AttemptItem:
        return self.pile[self.place - 1]

    @cached_property
    def marks(self) -> list[RubricMark]:
        """Everything that was ever given to this answer, newest first."""
        return list(RubricMark.objects.filter(item=self.item).select_related("marker").order_by("-at", "-id"))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MarkForm(request.POST, question=self.question, item=self.item)
        if not form.is_valid():
            return self._ask(form)
        try:
            mark_item(item=self.item, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            # The newest mark is on the page now: pressing again is meant.
            form.data = {**form.data.dict(), "seen": self._standing_id()}
            return self._ask(form)
        return self._next()

    def _form(self) -> MarkForm:
        standing = standing_marks([self.item]).get(self.item.pk)
        if standing is None:
            return MarkForm(question=self.question, item=self.item)
        known = {"level": standing.level, "comment": standing.comment, "seen": standing.pk}
        return MarkForm(question=self.question, item=self.item, initial=known)

    def _ask(self, form: MarkForm) -> HttpResponse:
        return self.show(
            question=self.question,
            item=self.item,
            words=self.question.describe(self.item.response),  # type: ignore[attr-defined]
            files=files_of(self.item),
            form=form,
            marks=self.marks,
            waiting=self.waiting,
            back=self._pile_address(),
        )

    def _next(self) -> HttpResponse:
        others = [item for item in self.pile if item.pk != self.item.pk]
        following = next_to_mark(others, after=self.item)
        if following is None:
            messages.success(self.request, _("All answers to this question are marked."))
            return redirect(self._pile_address())
        return redirect("learning_marking:item", self.question.pk, lot_of(following))

    def _standing_id(self) -> str:
        standing = standing_marks([self.item]).get(self.item.pk)
        return str(standing.pk) if standing else ""

    def _pile_address(self) -> str:
        return reverse("learning_marking:question", args=[self.kwargs["question_id"]])


class ResponseFileView(View):
    """A file that was handed in, for staff who mark or look at attempts of its training."""

    def get(self, request: HttpRequest, response_file_id: uuid.UUID) -> FileResponse:
        allowed = (MARK, "learning.view_attempt", "learning.enter_attempt")
        if not any(request.user.has_perm(permission) for permission in allowed):  # type: ignore[union-attr]
            raise Http404
        visible = Cohort.objects.visible_to(request.user)
        # The photo of a paper sheet has no attempt before its answers are filed.
        own = Q(attempt__enrolment__cohort__in=visible) | Q(sheet__enrolment__cohort__in=visible)
        # Filed answers of a survey of several moments are read in sums only.
        files = ResponseFile.objects.filter(own).exclude(attempt__occasion__in=MOMENTS)
        record = get_object_or_404(files, pk=response_file_id)
        is_drawn = record.content_type in _DRAWN
        response = FileResponse(
            record.file.open("rb"),
            content_type=record.content_type if is_drawn else "application/octet-stream",
            as_attachment=not is_drawn,
            filename=record.file.name.rsplit("/", 1)[-1],
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "no-store, private"
        return response
