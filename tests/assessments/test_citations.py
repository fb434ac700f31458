"""Citations as people write them: into their parts, and back to one way of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.citations import Citation, Rule, citations_in, parse_citation, parse_rule, rules_named

kinds = st.sampled_from(
    ["UU", "PP", "Permendagri", "Permendesa PDTT", "Permendesa PDT", "Perki", "Perbup Belu"]
)
rules = st.builds(Rule, kinds, st.integers(1, 9999), st.integers(1945, 2199))
numbers = st.integers(1, 300).map(str)
articles = st.one_of(
    numbers,
    st.builds("{}-{}".format, numbers, numbers),
    st.builds("{}{}".format, numbers, st.sampled_from("ABC")),
    st.sampled_from(["I", "II"]),
)
paragraph = st.integers(1, 30).map("({})".format)
paragraphs = st.one_of(
    paragraph,
    st.builds("{}-{}".format, paragraph, paragraph),
    st.builds("{} dan {}".format, paragraph, paragraph),
    st.builds("{}, {} dan {}".format, paragraph, paragraph, paragraph),
)
pieces = st.one_of(
    paragraphs.map("ayat {}".format),
    st.sampled_from("abcz").map("huruf {}".format),
    st.integers(1, 40).map("angka {}".format),
)
parts = st.lists(pieces, max_size=3).map(" ".join)


@st.composite
def places(draw: st.DrawFn) -> Citation:
    article = draw(st.one_of(st.just(""), articles))
    return Citation(
        draw(rules),
        article,
        draw(parts) if article else "",
        draw(st.sampled_from(["", "Penjelasan", "Penjelasan Umum"])),
        draw(st.one_of(st.none(), rules)),
    )


@pytest.mark.property
@given(places())
def test_what_is_written_is_read_as_the_same(place: Citation) -> None:
    assert parse_citation(str(place)) == place
    assert citations_in(str(place)) == [place]


@pytest.mark.property
@given(st.text(max_size=80))
def test_no_text_is_read_wrongly_or_stops_the_reader(text: str) -> None:
    for place in citations_in(text):
        assert parse_citation(str(place)) == place


@pytest.mark.property
@given(st.lists(rules, max_size=4))
def test_every_rule_in_a_text_is_found_in_its_order(named: list[Rule]) -> None:
    text = "; ".join(f"lihat {rule} Ps 3" for rule in named)
    assert rules_named(text, {rule.kind for rule in named}) == list(dict.fromkeys(named))


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("UU 6/2014 Ps 79 jo. UU 3/2024", ["UU 6/2014 Ps 79 jo. UU 3/2024"]),
        ("PP 16/2026 Ps 142(4) (berita acara Musdes)", ["PP 16/2026 Ps 142 ayat (4)"]),
        ("PP 16/2026 Ps 142 ayat (2) dan (4)", ["PP 16/2026 Ps 142 ayat (2) dan (4)"]),
        (
            "PP 16/2026 Ps 122(6),(7), 113",
            ["PP 16/2026 Ps 122 ayat (6)", "PP 16/2026 Ps 122 ayat (7)", "PP 16/2026 Ps 113"],
        ),
        (
            "UU 6/2014 Ps 68(1) huruf b,c",
            ["UU 6/2014 Ps 68 ayat (1) huruf b", "UU 6/2014 Ps 68 ayat (1) huruf c"],
        ),
        (
            "PP 16/2026 Ps 67 dan Penjelasan Ps 90(1)",
            ["PP 16/2026 Ps 67", "Penjelasan PP 16/2026 Ps 90 ayat (1)"],
        ),
        ("UU 3/2024 Ps I angka 22 (Ps 79(2) huruf a)", ["UU 3/2024 Ps I angka 22"]),
        ("Undang-Undang Nomor 6 Tahun 2014 Pasal 54", ["UU 6/2014 Ps 54"]),
        ("UU 6/2014 Ps 54; PP 16/2026 Ps 89", ["UU 6/2014 Ps 54", "PP 16/2026 Ps 89"]),
        ("UU 6/2014 Ps 20–22", ["UU 6/2014 Ps 20-22"]),
    ],
)
def test_ways_of_writing_become_one(written: str, places: list[str]) -> None:
    assert [str(place) for place in citations_in(written)] == places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bahan program",
        "Penjelasan Ps 24",
        "UU 6/2014 Ps tujuh",
        "PP 16/2026 Ps 89, menurut media",
        "Ps 3",
        "UU 6",
    ],
)
def test_what_is_no_law_or_half_of_one_is_no_citation(text: str) -> None:
    assert citations_in(text) == []


def test_a_rule_alone_is_a_rule_and_nothing_else_is() -> None:
    assert parse_rule("Permendesa PDTT 21/2020") == Rule("Permendesa PDTT", 21, 2020)
    assert parse_rule("UU 6/2014 Ps 3") is None
    assert parse_rule("Penjelasan UU 6/2014") is None
