"""Amounts and dates as people type them: read rightly, asked about, or refused with a way out."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lms.deliberations.dates import parse_clock, parse_day
from lms.deliberations.money import parse_rupiah
from lms.press.indonesian import long_date, rupiah


@pytest.mark.parametrize(
    ("typed", "amount", "is_doubtful"),
    [
        ("1.200.000", 1_200_000, False),
        ("Rp1.200.000,-", 1_200_000, False),
        ("1.200.000,00", 1_200_000, False),
        ("1,2 juta", 1_200_000, False),
        ("1,2 M", 1_200_000_000, True),
        ("Rp 1,2M", 1_200_000_000, True),
        ("3 m.", 3_000_000_000, True),
        ("1,2 miliar", 1_200_000_000, True),
        ("900 juta", 900_000_000, False),
        ("500", 500, True),
        ("0", 0, False),
    ],
)
def test_amounts_are_read_and_doubted_where_they_should_be(
    typed: str, amount: int, is_doubtful: bool
) -> None:
    read = parse_rupiah(typed)
    assert (read.rupiah, read.is_doubtful) == (amount, is_doubtful)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,200,000", "invalid"),
        ("sekitar 2 karung", "invalid"),
        ("m", "invalid"),
        ("1.200.000,50", "sen"),
        ("-5.000", "negative"),
        ("999.999 triliun", "size"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_rupiah(typed)
    assert refusal.value.code == code


@pytest.mark.property
@given(st.integers(min_value=0, max_value=10**14))
def test_what_we_print_is_read_back(amount: int) -> None:
    assert parse_rupiah(rupiah(amount)).rupiah == amount


@pytest.mark.property
@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_is_read_in_each_way_people_write_it(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.day}-{day.month}-{day.year:04}",
        f"{day:%d/%m/}{day.year:04}",
        long_date(day),
    ):
        assert parse_day(text) == day


@pytest.mark.parametrize("typed", ["2018-06-31", "31 Juni 2018", "31/6/2018"])
def test_the_31st_of_june_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_day(typed)
    assert refusal.value.code == "no_day"
    assert "31 Juni 2018" in refusal.value.messages[0]
    assert "30" in refusal.value.messages[0]


def test_a_leap_day_is_a_day_in_leap_years_only() -> None:
    assert parse_day("29 Februari 2020") == date(2020, 2, 29)
    with pytest.raises(ValidationError, match="29 Februari 2019"):
        parse_day("29 Februari 2019")


@pytest.mark.parametrize("typed", ["besok", "11 Juno 2018", "11-13-2018", "0000-01-01", "6/18", "٠١/٠١/٢٠٢٠"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_day(typed)
    assert refusal.value.code == "invalid"


@pytest.mark.parametrize(
    ("typed", "read"), [("09.00", time(9)), ("9:05", time(9, 5)), ("0930", time(9, 30)), ("13", time(13))]
)
def test_a_time_is_read_as_people_write_it(typed: str, read: time) -> None:
    assert parse_clock(typed) == read


@pytest.mark.parametrize("typed", ["24.00", "9.60", "pagi", "9.5", "٠٩.٠٠"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_clock(typed)
    assert refusal.value.code == "invalid"
