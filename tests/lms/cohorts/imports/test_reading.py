"""How lists of people are read: headings, cells, and files that are none."""

import datetime
import io
import time
import tracemalloc
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.cohorts.imports import values
from lms.cohorts.imports.columns import HEADINGS as TEMPLATE_HEADINGS
from lms.cohorts.imports.columns import Column, guess
from lms.cohorts.imports.sheet import MAX_ROWS, Sheet, cell_text, read_sheet
from lms.people.enums import Element
from tests.assessments.imports.zoo import hostile
from tests.lms.cohorts.imports.lists import HEADINGS, MARIA, YOSEF, as_csv, as_xlsx

DAY = datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nama Lengkap", Column.FULL_NAME),
        ("NAMA", Column.FULL_NAME),
        ("Nama Peserta *", Column.FULL_NAME),
        ("L/P", Column.SEX),
        ("Jenis kelamin", Column.SEX),
        ("JK", Column.SEX),
        ("L", Column.MALE),
        ("Dusun", Column.DUSUN),
        ("Asal Dusun/Alamat", Column.DUSUN),
        ("Jabatan", Column.ROLE),
        ("Tgl lahir/Umur", Column.AGE),
        ("Tempat, Tanggal Lahir", Column.AGE),
        ("Tempat lahir", Column.UNREAD),
        ("No HP", Column.UNREAD),
        ("No. HP/WA", Column.UNREAD),
        ("NIK", Column.UNREAD),
        ("Nama Ibu", Column.UNREAD),
        ("Tanda Tangan", Column.UNREAD),
        ("Unsur/Lembaga", Column.ELEMENT),
        ("Desa", Column.VILLAGE),
        ("Nama di sertifikat", Column.CERTIFICATE_NAME),
        ("Kebutuhan akses", Column.ACCESS_NEEDS),
        ("No", Column.UNREAD),
        ("", Column.UNREAD),
    ],
)
def test_headings_are_read_as_people_write_them(heading: str, column: Column) -> None:
    assert guess([heading]) == [column]


def test_a_column_is_guessed_once() -> None:
    assert guess(["Nama", "Nama lengkap"]) == [Column.FULL_NAME, Column.UNREAD]


def test_every_heading_of_the_template_is_recognised() -> None:
    assert guess(list(TEMPLATE_HEADINGS.values())) == list(TEMPLATE_HEADINGS)


@pytest.mark.parametrize(
    ("text", "sex"),
    [("L", "L"), ("p", "P"), ("Laki-laki", "L"), ("Laki laki", "L"), ("Pr.", "P"), ("Pria", "L")],
)
def test_sex_is_read(text: str, sex: str) -> None:
    assert values.read_sex(text) == sex


def test_sex_is_read_from_two_columns_with_ticks() -> None:
    assert values.read_sex("", "√", "") == "P"
    assert values.read_sex("", "", "v") == "L"
    with pytest.raises(ValidationError, match="L"):
        values.read_sex("", "v", "v")


@pytest.mark.parametrize("text", ["", "-", "LP", "1", "ya"])
def test_a_sex_that_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        values.read_sex(text)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("34", "31-45"),
        ("34 th", "31-45"),
        ("17", "u18"),
        ("60", "60+"),
        ("18–30", "18-30"),
        ("lansia", "60+"),
        ("1980", "46-59"),
        ("1980-05-12", "46-59"),
        ("12/05/1980", "46-59"),
        ("2/6/1996", "18-30"),
        ("1/6/1995", "31-45"),
        ("12 Mei 1980", "46-59"),
        ("Atambua, 12-05-1980", "46-59"),
        ("12.05.80", "46-59"),
        ("01/01/08", "18-30"),
        ("29353", "46-59"),
        ("-", ""),
        ("", ""),
    ],
)
def test_of_an_age_or_date_of_birth_the_band_is_kept(text: str, band: str) -> None:
    assert values.read_age(text, DAY) == band


@pytest.mark.parametrize(
    "text", ["31/06/1980", "31 Juni 1980", "30-2-1990", "250", "3", "1/1/2030", "2025", "tiga puluh", "99999"]
)
def test_an_unlikely_age_or_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        values.read_age(text, DAY)
    assert text in refused.value.messages[0]


@pytest.mark.parametrize(
    ("text", "element"),
    [("Sekdes", "pemdes"), ("Ketua BPD", "bpd"), ("Ketua RT 3", "lkd"), ("Kader Posyandu", "kader"),
     ("petani", "warga"), ("lainnya", "lain"), ("Sopir", ""), ("", "")],
)  # fmt: skip
def test_the_element_is_told_by_the_office(text: str, element: str) -> None:
    assert values.read_element(text) == element


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("element", list(Element))
def test_the_names_of_elements_are_read_in_both_languages(element: Element, language: str) -> None:
    with translation.override(language):
        assert values.read_element(str(element.label)) == element
    assert values.read_element(element.value) == element


@pytest.mark.parametrize("text", ["", "tidak", "-", "?", "mungkin"])
def test_only_a_clear_yes_is_consent(text: str) -> None:
    values.check_consent("Ya")
    with pytest.raises(ValidationError):
        values.check_consent(text)


