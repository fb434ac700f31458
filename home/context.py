"""What the site adds to the foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.imports.glossary import PAGES
from courses.imports.sources import SOURCE


def site_links(request: HttpRequest) -> dict[str, Any]:
    """Context processor: library, halls and glossary, at the addresses where the loader puts them. No query:
    who moves those pages leaves a redirect behind, which Wagtail makes by itself."""
    return {
        "site_links": [
            {"url": reverse("wagtail_serve", args=["pustaka/"]), "label": _("Library")},
            {"url": reverse("wagtail_serve", args=["balai-rakyat/"]), "label": "Balai Rakyat"},
            {"url": reverse("wagtail_serve", args=[_glossary()]), "label": _("Words explained")},
        ]
    }


def _glossary() -> str:
    slug, *_words = PAGES.get(get_language() or SOURCE, PAGES[SOURCE])
    return f"{slug}/"
