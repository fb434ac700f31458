"""A small site around lms.people: its routes, and one participant page for whoever has signed in."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from lms.people.access import PARTICIPANT
from lms.ui.policy import requires


@requires(PARTICIPANT)
def own_page(request: HttpRequest, number: int = 0) -> HttpResponse:
    return render(request, "lms/base.html")


portal = ([path("beranda/", own_page, name="dashboard")], "portal")
urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path("", include("lms.people.urls")),
        path("", include(portal)),
        path("tes/<int:number>/", own_page),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
