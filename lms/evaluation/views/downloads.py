"""What an organiser takes out of the house: the evaluation of one training as a file."""

import logging

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from lms.cohorts.exports.tables import XLSX
from lms.deliberations.views.base import DOCX, PDF
from lms.evaluation.exports import (
    export_activity_docx,
    export_activity_pdf,
    export_json,
    export_research,
    export_workbook,
)
from lms.evaluation.reports.cohort import Reader
from lms.evaluation.views.results import MAY_EXPORT, SEES_KEYS, SEES_PEOPLE, CohortScopeMixin

_logger = logging.getLogger(__name__)


class FileView(CohortScopeMixin, View):
    """A file of a training; a refusal leads back to its page, which says why."""

    permission_required = MAY_EXPORT
    content_type = ""
    ending = ""

    def content(self) -> str | bytes:
        """The file. Raises ValidationError where it is refused."""
        raise NotImplementedError

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            content = self.content()
        except ValidationError as refusal:
            return self._back(" ".join(refusal.messages))
        except RuntimeError as failure:
            _logger.error("%s of %s: %s", self.ending, self.cohort.code, failure)
            return self._back(_("The PDF could not be made. Try again, or take the DOCX."))
        return HttpResponse(
            content,
            content_type=self.content_type,
            headers={
                "Content-Disposition": f'attachment; filename="{self.cohort.code}-{self.ending}"',
                "Cache-Control": "no-store, private",
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _back(self, why: str) -> HttpResponse:
        messages.warning(self.request, why)
        return redirect("evaluation:cohort", code=self.cohort.code)


class WorkbookView(FileView):
    """Summary, matched pairs, items, transitions and codebook as XLSX."""

    content_type = XLSX
    ending = "evaluation.xlsx"

    def content(self) -> bytes:
        may_see = any(self.request.user.has_perm(name) for name in (SEES_PEOPLE, SEES_KEYS))
        reader = Reader(questions=may_see)
        return export_workbook(cohort=self.cohort, user=self.request.user, reader=reader)


class JsonView(FileView):
    """The sums of the report for machines."""

    content_type = "application/json"
    ending = "evaluation.json"

    def content(self) -> str:
        return export_json(cohort=self.cohort, user=self.request.user)


class ResearchView(FileView):
    """Answers of the people who agreed, under pseudonyms, for researchers."""

    content_type = XLSX
    ending = "research.xlsx"

    def content(self) -> bytes:
        return export_research(cohort=self.cohort, user=self.request.user)


class ActivityPdfView(FileView):
    """*Laporan Kegiatan* as PDF: for any number of people, for it tells nothing of a few."""

    content_type = PDF
    ending = "laporan-kegiatan.pdf"

    def content(self) -> bytes:
        return export_activity_pdf(cohort=self.cohort, user=self.request.user)


class ActivityDocxView(FileView):
    """The same as a document to go on with."""

    content_type = DOCX
    ending = "laporan-kegiatan.docx"

    def content(self) -> bytes:
        return export_activity_docx(cohort=self.cohort, user=self.request.user)
