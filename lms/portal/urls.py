"""Everything a participant or a visitor opens: the one include of a host site."""

from django.urls import include, path

urlpatterns = [
    path("", include("lms.people.urls")),
    path("", include("lms.learning.urls")),
    path("", include("lms.certificates.urls")),
    path("", include("lms.followup.urls")),
]
