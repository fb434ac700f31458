"""The routes that the shared frame names, so that its tests need no other app."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path


def _nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    return HttpResponse()


_people = [
    path("masuk/", _nothing, name="sign_in"),
    path("keluar/", _nothing, name="sign_out"),
    path("denyut/", _nothing, name="heartbeat"),
]
urlpatterns = i18n_patterns(
    path("", include((_people, "people"))),
    re_path(r"^((?:[\w\-]+/)*)$", _nothing, name="wagtail_serve"),
    prefix_default_language=False,
)
