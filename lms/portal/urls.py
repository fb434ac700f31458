"""Everything a participant or a visitor opens: the one include of a host site."""

from django.urls import include, path

from lms.portal import views

own_page = (
    [
        path("beranda/", views.dashboard, name="dashboard"),
        path("beranda/angkatan/", views.choose, name="choose_enrolment"),
        path("cari/", views.find, name="search"),
    ],
    "portal",
)

urlpatterns = [
    path("", include(own_page)),
    path("", include("lms.people.urls")),
    path("", include("lms.cohorts.urls.board")),
    path("", include("lms.cohorts.urls.attendance")),
    path("", include("lms.cohorts.urls.experience")),
    path("", include("lms.learning.urls")),
    path("", include("lms.certificates.urls")),
    path("", include("lms.followup.urls")),
]
