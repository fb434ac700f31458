"""What every page of the plugin needs to draw its frame."""

from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from lms.conf import setting


class LanguageLink(TypedDict):
    """One entry of the language switch; ``label`` is the language's own name for itself."""

    code: str
    label: str
    url: str
    active: bool


def interface(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the language switch and the idle limit in seconds.

    A page that knows its translations better (a Wagtail page with another slug in each language) sets
    ``request.language_links`` to a list of the same shape before it renders.
    """
    links = getattr(request, "language_links", None)
    return {
        "language_links": links if links is not None else language_links(request),
        "idle_seconds": setting("IDLE_SECONDS"),
    }


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """The same address, query included, in each of ``settings.LANGUAGES``."""
    current = get_language()
    return [
        LanguageLink(
            code=code,
            label=str(label),
            url=request.get_full_path() if code == current else _address_in(request, code),
            active=code == current,
        )
        for code, label in settings.LANGUAGES
    ]


def _address_in(request: HttpRequest, code: str) -> str:
    """``translate_url`` leaves an address alone that has no translation (an error page, a link outside
    ``i18n_patterns``); a switch that switches nothing would be a lie, so it then leads to the start page."""
    here = request.get_full_path()
    there = translate_url(here, code)
    return there if there != here else translate_url("/", code)
