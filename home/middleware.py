"""The last door before Wagtail's own screens, for pages of other organisations.

Permissions of the tree keep others from changing it. Some screens tell titles all the same: what a bulk
action may not do, what a dialogue has chosen, which page of a type was edited last.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.models import BalaiRakyatPage, LibraryDocument, TrainingNewsPage

GetResponse = Callable[[HttpRequest], HttpResponse]
# Lists the newest page of each type, whoever may see it.
_FOR_ADMINISTRATORS = "admin/reports/page-types-usage/"
_OF_ORGANISATIONS = (TrainingNewsPage, LibraryDocument, BalaiRakyatPage)
_PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "page_to_copy_id")


class ForeignNewsMiddleware:
    """Answers 404 where an address of the admin names a page that is none of the reader's business."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        user = request.user
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if not in_admin or not user.is_authenticated or user.is_superuser:
            return
        if request.resolver_match and request.resolver_match.route.startswith(_FOR_ADMINISTRATORS):
            raise Http404
        named = _pages_named(request, kwargs)
        if named and foreign_pages(user).filter(pk__in=named).exists():
            raise Http404


def foreign_pages(user: Any) -> Any:
    """News, documents of the library and halls that this member of staff has nothing to do with."""
    own = page_permission_policy.explorable_instances(user)
    return Page.objects.type(*_OF_ORGANISATIONS).exclude(pk__in=own.values("pk"))


def _pages_named(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """The keys of pages in an address; numbers of other things are not looked at."""
    values = [kwargs[name] for name in _PAGE_ARGUMENTS if name in kwargs]
    route = request.resolver_match.route if request.resolver_match else ""
    is_bulk = (kwargs.get("app_label"), kwargs.get("model_name")) == ("wagtailcore", "page")
    if is_bulk or route.startswith("admin/choose-page/"):
        values += [*request.GET.getlist("id"), *request.POST.getlist("id")]
    numbers = map(str, values)
    return [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19]
