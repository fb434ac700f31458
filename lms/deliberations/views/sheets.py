"""Pages, papers and lists of the three sheets: one set of views, told by ``SheetKind`` what it is about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.legal import Revocations
from lms.deliberations.checker import hamlet_warning, revoked_in
from lms.deliberations.exports import sheets
from lms.deliberations.exports.docx import paper_docx
from lms.deliberations.exports.paper import Paper
from lms.deliberations.exports.pdf import paper_pdf, papers_pdf
from lms.deliberations.exports.workbook import workbook
from lms.deliberations.filters import CensusFilterSet, DataReviewFilterSet, RegulationReviewFilterSet
from lms.deliberations.models import Census, DataReview, RegulationReview
from lms.deliberations.queries import known_hamlets
from lms.deliberations.views.base import (
    DOCX,
    MOST_PAPERS,
    PDF,
    XLSX,
    ListView,
    RecordView,
    StaffView,
    file_response,
    paper_size,
    today_of,
)
from lms.people.models import Village


def _about_hamlets(record: Any, written: Sequence[str]) -> list[str]:
    known = known_hamlets(record.organisation, record.village, apart_from=record.pk)
    found = [hamlet_warning(dusun, known) for dusun in dict.fromkeys(written)]
    return [warning for warning in found if warning]


def _about_rules(review: RegulationReview) -> list[str]:
    cited = [review.document, *(row.reference for row in review.rows.all())]
    gone = Revocations()
    return list(dict.fromkeys(warning for each in cited for warning in revoked_in(each, gone)))


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What differs from one kind of sheet to the next."""

    space: str
    model: Any
    filterset_class: Any
    searched: tuple[str, ...]
    rows: tuple[str, ...]
    paper: Callable[[Any], Paper]
    together: Callable[[Sequence[Any]], Sequence[Paper]]
    empty: Callable[[Village | None], Paper]
    headings: Sequence[str]
    cells: Callable[[Iterable[Any]], list[list[Any]]]
    warnings: Callable[[Any], list[str]]


CENSUS = SheetKind(
    space="census",
    model=Census,
    filterset_class=CensusFilterSet,
    searched=("dusun", "officer", "note", "village__name"),
    rows=(),
    paper=sheets.census_paper,
    # One table for all hamlets is what hangs on the wall.
    together=lambda found: [sheets.recap_paper(found)],
    empty=sheets.empty_census,
    headings=sheets.CENSUS_HEADINGS,
    cells=sheets.census_cells,
    warnings=lambda census: _about_hamlets(census, [census.dusun]),
)
DATA_REVIEW = SheetKind(
    space="data_review",
    model=DataReview,
    filterset_class=DataReviewFilterSet,
    searched=("topic", "reviewer", "conclusion", "village__name"),
    rows=("rows",),
    paper=sheets.data_paper,
    together=lambda found: [sheets.data_paper(each) for each in found],
    empty=sheets.empty_data,
    headings=sheets.DATA_HEADINGS,
    cells=sheets.data_cells,
    warnings=lambda review: _about_hamlets(review, [row.dusun for row in review.rows.all()]),
)
REGULATION_REVIEW = SheetKind(
    space="regulation_review",
    model=RegulationReview,
    filterset_class=RegulationReviewFilterSet,
    searched=("document", "reviewer", "conclusion", "village__name"),
    rows=("rows",),
    paper=sheets.regulation_paper,
    together=sheets.regulation_papers,
    empty=sheets.empty_regulation,
    headings=sheets.REGULATION_HEADINGS,
    cells=sheets.regulation_cells,
    warnings=_about_rules,
)


class _OfKind:
    """Takes model, addresses and permission from the kind of sheet."""

    kind: SheetKind = CENSUS
    request: HttpRequest

    @property
    def model(self) -> Any:
        return self.kind.model

    @property
    def space(self) -> str:
        return self.kind.space

    @property
    def permissions(self) -> tuple[str, ...]:
        return (f"deliberations.view_{self.kind.model._meta.model_name}",)

    def records(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.kind.model.objects.visible_to(self.request.user)
        return found.select_related("organisation", "village", "cohort").prefetch_related(*self.kind.rows)


class SheetPage(_OfKind, RecordView):
    """What the sheet says, what somebody should look at, and its papers."""

    template_name = "deliberations/sheet.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = self.kind.model._meta.model_name
        context: dict[str, Any] = {
            "space": self.space,
            "may_change": request.user.has_perm(f"deliberations.change_{name}"),
            "sees_names": self.kind is CENSUS and request.user.has_perm("deliberations.see_names_census"),
        }
        if context["sees_names"]:
            context["name_lists"] = self.record.name_lists.select_related("uploaded_by")
        return self.show(
            paper=self.kind.paper(self.record), warnings=self.kind.warnings(self.record), **context
        )


class SheetPdf(_OfKind, RecordView):
    """The sheet as PDF, on A4 or F4."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper = self.kind.paper(self.record)
        pdf = paper_pdf(paper, paper_size(request), printed_on=today_of(self.record.village))
        return file_response(pdf, PDF, f"{paper.file_name}.pdf")


class SheetDocx(_OfKind, RecordView):
    """The same paper, to be edited in a word processor."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper = self.kind.paper(self.record)
        content = paper_docx(paper, paper_size(request), printed_on=today_of(self.record.village))
        return file_response(content, DOCX, f"{paper.file_name}.docx")


class EmptySheet(_OfKind, StaffView):
    """The sheet to be written by hand; ``?desa=`` names a village."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("desa") or request.GET.get("village", "")
        known = asked.isdecimal() and len(asked) < 10
        village = Village.objects.filter(pk=asked).first() if known else None
        paper = self.kind.empty(village)
        pdf = paper_pdf(paper, paper_size(request), printed_on=today_of(village))
        return file_response(pdf, PDF, f"{paper.file_name}.pdf")


class _SheetList(_OfKind, ListView):
    @property
    def filterset_class(self) -> Any:
        return self.kind.filterset_class

    @property
    def search_fields(self) -> tuple[str, ...]:
        return self.kind.searched


class SheetExport(_SheetList):
    """The sheets of the list as a workbook. Never a name of a resident."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with translation.override("id"):
            rows = self.kind.cells(self.shown())
            content = workbook({"Daftar": (self.kind.headings, rows)})
        return file_response(content, XLSX, f"{self.space.replace('_', '-')}.xlsx")


class SheetBundle(_SheetList):
    """All sheets of the list on paper, in one PDF."""

    page_title = gettext_lazy("Print all that are shown (PDF)")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = list(self.shown()[: MOST_PAPERS + 1])
        if not found or len(found) > MOST_PAPERS:
            messages.warning(
                request,
                _("Narrow the list to between 1 and %(most)s papers, then print them together.")
                % {"most": MOST_PAPERS},
            )
            return redirect(self.list_url)
        papers = self.kind.together(found)
        pdf = papers_pdf(
            papers, paper_size(request), printed_on=today_of(found[0].village), title=papers[0].title
        )
        return file_response(pdf, PDF, f"{papers[0].file_name}.pdf")
