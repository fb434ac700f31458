"""What every paper has, whatever it is about: size, foot, letterhead, tables, text that stays text."""

import io
from datetime import date, time
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from lms.press.indonesian import clock, date_range, long_date, rupiah, weekday_date
from lms.press.paper import SIZES, Frame, Heading, PaperSize, Part, plain, print_paper, print_parts
from tests.lms.press.reading import pages_of, pieces_of, sizes_of

TABLE = """
#import "/kit/kit.typ": *
#let paper(d) = {
  title("DAFTAR", d.about)
  facts(("Tempat", d.place), ("Catatan", ""))
  ledger(columns: (9mm, 1fr, 22mm), head: ("No", "Nama", "Jabatan"),
    rows: d.people.enumerate(start: 1).map(((i, each)) => (str(i), name(each), "Pertanggungjawaban")))
  signatures((above: ("", "Fasilitator,"), name: ""), (above: ("11 Juni 2018", d.office), name: d.signs))
}
"""
DATA: dict[str, Any] = {
    "about": "Pelatihan",
    "place": "Kantor Desa",
    "people": ["Maria", "Yosef Mali Bele"],
    "office": "a.n. Kepala Desa Loonuna",
    "signs": "Yosef Mali Bele",
}
HEADING = Heading(("PEMERINTAH KABUPATEN BELU", "DESA LOONUNA"), ("Telepon 0389-123",))
FRAME = Frame("Daftar", HEADING, "LNN-2018", date(2018, 6, 11))


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "typst" / "list.typ"
    file.parent.mkdir()
    file.write_text(TABLE)
    return file


def picture(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 60), colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("size", "short", "long"), [("a4", 210, 297), ("f4", 215, 330)])
def test_paper_is_as_large_as_asked_for(template: Path, size: PaperSize, short: int, long: int) -> None:
    assert sizes_of(print_paper(template, DATA, size, frame=FRAME)) == {(short, long)}
    across = print_paper(template, DATA, size, frame=FRAME, orientation="landscape")
    assert sizes_of(across) == {(long, short)}


@pytest.mark.parametrize("size", SIZES)
def test_each_page_has_head_of_the_table_code_date_and_number(template: Path, size: PaperSize) -> None:
    people = [f"Warga {number}" for number in range(90)]
    pages = pages_of(print_paper(template, {**DATA, "people": people}, size, frame=FRAME))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "LNN-2018 · dicetak 11 Juni 2018" in page
        assert "DESA LOONUNA" in page or number > 1
    assert all("Jabatan" in page for page in pages if "Warga" in page)
    assert sum(page.count("Warga") for page in pages) == 90


def test_each_part_of_a_pack_is_numbered_by_itself(template: Path) -> None:
    many = {**DATA, "people": [f"Warga {number}" for number in range(60)]}
    pages = pages_of(print_parts([Part(template, DATA), Part(template, many)], frame=FRAME))
    assert "Halaman 1 dari 1" in pages[0]
    assert f"Halaman 1 dari {len(pages) - 1}" in pages[1]


def test_names_are_text_and_never_markup(template: Path) -> None:
    hostile = ['#read("x")', "$x^2$", "*a* _b_", "@lihat", r"\u{41}", "<label>", "`x`", "// x", "= Judul"]
    text = pages_of(print_paper(template, {**DATA, "people": hostile}, frame=FRAME))[0]
    for each in hostile:
        assert each in text


def test_a_letter_that_the_font_lacks_does_not_stop_the_paper(template: Path) -> None:
    assert "Maria" in pages_of(print_paper(template, {**DATA, "people": ["Maria 愛"]}, frame=FRAME))[0]


def test_what_could_turn_a_line_around_is_taken_out_of_all_data(template: Path) -> None:
    turned = {**DATA, "about": "Pelatihan\u202eabc", "people": ["Ma\u200bria\x07"]}
    pdf = print_paper(template, turned, frame=FRAME)
    assert "Pelatihanabc" in pages_of(pdf)[0]
    assert "Maria" in pages_of(pdf)[0]
    assert plain("a\r\nb\u2066") == "a\nb"


