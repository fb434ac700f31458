"""Staff routes of evaluation, mounted in Wagtail's admin."""

from django.urls import path

from lms.evaluation.views import (
    ActivityDocxView,
    ActivityPdfView,
    AgendaView,
    DownloadReportView,
    EvaluateFileView,
    JsonView,
    PairsExportView,
    ResearchView,
    ResultListView,
    ResultView,
    WorkbookView,
)
from lms.evaluation.views.across import AcrossExportView, AcrossView
from lms.learning.enums import Occasion

app_name = "evaluation"
urlpatterns = [
    path("", ResultListView.as_view(), name="index"),
    path("across/trainings/", AcrossView.as_view(), name="across"),
    path("across/trainings.csv", AcrossExportView.as_view(), name="across_export"),
    path("<slug:code>/", ResultView.as_view(), name="cohort"),
    path("<slug:code>/agenda/", AgendaView.as_view(occasion=Occasion.PRE), name="agenda"),
    path("<slug:code>/repeat/", AgendaView.as_view(occasion=Occasion.POST), name="repeat"),
    path("<slug:code>/pairs.csv", PairsExportView.as_view(), name="pairs"),
    path("<slug:code>/evaluation.xlsx", WorkbookView.as_view(), name="workbook"),
    path("<slug:code>/evaluation.json", JsonView.as_view(), name="json"),
    path("<slug:code>/research.xlsx", ResearchView.as_view(), name="research"),
    path("<slug:code>/activity.pdf", ActivityPdfView.as_view(), name="activity_pdf"),
    path("<slug:code>/activity.docx", ActivityDocxView.as_view(), name="activity_docx"),
]
# Beside the others, not below them: there any word may be the code of a training.
file_urlpatterns = [
    path("", EvaluateFileView.as_view(), name="index"),
    path("download/", DownloadReportView.as_view(), name="download"),
]
