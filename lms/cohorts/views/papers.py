"""The papers of a training: one list, each as PDF on A4 or F4, and all of them in one file."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts import registry
from lms.cohorts.exports.frame import frame_of
from lms.cohorts.queries.letterheads import letterhead_of
from lms.cohorts.views.base import CohortView
from lms.press.paper import SIZES, PaperSize, Part, print_parts

_logger = logging.getLogger(__name__)


class PapersView(CohortView):
    """What can be printed, by order of the day. One query a paper that has a choice."""

    template_name = "cohorts/papers.html"
    page_title = gettext_lazy("Papers of the training")
    header_icon = "doc-full"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        papers = registry.papers_for(request.user)
        return self.show(
            papers=[
                {
                    "code": paper.code,
                    "label": paper.label,
                    "hint": paper.hint,
                    "url": paper.url(self.cohort) if paper.url else "",
                    "choices": paper.choices(self.cohort) if paper.choices else [],
                }
                for paper in papers
            ],
            has_pack=any(paper.parts and paper.in_pack for paper in papers),
            letterhead=letterhead_of(self.cohort),
        )


class PaperView(CohortView):
    """One paper as PDF. ``size`` is ``a4`` or ``f4``; ``of`` chooses among its choices."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper = registry.paper_called(kwargs["paper"])
        if paper is None or paper.parts is None:
            raise Http404
        if not request.user.has_perm(paper.permission):
            raise PermissionDenied
        try:
            parts = paper.parts(self.cohort, request.GET.get("of", ""))
        except ValidationError as refusal:
            return _back(request, self.cohort, refusal.messages[0])
        # Papers are Indonesian, whatever language is read on the screen.
        with translation.override(settings.LANGUAGE_CODE):
            title = str(paper.label)
        return send(request, self.cohort, parts, title=title, name=paper.code)


class PackView(CohortView):
    """All papers that this member of staff may print, in one file. What is for nobody is left out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        parts: list[Part] = []
        for paper in registry.papers_for(request.user):
            if paper.parts and paper.in_pack:
                try:
                    parts += paper.parts(self.cohort, "")
                except ValidationError as refusal:
                    if refusal.code != "nobody":
                        return _back(request, self.cohort, refusal.messages[0])
        return send(request, self.cohort, parts, title="Paket berkas", name="paket")


def send(request: HttpRequest, cohort: Any, parts: Sequence[Part], *, title: str, name: str) -> HttpResponse:
    """The parts as one file; back to the list with a message if they cannot be set."""
    if not parts:
        return _back(request, cohort, _("There is nothing to print yet."))
    try:
        content = print_parts(parts, size_asked_for(request), frame=frame_of(cohort, title))
    except RuntimeError as failure:
        _logger.error("%s of %s: %s", name, cohort.code, failure)
        return _back(
            request, cohort, _("The file could not be made. Try again, or print one paper at a time.")
        )
    return pdf_response(content, f"{name}-{slugify(cohort.code)}.pdf")


def size_asked_for(request: HttpRequest) -> PaperSize:
    """A4 unless another size that we have was asked for."""
    wanted = request.GET.get("size") or request.POST.get("size")
    return next((size for size in SIZES if size == wanted), "a4")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A file to keep, with names of people in it: no cache on the way keeps another."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _back(request: HttpRequest, cohort: Any, problem: str) -> HttpResponse:
    messages.error(request, problem)
    return redirect(reverse("cohort:papers", args=[cohort.pk]))
