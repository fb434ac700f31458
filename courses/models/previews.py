"""How course pages are previewed: on a phone first, because that is what most readers hold."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ON_PHONE, ON_PAPER = "", "print"


class PhoneFirstMixin:
    """Comes before ``Page`` among the bases. The first size and the first mode are those shown at first."""

    preview_sizes: ClassVar[list[dict[str, Any]]] = [
        {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("Preview as on a phone")},
        {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Preview as on a tablet")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview as on a computer")},
    ]
    preview_modes: ClassVar[list[tuple[str, Any]]] = [
        (ON_PHONE, _("Participant (phone)")),
        (ON_PAPER, _("Printed")),
    ]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The page in a frame that adds what only the editor needs: its checker, and paper on a screen."""
        return "courses/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)  # type: ignore[misc]
        template = self.get_template(request)  # type: ignore[attr-defined]
        return {**context, "page_template": template, "on_paper": mode_name == ON_PAPER}
