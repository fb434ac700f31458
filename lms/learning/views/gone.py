"""A lesson that was unpublished meanwhile says so to its readers, in place of a bare "not found".

A middleware by mechanism, a view by what it does: it draws a page.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Site

from courses.models import LessonPage
from lms.learning.views.lessons import lesson_gone
from lms.learning.views.visits import find_visit
from lms.people.access import signed_in


class LessonGoneMiddleware:
    """Wagtail answers 404 before any hook runs; this looks whether a lesson used to be at the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

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


def _unpublished_lesson(site: Site, path: str) -> LessonPage | None:
    """The lesson at an address below the site's root or below one of the root's translations."""
    roots = site.root_page.get_translations(inclusive=True).values_list("url_path", flat=True)
    addresses = [f"{root}{path.strip('/')}/" for root in roots]
    return LessonPage.objects.defer("body").filter(url_path__in=addresses, live=False).first()
