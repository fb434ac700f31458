"""Staff routes of tests that are read aloud or taken on paper, mounted in Wagtail's admin."""

from django.urls import path

from lms.learning.views import aloud, comparing, grid, paper, reading, sheets

_cohort = "angkatan/<uuid:pk>"
_read = f"{_cohort}/dibacakan/<slug:task>/<slug:letter>"
_sheets = f"{_cohort}/lembar"
_of_form = f"{_sheets}/<slug:task>/<slug:letter>"
_form = "bentuk-tes/<int:form_id>"

urlpatterns = [
    path(f"{_cohort}/dibacakan/", reading.ChooseView.as_view(), name="learning_aloud"),
    path(f"{_read}/kumpulkan/", aloud.HandInView.as_view(), name="learning_aloud_hand_in"),
    path(f"{_read}/<int:position>/", aloud.QuestionView.as_view(), name="learning_aloud_question"),
    path(f"{_read}/<int:position>/simpan/", aloud.SaveView.as_view(), name="learning_aloud_save"),
    path(f"{_cohort}/kertas/", paper.PrintView.as_view(), name="learning_paper"),
    path(
        f"{_cohort}/kertas/<slug:task>/<slug:letter>/kunci/",
        paper.CohortKeyView.as_view(),
        name="learning_paper_key",
    ),
    path(f"{_form}/kertas/", paper.form_paper, name="learning_form_paper"),
    path(f"{_form}/kunci/", paper.form_key, name="learning_form_key"),
    path(f"{_sheets}/", sheets.SheetsView.as_view(), name="learning_sheets"),
    path(
        f"{_of_form}/1/",
        grid.FirstRoundView.as_view(),
        name="learning_sheets_first",
    ),
    path(
        f"{_of_form}/2/",
        grid.SecondRoundView.as_view(),
        name="learning_sheets_second",
    ),
    path(
        f"{_of_form}/bandingkan/",
        comparing.CompareView.as_view(),
        name="learning_sheets_compare",
    ),
    path(f"{_sheets}/<slug:task>/<uuid:enrolment>/", sheets.SheetView.as_view(), name="learning_sheet"),
]