@pytest.mark.parametrize("name", ["", "=HYPERLINK(1)", "@nama", "123", "…"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        values.check_name(name)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_with_any_separator(separator: str) -> None:
    sheet = read_sheet(as_csv([HEADINGS, MARIA], separator))
    assert sheet.headings == list(HEADINGS)
    assert sheet.rows == [(2, list(MARIA))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_the_encodings_of_spreadsheets(encoding: str) -> None:
    rows = as_csv([HEADINGS, ("José Márquez", *MARIA[1:])]).decode()
    assert read_sheet(rows.encode(encoding)).rows[0][1][0] == "José Márquez"


def test_excel_is_read_below_its_title_and_with_two_rows_of_headings() -> None:
    rows = [
        ["DAFTAR PESERTA PELATIHAN"],
        [],
        ["No", "Nama", "Jenis kelamin", None, "Dusun", "Tgl lahir"],
        [None, None, "L", "P", None, None],
        [1, "Maria Bete", None, "√", "Liu", datetime.datetime(1990, 5, 12)],
        [],
        [2.0, "Yosef", "√", None, "Liu", 51],
    ]
    sheet = read_sheet(as_xlsx(rows, merged=["A1:F1", "C3:D3"]))
    assert guess(sheet.headings) == [
        Column.UNREAD, Column.FULL_NAME, Column.MALE, Column.FEMALE, Column.DUSUN, Column.AGE,
    ]  # fmt: skip
    assert sheet.rows == [
        (5, ["1", "Maria Bete", "", "√", "Liu", "1990-05-12"]),
        (7, ["2", "Yosef", "√", "", "Liu", "51"]),
    ]


def test_a_cell_that_spans_rows_speaks_of_all_of_them_and_not_of_empty_ones() -> None:
    rows = [["Nama", "L/P", "Dusun"], ["Maria", "P", "Liu"], ["Yosef", "L"], [], ["Ana", "P", "Pauk"]]
    sheet = read_sheet(as_xlsx(rows, merged=["C2:C4"]))
    assert [cells[2] for _number, cells in sheet.rows] == ["Liu", "Liu", "Pauk"]


def test_a_list_without_headings_is_read_and_its_columns_are_chosen_later() -> None:
    sheet = read_sheet(as_csv([MARIA, YOSEF]))
    assert sheet.headings == [""] * 6
    assert len(sheet.rows) == 2


def test_what_was_read_is_kept_without_loss() -> None:
    sheet = read_sheet(as_csv([HEADINGS, MARIA, YOSEF]))
    assert Sheet.from_json(sheet.to_json()) == sheet


def test_formulas_are_not_evaluated_and_text_stays_text() -> None:
    rows = [["Nama", "L/P"], ["=1+1", "P"], ["'=cmd|' /C calc'!A0", "P"]]
    sheet = read_sheet(as_xlsx(rows))
    assert [cells[0] for _number, cells in sheet.rows] == ["", "'=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("value", ["a\u202eb", "a\x00b", " a\tb ", "a\nb"])
def test_signs_that_turn_a_line_around_do_not_come_in(value: str) -> None:
    assert set(cell_text(value)) <= {"a", "b", " "}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return out.getvalue()


HOSTILE: dict[str, Any] = {
    "empty": b"",
    "blank": b" \n ",
    "headings only": as_csv([HEADINGS]),
    "hundred megabytes": io.BytesIO(b"a" * 100_000_000),
    "bomb": bomb(),
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "pdf": b"%PDF-1.7",
    "web page": b"<html><table><tr><td>Nama</td></tr></table></html>",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "machine code": b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 100,
    "no workbook": b"PK\x03\x04" + b"x" * 200,
    "too many rows": as_csv([HEADINGS, *[MARIA] * (MAX_ROWS + 1)]),
    "endless cell": b"Nama;L/P\n" + b"a" * 200_000 + b";P\n",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_file_that_is_no_list_is_refused_with_a_sentence_and_soon(name: str) -> None:
    start = time.process_time()
    with pytest.raises(ValidationError) as refused:
        read_sheet(HOSTILE[name])
    assert time.process_time() - start < 2
    assert refused.value.messages[0].endswith(".")


def test_a_cell_at_the_end_of_the_world_costs_no_memory() -> None:
    rows = as_xlsx([["Nama", "L/P"], ["Maria", "P"]])
    with zipfile.ZipFile(io.BytesIO(rows)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    tracemalloc.start()
    sheet = read_sheet(out.getvalue())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [cells[0] for _number, cells in sheet.rows] == ["Maria"]
    assert most < 30_000_000


@pytest.mark.parametrize(
    "name", [name for name, data in hostile() if data[:2] == b"PK" and name != "no headings"]
)
def test_workbooks_that_break_the_import_of_questions_do_not_break_this_one(name: str) -> None:
    with pytest.raises(ValidationError):
        read_sheet(dict(hostile())[name])


@pytest.mark.parametrize("data", [as_csv([HEADINGS, MARIA, YOSEF]), as_xlsx([HEADINGS, MARIA, YOSEF])])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_a_broken_file_is_read_or_refused_and_nothing_else(data: bytes, draw: st.DataObject) -> None:
    broken = bytearray(data)
    for _time in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, len(broken) - 1))
        broken[place : place + draw.draw(st.integers(0, 40))] = draw.draw(st.binary(max_size=20))
    try:
        sheet = read_sheet(bytes(broken))
    except ValidationError:
        return
    assert len({len(cells) for _number, cells in sheet.rows} | {len(sheet.headings)}) == 1
