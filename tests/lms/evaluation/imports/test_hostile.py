"""Files that cannot be used are refused soon and with a sentence, whatever they are."""

import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.imports import read_scores
from tests.lms.evaluation.imports.files import csv_of, workbook_of

SECONDS = 20
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def repacked(data: bytes, part: str, change: bytes) -> bytes:
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change if name == part else old.read(name))
    return out.getvalue()


def a_workbook() -> bytes:
    return workbook_of(["id", "pre", "post"], ["a", 1, 2])


def a_zip_of(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * size)
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "blank": b" \n\n ",
    "headings only": b"id,pre,post\n",
    "no headings": b"1,2,3\n2,3,4\n",
    "words only": b"sebuah,surat,biasa\nuntuk,kepala,desa\n",
    "no scores": b"id,pre,post\na,,\nb,-,-\n",
    "a PDF": b"%PDF-1.7 something",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "an old Excel file": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "a page": b"<!DOCTYPE html><table><tr><td>id</td></tr></table>",
    "XML with entities": b"<?xml version='1.0'?>" + DTD + b"<x>&b;</x>",
    "binary": bytes(range(256)) * 20,
    "half a workbook": a_workbook()[:900],
    "a zip of anything": a_zip_of(10),
    "a zip bomb": a_zip_of(60_000_000),
    "a workbook with entities": repacked(
        a_workbook(), "xl/worksheets/sheet1.xml", DTD + b"<worksheet><sheetData/></worksheet>"
    ),
    "a workbook with broken XML": repacked(a_workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheet"),
    "too many columns": csv_of(
        ",".join(["id", *(f"q{n}" for n in range(500))]), ",".join(["a"] + ["1"] * 500)
    ),
    "too many rows": csv_of("id,pre,post", *("a,1,2" for _row in range(50_001))),
    "an open quotation mark": csv_of("id,pre,post", 'a,"1,2', *(f"p{n},1,2" for n in range(50))),
    "a cell without an end": b'id,pre,post\na,1,"' + b"x" * 140_000 + b'"\n',
    "too many people": csv_of("kode,pre,post", *(f"p{n},1,2" for n in range(10_001))),
    "several rows a person and no code": csv_of("tes,skor", "pre,1", "post,2"),
    "letters without a key": csv_of("id,q1,q2", "a,A,C", "b,D,C"),
    "tests without a common question": csv_of("id,pre_1,pre_2,post_3,post_4", "a,0,1,1,1"),
    "too many questions": csv_of("id,soal,skor", *(f"a,{n},1" for n in range(300))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence_and_soon(name: str) -> None:
    began = time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        read_scores(HOSTILE[name])
    assert time.monotonic() - began < SECONDS
    text = " ".join(refusal.value.messages)
    assert text.endswith(".")
    assert "Traceback" not in text


def test_a_file_of_a_hundred_megabytes_is_read_no_further_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with path.open("rb") as file, pytest.raises(ValidationError) as refusal:
        read_scores(file)
    assert refusal.value.code == "size"


def test_the_contents_decide_and_not_the_name() -> None:
    named = io.BytesIO(a_workbook())
    named.name = "nilai.csv"
    assert read_scores(named).frame.took("post") == (2,)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (b"", "key"),
        (b"%PDF-", "key"),
        (b"item,key\n", "key"),
        (b"q1,A\nq1,B\n", "key"),
        (b"q8,A\nq9,B\n", "key"),
    ],
)
def test_a_key_that_is_none_is_refused(key: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_scores(csv_of("id,q1,q2", "x,A,B", "y,C,D"), key=io.BytesIO(key))
    assert refusal.value.code == code


def test_a_column_of_groups_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValidationError, match="kode, pre, post"):
        read_scores(csv_of("kode,pre,post", "a,1,2"), group="dusun")


def test_a_column_that_names_people_groups_nobody() -> None:
    lines = [f"p{n},{n},{n},Desa {n}" for n in range(61)]
    with pytest.raises(ValidationError, match="60") as refusal:
        read_scores(csv_of("kode,pre,post,desa", *lines), group="desa")
    assert refusal.value.code == "group"


@pytest.mark.property
@given(st.binary(max_size=400))
def test_no_bytes_do_worse_than_a_refusal(data: bytes) -> None:
    for content in (data, b"PK\x03\x04" + data, b"id,pre,post\n" + data):
        with suppress(ValidationError):
            read_scores(content)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ["pre", "post", "1", "0,5", "A", "id", "", "=1", "15/20", "kunci", "maks", "rata-rata", "50%"]
)


@pytest.mark.property
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_no_table_does_worse_than_a_refusal(rows: list[list[str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in rows)
    with suppress(ValidationError):
        read_scores(text.encode(), max_points=20)
