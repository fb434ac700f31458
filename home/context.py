"""What the site adds to the foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def site_links(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the library and the halls, at the addresses where the loader puts them. No query:
    who moves those pages leaves a redirect behind, which Wagtail makes by itself."""
    return {
        "site_links": [
            {"url": reverse("wagtail_serve", args=["pustaka/"]), "label": _("Library")},
            {"url": reverse("wagtail_serve", args=["balai-rakyat/"]), "label": "Balai Rakyat"},
        ]
    }
