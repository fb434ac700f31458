"""Staff screens: results of trainings, and the evaluation of a file."""

from lms.evaluation.views.downloads import (
    ActivityDocxView,
    ActivityPdfView,
    JsonView,
    ResearchView,
    WorkbookView,
)
from lms.evaluation.views.results import (
    MAY_EXPORT,
    MAY_READ,
    AgendaView,
    PairsExportView,
    ResultListView,
    ResultView,
    cohort_policy,
)
from lms.evaluation.views.sheets import DownloadReportView, EvaluateFileView

__all__ = [
    "MAY_EXPORT",
    "MAY_READ",
    "ActivityDocxView",
    "ActivityPdfView",
    "AgendaView",
    "DownloadReportView",
    "EvaluateFileView",
    "JsonView",
    "PairsExportView",
    "ResearchView",
    "ResultListView",
    "ResultView",
    "WorkbookView",
    "cohort_policy",
]