def test_a_long_word_keeps_to_its_column_and_a_name_gets_no_hyphen(template: Path) -> None:
    pdf = print_paper(template, {**DATA, "people": ["Bere" * 60]}, frame=FRAME)
    pieces = pieces_of(pdf)
    left = {words: x for words, x, _y in pieces if words in ("No", "Nama", "Jabatan")}
    top = next(y for words, _x, y in pieces if words == "Nama")
    row = [
        (words, x) for words, x, y in pieces if words in ("B", "e", "r", "-") and y < top and x > left["No"]
    ]
    assert sum(words != "-" for words, _x in row) >= 240
    assert [(words, x) for words, x in row if words != "-" and x >= left["Jabatan"]] == []
    assert [x for words, x in row if words == "-" and x < left["Jabatan"]] == []
    # The sentence in the narrow column is divided where Indonesian words are.
    assert "Pertang-" in pages_of(pdf)[0].replace("\xad", "")


def test_the_same_data_gives_the_same_bytes(template: Path) -> None:
    assert print_paper(template, DATA, frame=FRAME) == print_paper(template, DATA, frame=FRAME)


def test_a_letterhead_stands_with_and_without_logo(template: Path) -> None:
    logo = Frame("Daftar", Heading(HEADING.lines, HEADING.contact, picture()), "LNN-2018", date(2018, 6, 11))
    for frame, images in ((FRAME, 0), (logo, 1)):
        page = pypdf.PdfReader(io.BytesIO(print_paper(template, DATA, frame=frame))).pages[0]
        assert "DESA LOONUNA" in page.extract_text()
        assert len(page.images) == images


def test_a_paper_without_any_letterhead_begins_with_its_title(template: Path) -> None:
    bare = Frame("Daftar", Heading(()), "LNN-2018", date(2018, 6, 11))
    assert pages_of(print_paper(template, DATA, frame=bare))[0].startswith("DAFTAR")


def test_simulated_data_says_so_on_each_page(template: Path) -> None:
    frame = Frame("Daftar", HEADING, "LNN-2018", date(2018, 6, 11), is_simulated=True)
    people = [f"Warga {number}" for number in range(60)]
    pages = pages_of(print_paper(template, {**DATA, "people": people}, frame=frame))
    assert all("DATA SIMULASI" in page for page in pages)
    assert "DATA SIMULASI" not in pages_of(print_paper(template, DATA, frame=FRAME))[0]


def test_a_template_reads_its_own_folder_and_the_kit_only(template: Path) -> None:
    (template.parent.parent / "secret.txt").write_text("rahasia")
    for place in ("../secret.txt", "/secret.txt", "/etc/passwd", str(template.parent.parent / "secret.txt")):
        template.write_text(f'#let paper(d) = read("{place}")')
        with pytest.raises(RuntimeError, match="no file"):
            print_paper(template, {}, frame=FRAME)
    (template.parent / "own.txt").write_text("boleh")
    template.write_text('#let paper(d) = read("own.txt")')
    assert "boleh" in pages_of(print_paper(template, {}, frame=FRAME))[0]


def test_dates_times_and_money_are_written_as_in_indonesia() -> None:
    assert long_date(date(2018, 6, 11)) == "11 Juni 2018"
    assert weekday_date(date(2018, 6, 11)) == "Senin, 11 Juni 2018"
    assert clock(time(9, 0), "WITA") == "09.00 WITA"
    assert clock(time(13, 5)) == "13.05"
    assert rupiah(1_200_000) == "Rp1.200.000"
    assert rupiah(0) == "Rp0"
    assert rupiah(-500) == "-Rp500"


def test_a_range_of_dates_says_each_part_once() -> None:
    first = date(2018, 6, 11)
    assert date_range(first, first) == "11 Juni 2018"
    assert date_range(first, date(2018, 6, 13)) == "11–13 Juni 2018"
    assert date_range(first, date(2018, 7, 2)) == "11 Juni–2 Juli 2018"
    assert date_range(first, date(2019, 1, 2)) == "11 Juni 2018–2 Januari 2019"
