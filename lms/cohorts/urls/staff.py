"""What staff do from the page of a training: routes below the address of trainings, in the namespace of their
viewset (``cohort``)."""

from typing import Any

from django.urls import path

from lms.cohorts.urls.attendance import staff_urlpatterns as attendance_urlpatterns
from lms.cohorts.urls.board import staff_urlpatterns as board_urlpatterns
from lms.cohorts.urls.experience import staff_urlpatterns as experience_urlpatterns
from lms.cohorts.urls.papers import staff_urlpatterns as papers_urlpatterns
from lms.cohorts.views import cards, clone, hub, people, people_list, roster, stages

_person = "<uuid:pk>/peserta"
_import = f"{_person}/impor"

urlpatterns: list[Any] = [
    path("<uuid:pk>/", hub.HubView.as_view(), name="hub"),
    path("<uuid:pk>/keadaan/", stages.StageView.as_view(), name="stage"),
    path("<uuid:pk>/salin/", clone.CloneView.as_view(), name="clone"),
    path(f"{_person}/", people_list.PeopleListView.as_view(), name="people"),
    path("<uuid:pk>/peserta.<str:kind>", people_list.PeopleExportView.as_view(), name="people_export"),
    path(f"{_person}/baru/", people.AddPersonView.as_view(), name="add_person"),
    path(f"{_import}/", roster.ImportPeopleView.as_view(), name="import_people"),
    path(f"{_import}/templat/", roster.ImportTemplateView.as_view(), name="import_template"),
    path(f"{_import}/<str:token>/", roster.ImportReportView.as_view(), name="import_report"),
    path(f"{_import}/<str:token>/kemajuan/", roster.ImportProgressView.as_view(), name="import_progress"),
    path(f"{_person}/pilih/", people.EnrolExistingView.as_view(), name="enrol_existing"),
    path(f"{_person}/<uuid:enrolment>/keluarkan/", people.WithdrawView.as_view(), name="withdraw"),
    path("<uuid:pk>/kartu/", cards.CardsView.as_view(), name="cards"),
    *attendance_urlpatterns,
    *board_urlpatterns,
    *experience_urlpatterns,
    *papers_urlpatterns,
]
