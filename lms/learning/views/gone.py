"""Lessons at their addresses: found at once, and missed with a sentence in place of a bare "not found".

A middleware by mechanism, a view by what it does: it draws a page.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site
from wagtail.url_routing import RouteResult

from courses.models import LessonPage
from courses.queries import HEAVY_FIELDS
from lms.learning.views.lessons import lesson_gone
from lms.learning.views.visits import find_visit
from lms.people.access import signed_in

# A lesson lies in a module of a course.
_STEPS = 2


class LessonGoneMiddleware:
    """Wagtail walks down the tree with two queries a step; a participant's lesson is found in one. And it
    answers 404 before any hook runs; this looks whether a lesson used to be at the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Whatever is not found here goes Wagtail's way."""
        match = request.resolver_match
        if match is None or match.url_name != "wagtail_serve" or signed_in(request) is None:
            return
        path = match.args[0] if match.args else match.kwargs.get("path", "")
        site = Site.find_for_request(request) if path.count("/") >= _STEPS else None
        lesson = _lesson_at(site, path) if site is not None else None
        if lesson is not None:
            # Where ``Page.route_for_request`` keeps what it found.
            request._wagtail_route_for_request = RouteResult(lesson)  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or match.url_name != "wagtail_serve":
            return None
        if signed_in(request) is None:
            return None
        site = Site.find_for_request(request)
        if site is None:
            return None
        page = _unpublished_lesson(site, match.args[0] if match.args else match.kwargs.get("path", ""))
        visit = find_visit(request, page) if page is not None else None
        return lesson_gone(request, visit) if visit is not None else None


def _lesson_at(site: Site, path: str) -> LessonPage | None:
    """The published lesson at an address below the site's root in the language of the request."""
    roots = [
        root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk and root.language_code == get_language()
    ]
    addresses = [f"{root}{path.strip('/')}/" for root in roots]
    found = LessonPage.objects.select_related("locale").filter(url_path__in=addresses, live=True)
    return found.order_by().first() if addresses else None


def _unpublished_lesson(site: Site, path: str) -> LessonPage | None:
    """The lesson at an address below the site's root or below one of the root's translations."""
    roots = site.root_page.get_translations(inclusive=True).values_list("url_path", flat=True)
    addresses = [f"{root}{path.strip('/')}/" for root in roots]
    return LessonPage.objects.defer(*HEAVY_FIELDS).filter(url_path__in=addresses, live=False).first()
