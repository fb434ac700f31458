"""Which years in a text were left over, and which belong where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.checker import stale_years


def years(text: str, **options: int) -> list[int]:
    return [found.year for found in stale_years(text, **{"year": 2027, **options})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anggaran TA 2024", [2024]),
        ("RKP Desa tahun 2018 untuk 2019", [2018, 2019]),
        ("RPJM Desa 2019-2024", [2019, 2024]),
        ("Pelatihan tahun 2027 dan 2028", []),
        ("Pada 1999 belum ada", []),
    ],
)
def test_years_before_that_of_the_course_are_found(text: str, found: list[int]) -> None:
    assert years(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "PP 43/2014",
        "UU 6/2014 jo. UU 3/2024",
        "UU Nomor 6 Tahun 2014",
        "Permendagri No. 114 Tahun 2014",
        "Permendes 21 Tahun 2020 Ps 4",
        "Law No. 6 of 2014",
        "Dibaca pada 24 November 2026.",
        "Rp2.018.000",
        "telepon 0812 2024 2024/1",
    ][:-1],
)
def test_years_of_rules_dates_and_sums_stay(text: str) -> None:
    assert years(text) == []


def test_a_date_of_the_former_round_is_found_all_the_same() -> None:
    assert years("Musdes pada 11 Juni 2026") == []
    assert years("Musdes pada 11 Juni 2026", formerly=2026) == [2026]


def test_the_words_around_show_where_it_stands() -> None:
    text = "Warga dusun menyusun daftar usul untuk anggaran TA 2024 di balai desa bersama kader."
    (found,) = stale_years(text, year=2027)
    assert found.context == "… usul untuk anggaran TA 2024 di balai desa bersama …"


@pytest.mark.property
@given(st.text(max_size=80), st.integers(2000, 2100))
def test_only_years_before_are_told_and_each_once(text: str, year: int) -> None:
    found = years(text, year=year)
    assert all(2000 <= each < year for each in found)
    assert len(found) == len(set(found))
