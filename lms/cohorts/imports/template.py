"""The workbook to fill in: headings with lists to choose from, an example on a sheet of its own (it would be
imported if it stood among the people), and an explanation. Indonesian in every language: part of the format.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import translation

from lms.cohorts.imports.columns import HEADINGS, Column
from lms.cohorts.imports.sheet import SHEET
from lms.people.enums import Element

_ROWS = 5_000
_LISTS = "Daftar"
_EXAMPLE = {
    Column.FULL_NAME: "Anastasia",
    Column.CERTIFICATE_NAME: "Anastasia Bete, S.Pd.",
    Column.SEX: "P",
    Column.AGE: "34",
    Column.ROLE: "Kader Posyandu",
    Column.DUSUN: "Pauk",
    Column.ACCESS_NEEDS: "huruf besar",
    Column.CONSENT: "ya",
}
_EXPLANATION = {
    Column.FULL_NAME: "Wajib. Seperti orang itu menyebutnya; satu nama cukup. Gelar tulis di kolom berikut.",
    Column.CERTIFICATE_NAME: "Hanya jika berbeda, misalnya dengan gelar.",
    Column.SEX: "Wajib. L atau P.",
    Column.AGE: "Boleh kosong. Umur dalam tahun, atau tanggal lahir seperti 12-05-1990. Yang disimpan hanya "
    "kelompok umur.",
    Column.ELEMENT: "Pilih dari daftar. Jika kosong, dibaca dari jabatan.",
    Column.ROLE: "Boleh kosong.",
    Column.DUSUN: "Boleh kosong, tetapi membantu membedakan orang yang senama.",
    Column.VILLAGE: "Hanya jika berbeda dari desa pelatihan ini.",
    Column.ACCESS_NEEDS: "Boleh kosong. Apa yang membantu orang itu ikut, misalnya huruf besar. Jangan "
    "menulis penyakit. Hanya penyelenggara yang melihatnya.",
    Column.CONSENT: "Tulis ya jika orang itu setuju datanya disimpan. Baris tanpa ya tidak diambil. Jika "
    "semua sudah setuju di daftar kertas, hapus kolom ini.",
}
_GENERAL = [
    ("Cara mengisi", "Isi lembar Peserta, satu orang satu baris, paling banyak 5.000 baris. Lalu unggah."),
    ("Sebelum disimpan", "Anda melihat laporan baris demi baris. Yang menyimpan hanya tombol di bawahnya."),
    ("Dua kali", "Berkas yang sama boleh diunggah lagi: orang yang sudah terdaftar tidak ditambah lagi."),
    ("Tidak diminta", "NIK, nomor HP, dan alamat surel tidak disimpan."),
]  # fmt: skip


def template_workbook(*, hamlets: Iterable[str], with_access_needs: bool) -> bytes:
    """``hamlets`` are offered in the column of the hamlet; others may be written."""
    columns = [column for column in HEADINGS if with_access_needs or column != Column.ACCESS_NEEDS]
    with translation.override("id"):
        elements = [str(element.label) for element in Element]
    output = BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    example = {**_EXAMPLE, Column.ELEMENT: elements[Element.values.index(Element.CADRE)]}
    sheets = [_sheet(book, SHEET, columns, {}), _sheet(book, "Contoh", columns, example)]
    _explain(book, columns)
    lists = {
        Column.SEX: ["L", "P"],
        Column.ELEMENT: elements,
        Column.CONSENT: ["ya", "tidak"],
        Column.DUSUN: sorted(hamlets),
    }
    _offer(book, sheets, columns, {column: words for column, words in lists.items() if words})
    book.close()
    return output.getvalue()


def _sheet(book: Any, title: str, columns: list[Column], row: dict[Column, str]) -> Any:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    # Text, so that Excel makes neither a formula nor a date of what is typed.
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        wide = column in (Column.FULL_NAME, Column.CERTIFICATE_NAME)
        sheet.set_column(place, place, 28 if wide else 18, text)
        sheet.write_string(0, place, HEADINGS[column], head)
        if row.get(column):
            sheet.write_string(1, place, row[column], text)
    return sheet


def _explain(book: Any, columns: list[Column]) -> None:
    sheet = book.add_worksheet("Petunjuk")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    lines = [*_GENERAL, *((HEADINGS[column], _EXPLANATION[column]) for column in columns)]
    for number, (word, text) in enumerate(lines):
        sheet.write_string(number, 0, word, bold)
        sheet.write_string(number, 1, text, wrap)


def _offer(book: Any, sheets: list[Any], columns: list[Column], lists: dict[Column, list[str]]) -> None:
    """Lists to choose from stand on a hidden sheet: a list in a rule ends at 255 letters."""
    hidden = book.add_worksheet(_LISTS)
    for place, (column, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            hidden.write_string(row, place, word)
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"={_LISTS}!${letter}$1:${letter}${len(words)}",
            # A hamlet may be a new one; the other lists are complete.
            "error_type": "information" if column == Column.DUSUN else "warning",
        }
        for sheet in sheets:
            sheet.data_validation(1, columns.index(column), _ROWS, columns.index(column), rule)
    hidden.hide()
