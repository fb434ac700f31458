"""Amounts of rupiah as people type them, and which of them somebody should look at twice. Pure functions."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.questions.numbers import parse_number

# In Indonesian news "M" is a miliar; whoever learned it from English means a million.
_BIG_M = re.compile(r"(?P<number>.*[0-9]) ?m\.?\Z", re.IGNORECASE | re.DOTALL)
# What an activity of one village can hardly cost: a village's whole budget is one to two miliar.
_UNLIKELY_BELOW, _UNLIKELY_ABOVE = 10_000, 1_000_000_000
_MOST = 10**14


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole rupiah. ``is_doubtful``: it could have been meant otherwise, so ask."""

    rupiah: int
    is_doubtful: bool


def parse_rupiah(text: str) -> Amount:
    """``1.200.000``, ``Rp1,2 juta``, ``1,2 M`` (miliar, doubtful), ``1.200.000,00``.

    Raises ValidationError (``invalid``, ``sen``, ``negative``, ``size``) for what is no amount.
    """
    short = _BIG_M.match(" ".join(text.split()))
    number = parse_number(f"{short['number']} miliar" if short else text, unit="rupiah")
    if number < 0:
        raise ValidationError(_("An amount cannot be below zero."), code="negative")
    if number != number.to_integral_value():
        raise ValidationError(_("Write whole rupiah, without sen: 1.200.000 or 1.200.000,00."), code="sen")
    if number > _MOST:
        raise ValidationError(_("This amount is larger than any budget. Write fewer zeros."), code="size")
    return Amount(int(number), is_doubtful=bool(short) or is_unlikely(number))


def is_unlikely(rupiah: int | Decimal) -> bool:
    """Whether an activity of a village hardly costs this: a few thousand, or more than a miliar."""
    return 0 < rupiah < _UNLIKELY_BELOW or rupiah > _UNLIKELY_ABOVE
