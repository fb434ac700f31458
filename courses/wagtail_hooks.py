"""What courses tell Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, translate_url
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses import authoring_hooks, law_hooks  # noqa: F401
from courses.imports.pages import LOADED
from courses.models import LessonPage, ModulePage
from courses.rows import translation_rows
from courses.viewsets import (
    AudioChooserViewSet,
    LegalBasisChooserViewSet,
    QuestionChooserViewSet,
    TermViewSet,
    VideoChooserViewSet,
)


@hooks.register("register_log_actions")
def name_loading_in_the_history(actions: LogActionRegistry) -> None:
    actions.register_action(LOADED, _("Load from a file"), _("Loaded from a file of the curriculum"))


@hooks.register("before_serve_page")
def link_translations(
    page: Page, request: HttpRequest, args: list[object], kwargs: dict[str, object]
) -> None:
    """Let the language switch lead to the same page, whose address may differ in another language."""
    others = {row.language: row for row in translation_rows(page)}
    own = page.locale.language_code

    def address(code: str) -> str:
        if code == own:
            return request.get_full_path()
        other = others.get(code)
        # A page that exists in one language only: rather the start page than a page that is not there.
        return (other.url if other else "") or translate_url("/", code)

    request.language_links = [  # type: ignore[attr-defined]
        {"code": code, "label": str(label), "url": address(code), "active": code == own}
        for code, label in settings.LANGUAGES
    ]


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLResolver]:
    return [path("panduan/", include("courses.urls"))]


@hooks.register("register_page_listing_buttons")
def guide_in_the_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    for label, url, icon in _papers(page):
        yield ListingButton(label, url, priority=45, icon_name=icon)


@hooks.register("register_page_header_buttons")
def guide_in_the_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    for label, url, icon in _papers(page):
        yield Button(label, url, priority=45, icon_name=icon)


def _papers(page: Page) -> Iterator[tuple[Any, str, str]]:
    """What a facilitator reads and hands out, of a lesson or of a module."""
    if page.specific_class is LessonPage:
        yield _("Facilitator's guide"), reverse("courses_guide:lesson", args=[page.pk]), "group"
    elif page.specific_class is ModulePage:
        yield _("Facilitator's guide"), reverse("courses_guide:module", args=[page.pk]), "group"
        yield _("Module on paper"), reverse("courses_guide:paper", args=[page.pk]), "doc-full"


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    return [
        AudioChooserViewSet(),
        VideoChooserViewSet(),
        QuestionChooserViewSet(),
        LegalBasisChooserViewSet(),
    ]


register_snippet(TermViewSet)
