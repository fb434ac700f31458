"""Files that nobody means well with, by what they try."""

import io
import zipfile
from collections.abc import Iterator

import xlsxwriter

QUESTION = b"<quiz><question type='essay'><questiontext><text>a</text></questiontext></question></quiz>"


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("Soal")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    workbook.close()
    return out.getvalue()


def _replaced(part: str, data: bytes) -> bytes:
    """A sound workbook with one part exchanged."""
    source = zipfile.ZipFile(io.BytesIO(book([["jenis", "soal"], ["x", "y"]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, data if name == part else source.read(name))
    return out.getvalue()


def hostile() -> Iterator[tuple[str, bytes]]:
    laughs = b"<!DOCTYPE q [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    yield "billion laughs", laughs + b"]><quiz>&j;</quiz>"
    yield (
        "quadratic",
        b"<!DOCTYPE q [<!ENTITY a '" + b"x" * 50_000 + b"'>]><quiz>" + b"&a;" * 5_000 + b"</quiz>",
    )
    yield "external file", b"<!DOCTYPE q [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><quiz>&a;</quiz>"
    yield "external http", b"<!DOCTYPE q [<!ENTITY a SYSTEM 'http://127.0.0.1:9/x'>]><quiz>&a;</quiz>"
    yield "parameter entity", b"<!DOCTYPE q [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/x'> %a;]><quiz/>"
    yield "external dtd", b"<!DOCTYPE quiz SYSTEM 'http://127.0.0.1:9/x.dtd'>" + QUESTION
    yield "bare doctype", b"<!DOCTYPE quiz>" + QUESTION
    yield "utf-16 doctype", "<!DOCTYPE quiz><quiz/>".encode("utf-16")
    yield "utf-7", b"<?xml version='1.0' encoding='UTF-7'?>+ADw-quiz+AD4-"
    yield "deep", b"<quiz>" + b"<a>" * 1_000_000
    yield "deep and closed", b"<quiz>" + b"<a>" * 300_000 + b"</a>" * 300_000 + b"</quiz>"
    yield "many elements", b"<quiz>" + b"<a/>" * 1_000_000 + b"</quiz>"
    yield "many attributes", b"<quiz " + b" ".join(b"a%d='1'" % n for n in range(300_000)) + b"><a></quiz>"
    yield "cut off", QUESTION[:-10]
    yield "other root", b"<html><body>halo</body></html>"
    yield "not xml", b"<<<<>>>>"
    yield "huge", b"<quiz>" + b"x" * 100_000_000
    yield "huge text", b"a" * 100_000_000
    yield "empty", b""
    yield "only spaces", b"  \n\r\n\t "
    yield "zeros", b"\0" * 1_000_000
    yield "pdf", b"%PDF-1.7 halo"
    yield "old excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    yield "prose", b"Ini bukan soal sama sekali.\nHanya kalimat."
    yield "zip bomb", _zip(**{"xl__workbook.xml": b"<a/>", "xl__b.xml": b"\0" * 150_000_000})
    yield "zip of many", _zip(**{f"f{n}": b"x" for n in range(500)})
    yield "zip without workbook", _zip(**{"word__document.xml": b"<a/>"})
    yield "empty zip", b"PK\x05\x06" + b"\0" * 18
    yield "torn zip", book([["jenis", "soal"], ["x", "y"]])[:-200]
    yield "zip nonsense", b"PK\x03\x04" + b"\xff" * 5_000
    yield "workbook of entities", _replaced("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    yield "sheet of nonsense", _replaced("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")
    cells = b"<row><c r='A1'/></row>" * 250_000
    yield (
        "many cells",
        _replaced(
            "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
        ),
    )
    yield "no headings", book([["halo", "dunia"]] * 20)
    yield "too many rows", book([["jenis", "soal"]] + [["esai", f"soal {n}"] for n in range(5_001)])


def endless() -> Iterator[tuple[str, bytes]]:
    """Files within the limits, made so that a careless pattern looks at each letter again and again."""
    for markup in ("<a ", "<a/", "<a b=", "<a b='", "<!--", "<p\n", "<script", "x<", "&#", "<![", "<td\"'>"):
        yield f"markup {markup!r} that never ends", _quiz_of(markup)
    yield "empty lines", b"\n" * 199_000 + b"x"
    yield "empty lines in a brace", b"q {" + b"x" * 3_000_000 + b"\n" * 300_000
    yield "an option of many lines", b"q\n" + b"A. x\n" * 200_000 + b"ANSWER: A"
    yield "an answer of spaces", b"q\nA. x\nB. y\nANSWER: A" + b" " * 3_000_000 + b"!"
    yield "numbers that never end", b"// " + b"[id:" * 500_000 + b"\n{T}\n"
    yield "tags that never end", b"q {T} " + b"<a" * 1_000_000
    yield "answers without number", b"q {" + b"~a" * 1_000_000 + b"}"
    yield "a Moodle question of answers", _question("q", "<answer><text>a</text></answer>" * 20_000)


def _quiz_of(markup: str) -> bytes:
    text = (markup * 50_000)[:50_000]
    return b"<quiz>" + _question(f"<![CDATA[{text.replace(']]>', '')}]]>")[6:-7] * 10 + b"</quiz>"


def _question(text: str, answers: str = "") -> bytes:
    stem = f"<questiontext><text>{text}</text></questiontext>"
    return f"<quiz><question type='multichoice'>{stem}{answers}</question></quiz>".encode()
