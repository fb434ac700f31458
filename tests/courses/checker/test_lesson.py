"""What the checks say of a lesson, from plain data."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.checker import Draft, Severity, check_draft, has_errors, size_of
from courses.checker.words import RawBlock

ENDING: list[RawBlock] = [
    {"type": "practice", "value": "P-M1.1"},
    {"type": "discuss", "value": {"text": "<p>Siapa?</p>"}},
    {"type": "remember", "value": {"text": "<ul><li>Tulis.</li></ul>"}},
]
TEXT = "<p>Warga bicara. Kader menulis usul itu.</p>"


def lesson(*blocks: RawBlock, **fields: Any) -> Draft:
    known: dict[str, Any] = {"title": "Usul", "outcome": "Peserta dapat menulis usul.", "outcomes": ("H1",)}
    return Draft(**{**known, **fields}, body=[{"type": "paragraph", "value": TEXT}, *blocks, *ENDING])


def codes(draft: Draft) -> set[str]:
    return {finding.code for finding in check_draft(draft)}


def picture(alt: str) -> RawBlock:
    return {"type": "picture", "value": {"image": 1, "alt": alt, "credit": ""}}


def test_a_lesson_with_all_its_parts_gets_no_advice() -> None:
    assert check_draft(lesson(picture("Warga duduk melingkar di balai."))) == []


def test_a_lesson_says_what_it_lacks() -> None:
    bare = Draft("Usul", "", (), body=[{"type": "paragraph", "value": TEXT}])
    assert codes(bare) == {"no_outcome_text", "no_outcome", "no_practice", "no_discuss", "no_remember"}


def test_an_empty_lesson_gets_one_sentence_and_not_a_list_of_what_must_come() -> None:
    assert codes(Draft("Usul", "Dapat.", ("H1",))) == {"empty"}


def test_a_long_lesson_is_too_long_and_folded_extras_do_not_count() -> None:
    many = "<p>" + "Warga menulis usul baru. " * 150 + "</p>"
    assert "too_long" in codes(lesson({"type": "paragraph", "value": many}))
    for kind in ("accordion", "facilitator"):
        assert "too_long" not in codes(lesson({"type": kind, "value": {"title": "Dalami", "text": many}}))


def test_long_sentences_are_noted_once_there_is_enough_to_read() -> None:
    sentence = "<p>" + "kata " * 30 + ".</p>"
    assert "long_sentences" not in codes(lesson({"type": "paragraph", "value": sentence}))
    found = check_draft(lesson(*[{"type": "paragraph", "value": sentence}] * 5))
    assert [finding.severity for finding in found if finding.code == "long_sentences"] == [Severity.NOTE]


@pytest.mark.parametrize(
    "alt", ["IMG_2041.jpg", "IMG 2041", "dsc-00412", "foto_balai", "balai.PNG", "20260412", "WA0012", "??"]
)
def test_the_name_of_a_file_tells_nobody_what_a_picture_shows(alt: str) -> None:
    assert codes(lesson(picture(alt))) == {"file_name_as_alt"}


@pytest.mark.parametrize(
    "alt", ["Balai desa", "Warga di musdus 12 Juni 2026", "Peta RT 03, ditempel di balai."]
)
def test_words_about_a_picture_are_let_be(alt: str) -> None:
    assert codes(lesson(picture(alt))) == set()


def test_a_picture_without_words_is_found_at_its_place() -> None:
    found = check_draft(lesson(picture("Balai desa"), picture(" ")))
    assert [(finding.code, finding.place) for finding in found] == [("no_alt", 3)]


def test_a_box_with_the_law_asks_for_a_legal_basis() -> None:
    law = {"type": "law", "value": {"citation": "UU 6/2014 Ps 80", "summary": "<p>Warga ikut.</p>"}}
    assert codes(lesson(law)) == {"no_legal_basis"}
    assert codes(lesson(law, has_legal_basis=True)) == set()


def test_headings_with_nothing_below_or_without_words_are_found() -> None:
    blocks = [{"type": "heading", "value": text} for text in ("Satu", "  ", "Tiga")]
    found = check_draft(lesson(*blocks))
    assert [(finding.code, finding.place) for finding in found] == [
        ("empty_section", 2),
        ("empty_heading", 3),
    ]


def test_old_years_are_found_in_texts_but_not_in_cases_and_quotations() -> None:
    old = "<p>Anggaran TA 2024 sudah ditetapkan.</p>"
    blocks = [
        {"type": "note", "value": {"title": "", "text": old}},
        {"type": "case", "value": {"title": "Bak air", "text": old}},
        {"type": "quotation", "value": {"text": "Pada 2024 kami mulai.", "name": "Warga", "role": ""}},
    ]
    found = check_draft(lesson(*blocks, year=2027))
    assert [(finding.code, finding.place) for finding in found] == [("stale_year", 2)]
    assert "2024" in found[0].text
    assert check_draft(lesson(*blocks)) == []


def test_a_place_for_a_year_needs_a_course_with_a_year() -> None:
    text = {"type": "note", "value": {"title": "", "text": "<p>Rencana {tahun_dokumen}</p>"}}
    assert codes(lesson(text)) == {"no_year"}
    assert codes(lesson(text, year=2027)) == set()


def test_nothing_of_it_stops_an_author() -> None:
    worst = Draft(
        "", "", (), body=[picture(""), {"type": "law", "value": {}}, {"type": "heading", "value": ""}]
    )
    assert check_draft(worst)
    assert not has_errors(check_draft(worst))


_VALUES = st.sampled_from(
    [
        *(None, "", "<p>{tahun_dokumen} 2019</p>", "<b", 7, {}, [], {"alt": None}, {"text": "<h2>"}),
        {"data": [["a", None], []]},
        {"steps": ["<p>x</p>", {"value": "y"}]},
        {"items": [{"type": "item", "value": None}]},
    ]
)
_KINDS = st.sampled_from(["paragraph", "heading", "picture", "law", "case", "steps", "remember", "unknown"])


@pytest.mark.property
@given(st.lists(st.fixed_dictionaries({"type": _KINDS, "value": _VALUES}), max_size=6))
def test_whatever_is_stored_is_checked_without_stumbling(body: list[RawBlock]) -> None:
    check_draft(Draft("Judul", "Dapat.", ("H1",), body=body, year=2027))
    assert size_of(body).words >= 0
