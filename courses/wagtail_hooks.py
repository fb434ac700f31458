"""What courses tell Wagtail."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from courses.imports.pages import LOADED
from courses.queries import live_translations


@hooks.register("register_log_actions")
def name_loading_in_the_history(actions: LogActionRegistry) -> None:
    actions.register_action(LOADED, _("Load from a file"), _("Loaded from a file of the curriculum"))


@hooks.register("before_serve_page")
def link_translations(
    page: Page, request: HttpRequest, args: list[object], kwargs: dict[str, object]
) -> None:
    """Let the language switch lead to the same page, whose address may differ in another language."""
    others = live_translations(page)
    own = page.locale.language_code

    def address(code: str) -> str:
        if code == own:
            return request.get_full_path()
        other = others.get(code)
        # A page that exists in one language only: rather the start page than a page that is not there.
        return (other.get_url(request) if other else None) or translate_url("/", code)

    request.language_links = [  # type: ignore[attr-defined]
        {"code": code, "label": str(label), "url": address(code), "active": code == own}
        for code, label in settings.LANGUAGES
    ]
