"""What each format's quirks become: our own fixtures, with the habits of real files."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessments.datasets.drafts import QuestionDraft, Refusal
from assessments.imports.detect import parse_file

DATA = Path(__file__).parents[2] / "data" / "questions"


def parsed(source: str | bytes | Path) -> Any:
    data = source.read_bytes() if isinstance(source, Path) else source
    return parse_file(data.encode() if isinstance(data, str) else data, "berkas")


def drafts(source: str | bytes | Path) -> list[QuestionDraft]:
    return [entry for entry in parsed(source).entries if isinstance(entry, QuestionDraft)]


def refusals(source: str | bytes | Path) -> list[str]:
    return [entry.where for entry in parsed(source).entries if isinstance(entry, Refusal)]


def essay(text: str) -> str:
    question = f'<questiontext format="html"><text>{text}</text></questiontext>'
    return f'<quiz><question type="essay">{question}</question></quiz>'


# Moodle XML


def test_moodle_says_what_it_found() -> None:
    found = parsed(DATA / "moodle.xml")
    assert found.format == "moodle_xml"
    assert [draft.kind for draft in found.drafts] == [
        *("single", "multiple", "true_false", "short_answer", "numeric"),
        *("matching", "open_text", "ordering", "single"),
    ]
    assert found.unknown == {"description": 1, "cloze": 1, "ddwtos": 1}


def test_moodle_html_becomes_lines_and_pictures_are_found_by_name() -> None:
    first = drafts(DATA / "moodle.xml")[0]
    assert first.stem == "Siapa yang membahas rancangan?\n\nPilih satu.\nBaca dulu."
    assert [(picture.name, picture.alternative) for picture in first.pictures] == [
        ("balai desa.png", "Balai desa")
    ]
    assert first.pictures[0].data.startswith(b"\x89PNG")
    assert [(o.text, o.correct, o.rationale) for o in first.options] == [
        ("BPD", True, "Benar."),
        ("Camat", False, ""),
    ]
    assert (first.code, first.shuffle, first.feedback) == ("LEM-01", False, "Lihat UU Desa.")
    assert first.tags == ["lembaga", "kesulitan: mudah"]
    assert first.place["category"] == "Lembaga desa"


def test_moodle_weights_that_change_are_told() -> None:
    changes = {draft.title: " ".join(draft.changes) for draft in drafts(DATA / "moodle.xml")}
    assert "took points away" in changes["Q1 BPD"]
    assert "right minus wrong" in changes["Dua benar"]
    assert "placeholder *" in changes["Isian"]
    assert "part of the points" in changes["Isian"]
    assert changes["Jodoh"] == ""


def test_moodle_numbers_pairs_and_order() -> None:
    by_kind = {draft.kind: draft for draft in drafts(DATA / "moodle.xml")}
    number = by_kind["numeric"]
    assert (number.answer, number.tolerance, number.unit) == (Decimal("1.5"), Decimal("0.1"), "juta")
    assert number.own["common_errors"] == [{"value": "3", "why": "Belum dibagi."}]
    assert [(pair.left, pair.right) for pair in by_kind["matching"].pairs][-1] == ("", "5 tahun")
    assert by_kind["ordering"].steps == ["satu", "dua", "tiga"]
    assert by_kind["short_answer"].accepted == ["badan permusyawaratan desa"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_moodle_in_any_usual_encoding(encoding: str) -> None:
    xml = (
        '<quiz><question type="essay"><questiontext><text>Café “desa”</text></questiontext></question></quiz>'
    )
    assert drafts(xml.encode(encoding))[0].stem == "Café “desa”"


def test_moodle_that_names_windows_1252() -> None:
    xml = essay("Café – ya")
    xml = f'<?xml version="1.0" encoding="windows-1252"?>{xml}'
    assert drafts(xml.encode("cp1252"))[0].stem == "Café – ya"


def test_a_picture_at_an_address_is_not_fetched() -> None:
    xml = essay('&lt;img src="http://127.0.0.1/x.png"&gt;Apa?')
    draft = drafts(xml)[0]
    assert draft.pictures == []
    assert "http://127.0.0.1/x.png" in draft.changes[0]


def test_scripts_and_styles_are_not_text() -> None:
    html = "<style>p{}</style><script>alert(1)</script>Apa?<table><tr><td>a</td><td>b</td></tr></table>"
    xml = essay(f"<![CDATA[{html}]]>")
    assert drafts(xml)[0].stem == "Apa?\n\na | b"


# GIFT


def test_gift_kinds() -> None:
    found = parsed(DATA / "campuran.gift")
    assert [draft.kind for draft in found.drafts] == [
        *("single", "true_false", "short_answer", "multiple", "numeric", "numeric"),
        *("matching", "open_text", "short_answer"),
    ]
    assert found.unknown == {"description": 1}
    assert len(refusals(DATA / "campuran.gift")) == 1


def test_gift_escapes_remarks_and_titles() -> None:
    first = drafts(DATA / "campuran.gift")[0]
    assert (first.code, first.title) == ("GF-01", "Judul satu")
    assert first.stem == "Siapa yang membahas: BPD = ?\n\nPilih."
    assert [(o.text, o.correct, o.rationale) for o in first.options] == [
        ("BPD", True, "Benar ~ ya"),
        ("Camat", False, "Salah"),
        ("Bupati", False, ""),
    ]
    assert first.feedback == "Lihat UU Desa."
    assert first.tags == ["lembaga", "kesulitan: mudah"]
    assert first.place["category"] == "Desa"


def test_gift_missing_word_ranges_and_gaps_between_answers() -> None:
    by_stem = {draft.stem: draft for draft in drafts(DATA / "campuran.gift")}
    assert by_stem["BPD adalah _____ di desa."].accepted == ["badan permusyawaratan desa", "BPD"]
    assert [o.correct for o in by_stem["Mana dua?"].options] == [True, True, False]
    assert (by_stem["Antara berapa?"].answer, by_stem["Antara berapa?"].tolerance) == (Decimal(2), Decimal(1))
    assert (by_stem["Berapa?"].answer, by_stem["Berapa?"].tolerance) == (Decimal("1.5"), Decimal("0.1"))


NOT_FOR_ALL = "Feedback for some of its answers only went to the note."


def test_praise_of_who_was_right_is_not_shown_to_who_was_wrong() -> None:
    said = next(draft for draft in drafts(DATA / "campuran.gift") if draft.stem == "Dana desa dari APBN.")
    assert (said.rationale, said.note, said.changes) == ("", "Bukan begitu\nBetul", [NOT_FOR_ALL])
    same = drafts(b"Dana desa dari APBN.{T#Ayat 2.#Ayat 2.}")[0]
    assert (same.rationale, same.note, same.changes) == ("Ayat 2.", "", [])


@pytest.mark.parametrize(
    "source",
    [
        b"Berapa?{#=5:0#Tepat ~#Baca lagi.}",
        b"Berapa?{#=5:0#Tepat =%0%*#Baca lagi.}",
        b"""<quiz><question type="numerical"><questiontext><text>Berapa?</text></questiontext>
        <answer fraction="100"><text>5</text><feedback><text>Tepat</text></feedback></answer>
        <answer fraction="0"><text>*</text><feedback><text>Baca lagi.</text></feedback></answer>
        </question></quiz>""",
    ],
)
def test_a_remark_on_any_other_number_is_kept_in_the_note_and_told(source: bytes) -> None:
    number = drafts(source)[0]
    assert (number.answer, number.rationale, number.note) == (Decimal(5), "Tepat", "Baca lagi.")
    assert number.changes == [NOT_FOR_ALL]
    assert not number.own.get("common_errors")


# Aiken


def test_aiken_as_people_type_it() -> None:
    first, second = drafts(DATA / "desa.aiken.txt")
    assert first.stem == "Siapa yang membahas\nrancangan peraturan desa?"
    assert [(o.text, o.correct) for o in first.options] == [
        ("BPD", True),
        ("Camat", False),
        ("Bupati", False),
    ]
    assert (second.kind, [o.correct for o in second.options]) == ("multiple", [True, False, True])
    assert second.options[1].text == "dua yang panjang"
    assert second.changes


def test_aiken_names_the_line_of_what_it_refuses() -> None:
    assert [where.split(" “")[0] for where in refusals(DATA / "desa.aiken.txt")] == [
        "Line 15",
        "Line 19",
        "Line 24",
    ]
