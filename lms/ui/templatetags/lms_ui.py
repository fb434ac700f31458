"""Template tags of the shared interface: numbers as the reader writes them, and the two drawings."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lms.ui.storage import BUNDLES

register = template.Library()

Number = int | float | Decimal

# A non-breaking space keeps "35,5" and "%" on one line.
_NBSP = "\u00a0"

# The score thread is drawn in a box of this width; the line runs between the two margins.
_THREAD_LEFT, _THREAD_RIGHT = 14, 306
# A label is centred on its knot, but never closer than this to the edge of the drawing.
_LABEL_MARGIN = 36


def format_number(value: Number, decimals: int = 0) -> str:
    """``1200000`` -> ``1.200.000`` in Indonesian, ``1,200,000`` in English; halves round away from zero.

    Decimal arithmetic, so that 0.285 with two decimals does not depend on its binary neighbour.
    """
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    # A rounded-away "-0" says nothing that "0" does not.
    text = f"{exact if exact else abs(exact):,f}"
    if (get_language() or "id").startswith("id"):
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\u2212")


def _as_number(value: Any) -> Number | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return value if Decimal(str(value)).is_finite() else None


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """A number with thousands separators and ``decimals`` places; an en dash where there is no number."""
    known = _as_number(value)
    return "\u2013" if known is None else format_number(known, decimals)


@register.filter
def points(value: Any) -> str:
    """Whole points: scores are integers, a mean of scores is shown with ``number:1`` instead."""
    return number(value, 0)


@register.filter
def rupiah(value: Any) -> str:
    """``1200000`` -> ``Rp1.200.000`` (no space, no sen: the official spelling of rupiah amounts)."""
    known = _as_number(value)
    if known is None:
        return "\u2013"
    sign = "\u2212" if known < 0 else ""
    return f"{sign}Rp{format_number(abs(known))}"


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """A share (0.355) as ``35,5 %`` in Indonesian, ``35.5%`` in English; a whole share drops its zeros."""
    known = _as_number(value)
    if known is None:
        return "\u2013"
    share = Decimal(str(known)) * 100
    whole = share == share.to_integral_value()
    space = _NBSP if (get_language() or "id").startswith("id") else ""
    return f"{format_number(share, 0 if whole else decimals)}{space}%"


@register.filter
def kilobytes(value: Any) -> str:
    """The weight of a file in kB, rounded up: what a person pays for is never told too small."""
    known = _as_number(value)
    return "\u2013" if known is None else format_number(-(-int(known) // 1000))


@register.simple_tag
def scripts(bundle: str) -> SafeString:
    """The script elements of a bundle: one where files are served as collected, else one for each part."""
    is_bundled = getattr(staticfiles_storage, "has_bundles", False)
    names = (bundle,) if is_bundled else BUNDLES[bundle]
    sources = ((staticfiles_storage.url(name),) for name in names)
    return format_html_join("\n", '<script src="{}" defer></script>', sources)


@register.inclusion_tag("lms/components/progress_band.html")
def progress_band(done: int, total: int, label: str = "") -> dict[str, Any]:
    """A small cloth: one row for each of ``total`` lessons, woven from below for each one ``done``."""
    woven = max(0, min(done, total))
    return {"rows": [True] * woven + [False] * (total - woven), "done": woven, "total": total, "label": label}


@register.inclusion_tag("lms/components/score_thread.html")
def score_thread(before: int | None, after: int | None, total: int) -> dict[str, Any]:
    """A thread from 0 to ``total`` points with a knot for each test that was taken."""
    return {
        "before": before,
        "after": after,
        "total": total,
        "before_x": _place_on_thread(before, total),
        "after_x": _place_on_thread(after, total),
        "before_label_x": _label_place(_place_on_thread(before, total)),
        "after_label_x": _label_place(_place_on_thread(after, total)),
        "left": _THREAD_LEFT,
        "right": _THREAD_RIGHT,
    }


def _place_on_thread(score: int | None, total: int) -> int | None:
    if score is None or total <= 0:
        return None
    reached = max(0, min(score, total))
    return _THREAD_LEFT + (_THREAD_RIGHT - _THREAD_LEFT) * reached // total


def _label_place(x: int | None) -> int | None:
    width = _THREAD_LEFT + _THREAD_RIGHT
    return None if x is None else max(_LABEL_MARGIN, min(x, width - _LABEL_MARGIN))
