"""Numbers are written as the reader writes them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from lms.ui.templatetags import lms_ui


@pytest.mark.parametrize(
    ("filter_", "value", "indonesian", "english"),
    [
        (lms_ui.number, 1200000, "1.200.000", "1,200,000"),
        (lms_ui.number, 999, "999", "999"),
        (lms_ui.number, -5, "−5", "−5"),
        (lms_ui.points, 15, "15", "15"),
        (lms_ui.rupiah, 1200000, "Rp1.200.000", "Rp1,200,000"),
        (lms_ui.rupiah, -2500, "−Rp2.500", "−Rp2,500"),
        (lms_ui.percent, 0.355, "35,5\u00a0%", "35.5%"),
        (lms_ui.percent, 1, "100\u00a0%", "100%"),
        (lms_ui.percent, 0, "0\u00a0%", "0%"),
    ],
)
def test_each_language_has_its_own_spelling(
    filter_: Callable[[Any], str], value: Any, indonesian: str, english: str
) -> None:
    with translation.override("id"):
        assert filter_(value) == indonesian
    with translation.override("en"):
        assert filter_(value) == english


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (35.5, 1, "35,5"),
        (35.5, 0, "36"),
        (0.285, 2, "0,29"),
        (Decimal("2.345"), 2, "2,35"),
        (-0.04, 1, "0,0"),
    ],
)
def test_halves_are_rounded_away_from_zero_and_no_minus_stands_before_zero(
    value: Any, decimals: int, written: str
) -> None:
    with translation.override("id"):
        assert lms_ui.number(value, decimals) == written


@pytest.mark.parametrize("missing", [None, "", "n/a", float("nan"), float("inf"), True])
@pytest.mark.parametrize("filter_", [lms_ui.number, lms_ui.points, lms_ui.rupiah, lms_ui.percent])
def test_where_there_is_no_number_a_dash_stands(filter_: Callable[[Any], str], missing: Any) -> None:
    assert filter_(missing) == "–"
