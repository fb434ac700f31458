"""Staff routes of evaluation, mounted in Wagtail's admin."""

from django.urls import path

from lms.evaluation.views import PairsExportView, ResultListView, ResultView

app_name = "evaluation"
urlpatterns = [
    path("", ResultListView.as_view(), name="index"),
    path("<slug:code>/", ResultView.as_view(), name="cohort"),
    path("<slug:code>/pairs.csv", PairsExportView.as_view(), name="pairs"),
]
