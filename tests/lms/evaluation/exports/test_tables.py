import io
import zipfile

import openpyxl
import pytest

from lms.evaluation.exports.tables import Sheet, xlsx


def cells(sheet: Sheet, **more: str):
    book = openpyxl.load_workbook(io.BytesIO(xlsx([sheet], title="t", **more)))
    return list(book.worksheets[0].iter_rows())


def test_numbers_are_numbers_and_what_is_not_told_is_empty():
    rows = cells(Sheet("a", "A", ("n", "mean", "none"), [(3, -1.25, None)]))
    assert [cell.value for cell in rows[1]] == [3, -1.25, None]
    assert [cell.data_type for cell in rows[1][:2]] == ["n", "n"]


def test_a_truth_is_a_word_and_not_a_number():
    rows = cells(Sheet("a", "A", ("yes", "no"), [(True, False)]))
    assert [cell.value for cell in rows[1]] == ["ya", "tidak"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_no_text_runs_as_a_formula(start):
    text = f"{start}HYPERLINK(1)"
    content = xlsx([Sheet("a", "A", (text,), [(text,)])], title="t")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    found = [cell.value for row in cells(Sheet("a", "A", (text,), [(text,)])) for cell in row]
    assert all(value.startswith("'") for value in found)


def test_an_address_is_no_link():
    content = xlsx([Sheet("a", "A", ("x",), [("http://example.org",)])], title="t")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"hyperlink" not in packed.read("xl/worksheets/sheet1.xml")


def test_the_remark_stands_on_every_printed_page():
    content = xlsx([Sheet("a", "A", ("x",), []), Sheet("b", "B", ("x",), [])], title="t", remark="A & B")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.oddHeader.center.text for sheet in book.worksheets] == ["A && B", "A && B"]
