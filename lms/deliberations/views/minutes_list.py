"""What is done with all minutes that the list shows, and the empty form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Letterhead as KeptLetterhead
from lms.deliberations.enums import Letterhead, MinutesKind
from lms.deliberations.exports.minutes import empty_minutes, field_name, minutes_papers
from lms.deliberations.exports.pdf import paper_pdf, papers_pdf
from lms.deliberations.exports.workbook import workbook
from lms.deliberations.filters import MinutesFilterSet
from lms.deliberations.models import Minutes
from lms.deliberations.queries import whole_minutes
from lms.deliberations.views.base import (
    MOST_PAPERS,
    PDF,
    XLSX,
    ListView,
    StaffView,
    file_response,
    paper_size,
    today_of,
)
from lms.people.models import Village

SEARCHED = ("number", "place", "dusun", "matters", "results", "chair", "village__name")
VIEW = "deliberations.view_minutes"
_HEADINGS = (
    "Nomor", "Versi", "Keadaan", "Musyawarah", "Tanggal", "Desa", "Dusun", "Tempat", "Pimpinan", "Notulis",
    "Laki-laki", "Perempuan", "Lansia", "Pemuda", "Disabilitas", "Miskin", "Diundang", "Kuorum",
    "Hal yang dibahas", "Hasil dan kesepakatan", "Angkatan",
)  # fmt: skip
_PROPOSAL_HEADINGS = (
    "Nomor Berita Acara", "Tanggal", "Desa", "No", "Bidang", "Kegiatan", "Dusun/lokasi", "Volume", "Satuan",
    "L", "P", "Rentan", "Pengusul", "Prioritas", "Perkiraan biaya (Rp)", "Keterangan",
)  # fmt: skip


class _MinutesListView(ListView):
    model = Minutes
    space = "minutes"
    permissions = (VIEW,)
    filterset_class = MinutesFilterSet
    search_fields = SEARCHED

    def records(self) -> Any:
        return whole_minutes(self.request.user).filter(superseded_at__isnull=True)


class ExportView(_MinutesListView):
    """Minutes and proposals of the list as a workbook with two sheets."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with translation.override("id"):
            found = list(self.shown())
            content = workbook(
                {
                    "Berita Acara": (_HEADINGS, [_minutes_cells(each) for each in found]),
                    "Usulan": (_PROPOSAL_HEADINGS, [row for each in found for row in _proposal_cells(each)]),
                }
            )
        return file_response(content, XLSX, "berita-acara.xlsx")


class BundleView(_MinutesListView):
    """All minutes of the list in one PDF, to be printed for the archive."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = list(self.shown()[: MOST_PAPERS + 1])
        if not found or len(found) > MOST_PAPERS:
            messages.warning(
                request,
                _("Narrow the list to between 1 and %(most)s minutes, then print them together.")
                % {"most": MOST_PAPERS},
            )
            return redirect(self.list_url)
        papers = minutes_papers(found)
        pdf = papers_pdf(
            papers, paper_size(request), printed_on=today_of(found[0].village), title="Berita Acara"
        )
        return file_response(pdf, PDF, "berita-acara.pdf")


class EmptyFormView(StaffView):
    """Choose the kind and print the form that is filled in by hand."""

    model = Minutes
    space = "minutes"
    permissions = (VIEW,)
    template_name = "deliberations/empty_forms.html"
    page_title = gettext_lazy("Print an empty form")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = request.GET.get("jenis")
        village = request.GET.get("desa", "")
        if kind is None:
            villages = Village.objects.all()
            context = self.get_context_data(
                kinds=MinutesKind.choices, villages=villages, list_url=self.list_url
            )
            return self.render_to_response(context)
        if kind not in MinutesKind.values:
            raise Http404
        at = Village.objects.filter(pk=village).first() if village.isdecimal() and len(village) < 10 else None
        council = kind in (MinutesKind.VILLAGE, MinutesKind.PLANNING)
        head = Letterhead.COUNCIL if council else Letterhead.GOVERNMENT
        kept = KeptLetterhead.objects.visible_to(request.user).filter(village=at).first() if at else None
        paper = empty_minutes(kind, at, letterhead=head, kept=kept)
        pdf = paper_pdf(paper, paper_size(request), printed_on=today_of(at))
        return file_response(pdf, PDF, f"{paper.file_name}.pdf")


def _minutes_cells(each: Minutes) -> list[Any]:
    return [
        each.number, each.version, str(each.get_state_display()), str(each.get_kind_display()), each.held_on,
        str(each.village), each.dusun, each.place, each.chair, each.note_taker, each.men, each.women,
        each.elders, each.youth, each.with_disability, each.poor, each.invited, each.quorum, each.matters,
        each.results, each.cohort.code if each.cohort else "",
    ]  # fmt: skip


def _proposal_cells(minutes: Minutes) -> list[list[Any]]:
    return [
        [
            minutes.number, minutes.held_on, str(minutes.village), place, field_name(each.field),
            each.activity, each.dusun, each.volume, each.unit, each.men, each.women, each.vulnerable,
            each.proposer, each.rank, each.cost, each.remark,
        ]
        for place, each in enumerate(minutes.proposals.all(), start=1)
    ]  # fmt: skip
