"""The drawings that lessons may show, by name. Each is a template ``courses/diagrams/<name>.html``.

Drawn by us as inline SVG, so that a drawing follows the light or dark page, prints, speaks the reader's
language and costs no request. How one is made is told in ``docs/features/lesson-blocks.md``.
"""

from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

DIAGRAMS: dict[str, Any] = {
    "empat-kewenangan": _("Four kinds of authority"),
    "siapa-berbuat-apa": _("Who does what in the village"),
    "kuorum-bpd": _("When the BPD may decide"),
    "rpjm-rkp-apbdes": _("From RPJM Desa to RKP Desa to APB Desa"),
    "kalender-perencanaan": _("The planning calendar"),
    "musdus-ke-musdes": _("From the hamlet meeting to the Musdes"),
    "prioritas-adil": _("Choosing priorities fairly"),
    "uang-masuk": _("Where the village's money comes from"),
    "belanja-70-30": _("Spending 70 and 30"),
    "dari-rkp-ke-apbdes": _("From RKP Desa to APB Desa"),
    "bukti-berantai": _("The chain of proof"),
    "empat-pertanyaan-inklusi": _("Access, participation, control, benefit"),
    "peta-dusun": _("A map of the hamlet"),
    "papan-informasi": _("The information board"),
    "jalur-keluhan": _("The way of a complaint"),
    "balai-rakyat": _("What happens in a Balai Rakyat"),
    "peta-jalan-90-hari": _("The road of 90 days"),
    "satu-baris-rtl": _("One line of an RTL"),
}


def diagram_choices() -> list[tuple[str, Any]]:
    """A function, so that a new drawing needs no migration."""
    return list(DIAGRAMS.items())


def diagram_template(name: str) -> str | None:
    """The template of a drawing, or None as long as nobody has drawn it (its text stands in)."""
    path = f"courses/diagrams/{name}.html"
    if name not in DIAGRAMS:
        return None
    try:
        get_template(path)
    except TemplateDoesNotExist:
        return None
    return path
