"""The reference site in Wagtail's admin: what it leaves out, and news of trainings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from home.domain.library import MAY_PROPOSE, is_hidden
from home.middleware import foreign_pages
from home.models import BalaiRakyatPage, LibraryDocument, NewsPicture, TrainingNewsPage
from home.news_form import REFRESH
from home.views import LibraryDeskView, TrainingNewsView
from home.viewsets import NewsPictureChooserViewSet, NewsPictureViewSet
from lms.people.media_policies import document_policy
from lms.people.models import RecordLogEntry

# Pages that stay where they are, and what is said to who moves them.
_STAYS = {
    TrainingNewsPage: gettext_lazy("News of a training stays with the organisation that holds it."),
    LibraryDocument: gettext_lazy("A document of the library stays with the organisation that added it."),
    BalaiRakyatPage: gettext_lazy(
        "A village has one page for its Balai Rakyat: it is neither moved nor copied."
    ),
}
_BOUND = tuple(_STAYS)
_ABOUT_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    """Links to pages about Wagtail, in English and on the internet: a village hall has neither."""
    items[:] = [item for item in items if not item.name.startswith(_ABOUT_WAGTAIL)]


@hooks.register("register_admin_viewset")
def news_pictures() -> list[Any]:
    return [NewsPictureViewSet(), NewsPictureChooserViewSet()]


@hooks.register("register_admin_urls")
def training_news_urls() -> list[Any]:
    return [
        path("angkatan/<uuid:pk>/berita/", TrainingNewsView.as_view(), name="training_news"),
        path("pustaka/", LibraryDeskView.as_view(), name="library_desk"),
    ]


class LibraryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_PROPOSE))


@hooks.register("register_admin_menu_item")
def library_menu_item() -> MenuItem:
    return LibraryMenuItem(
        gettext_lazy("Library"),
        reverse_lazy("library_desk"),
        name="library",
        icon_name="folder-open-1",
        order=97,
    )


@hooks.register("before_serve_document")
def keep_files_until_they_are_published(document: Any, request: HttpRequest) -> None:
    """A file of the library is for everybody while a published document shows it, else for its staff."""
    if is_hidden(document) and not document_policy.user_has_any_permission_for_instance(
        request.user, ["add", "change", "choose"], document
    ):
        raise Http404


@hooks.register("register_log_actions")
def log_of_pictures(actions: LogActionRegistry) -> None:
    actions.register_model(NewsPicture, RecordLogEntry)
    actions.register_action(
        "home.picture_agreed", gettext_lazy("Everybody agrees"), gettext_lazy("Recorded that all agree")
    )
    actions.register_action("home.picture_hidden", gettext_lazy("Hide"), gettext_lazy("Hid the picture"))


class RefreshFigures(ActionMenuItem):
    """Saves the draft with a new snapshot of the training's numbers."""

    name = REFRESH
    label = gettext_lazy("Refresh the numbers")
    icon_name = "rotate"
    template_name = "home/admin/refresh_figures.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return isinstance(context.get("page"), TrainingNewsPage) and super().is_shown(context)


@hooks.register("register_page_action_menu_item")
def refresh_figures() -> ActionMenuItem:
    return RefreshFigures(order=15)


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: Any, request: HttpRequest) -> Any:
    """Wagtail's chooser offers every page to everybody: of what organisations write only one's own."""
    return pages.exclude(pk__in=foreign_pages(request.user).values("pk"))


@hooks.register("before_move_page")
def keep_pages_with_their_organisation(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    own: Any = page.specific
    if not isinstance(own, _BOUND) or own.belongs_below(destination):
        return None
    messages.error(request, str(_STAYS[type(own)]))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_copy_page")
def copy_pages_within_their_organisation(request: HttpRequest, page: Page) -> HttpResponse | None:
    chosen = request.POST.get("new_parent_page", "")
    is_key = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
    parent = Page.objects.filter(pk=chosen).first() if is_key else None
    return keep_pages_with_their_organisation(request, page, parent) if parent else None
