"""Papers as DOCX, to be edited in a word processor: the same content as the PDF."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lms.deliberations.exports.paper import DOTS, Block, Paper, Signer
from lms.press.paper import PaperSize, plain

_SIZES = {"a4": (210, 297), "f4": (215, 330)}
_SIMULATED = "DATA SIMULASI · contoh, bukan dokumen sungguhan"
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_MARGIN = 16


def paper_docx(paper: Paper, size: PaperSize, *, printed_on: date) -> bytes:
    """One paper as DOCX. The same paper, size and day give the same text."""
    document = Document()
    width = _set_page(document, paper, size)
    _set_properties(document, paper, printed_on)
    for place, line in enumerate(paper.heading):
        is_last = place == len(paper.heading) - 1
        _line(document, line, bold=is_last, points=15 if is_last else 12, side="center")
    for line in paper.contact:
        _line(document, line, points=9, side="center")
    if paper.heading:
        _ruled_below(document.paragraphs[-1])
    if paper.is_simulated:
        _line(document, _SIMULATED, bold=True, points=9, side="center")
    _line(document, paper.title, bold=True, points=14, side="center", style="Title")
    for line in paper.below:
        _line(document, line, side="center")
    for block in paper.blocks:
        _MAKERS[block.kind](document, block, width)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Any, paper: Paper, size: PaperSize) -> int:
    """Size, margins and type of the page. Returns the width to write on in millimetres."""
    short, long = _SIZES[size]
    section = document.sections[0]
    width, height = (long, short) if paper.is_landscape else (short, long)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(12), Mm(16)
    foot = section.footer.paragraphs[0]
    foot.text = plain(paper.code) + " · Halaman "
    _field(foot, "PAGE")
    foot.add_run(" dari ")
    _field(foot, "NUMPAGES")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.paragraph_format.space_after = Pt(3)
    title = document.styles["Title"]
    title.font.name, title.font.color.rgb = "Times New Roman", None
    title.element.rPr.rFonts.attrib.clear()
    title.element.rPr.rFonts.set(qn("w:ascii"), "Times New Roman")
    title.element.rPr.rFonts.set(qn("w:hAnsi"), "Times New Roman")
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    return width - 2 * _MARGIN


def _set_properties(document: Any, paper: Paper, printed_on: date) -> None:
    """No name of a program or of a person is left in the file."""
    properties = document.core_properties
    properties.title, properties.language = plain(paper.title), "id-ID"
    properties.author = plain(paper.heading[-1]) if paper.heading else ""
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = datetime.combine(printed_on, time(), UTC).replace(tzinfo=None)


def _line(
    place: Any,
    text: str,
    *,
    bold: bool = False,
    points: float = 11,
    side: str = "left",
    style: str | None = None,
) -> Any:
    paragraph = place.add_paragraph(style=style)
    _write(paragraph, text, bold=bold, points=points)
    paragraph.alignment = _SIDES[side]
    return paragraph


def _write(paragraph: Any, text: str, *, bold: bool = False, points: float = 11) -> None:
    run = paragraph.add_run(plain(text))
    run.bold, run.font.size = bold, Pt(points)


def _text(document: Any, block: Block, width: int) -> None:
    _line(document, block.text)


def _chapter(document: Any, block: Block, width: int) -> None:
    paragraph = _line(document, block.text, bold=True, points=13, style="Heading 1")
    _in_plain_type(paragraph.runs[0])


def _heading(document: Any, block: Block, width: int) -> None:
    paragraph = _line(document, block.text, bold=True, style="Heading 2")
    _in_plain_type(paragraph.runs[0])
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)


def _in_plain_type(run: Any) -> None:
    """A heading for whoever looks through the document, in the type of the rest of it."""
    run.font.name, run.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)


def _break(document: Any, block: Block, width: int) -> None:
    document.add_page_break()


def _facts(document: Any, block: Block, width: int) -> None:
    pairs = [pair for pair in block.pairs if pair[1]]
    if not pairs:
        return
    rooms = (38, 4, width - 42)
    grid = _grid(document, rooms, rows=0)
    for label, value in pairs:
        cells = grid.add_row().cells
        for cell, text, room in zip(cells, (label, ":", value), rooms, strict=True):
            cell.width = Mm(room)
            _write(cell.paragraphs[0], text)


def _list(document: Any, block: Block, width: int) -> None:
    for number, item in enumerate(block.items, start=1):
        # Typed numbers: they stay what they are when a word processor joins or cuts lists.
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{number}.").add_tab()
        _write(paragraph, item)
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Mm(8), Mm(-8)
        form.tab_stops.add_tab_stop(Mm(8))


def _lines(document: Any, block: Block, width: int) -> None:
    for _number in range(block.count):
        paragraph = _line(document, "")
        _ruled_below(paragraph, weight=4)
        paragraph.paragraph_format.space_before = Pt(12)


def _table(document: Any, block: Block, width: int) -> None:
    taken = sum(column.width for column in block.columns)
    sharing = sum(column.width == 0 for column in block.columns)
    rooms = [column.width or (width - taken) // sharing for column in block.columns]
    grid = _grid(document, rooms, style="Table Grid")
    head = grid.rows[0]
    _mark(head, "w:tblHeader")
    for cell, column, room in zip(head.cells, block.columns, rooms, strict=True):
        cell.width = Mm(room)
        _write(cell.paragraphs[0], column.head, bold=True, points=9)
        cell.paragraphs[0].alignment = _SIDES["center"]
    for values in block.rows:
        row = grid.add_row()
        _mark(row, "w:cantSplit")
        if block.row_height:
            row.height = Mm(block.row_height)
        for cell, column, room, value in zip(row.cells, block.columns, rooms, values, strict=True):
            cell.width = Mm(room)
            _write(cell.paragraphs[0], value, points=9)
            cell.paragraphs[0].alignment = _SIDES[column.align]
    document.add_paragraph()


def _grid(document: Any, rooms: Sequence[int], *, rows: int = 1, style: str | None = None) -> Any:
    """A table with columns of these widths in millimetres: some programs look at columns, some at cells."""
    grid = document.add_table(rows=rows, cols=len(rooms), style=style)
    grid.autofit = False
    for column, room in zip(grid.columns, rooms, strict=True):
        column.width = Mm(room)
    return grid


def _signatures(document: Any, block: Block, width: int) -> None:
    for first in range(0, len(block.people), 2):
        pair = block.people[first : first + 2]
        rooms = [width // len(pair)] * len(pair)
        row = _grid(document, rooms).rows[0]
        _mark(row, "w:cantSplit")
        highest = max(len(person.above) for person in pair)
        for cell, person, room in zip(row.cells, pair, rooms, strict=True):
            cell.width = Mm(room)
            _place_to_sign(cell, person, highest)
        document.add_paragraph()


def _place_to_sign(cell: Any, person: Signer, highest: int) -> None:
    # Names of a pair stand at one height, however many lines are above them.
    room = [""] * (3 + highest - len(person.above))
    lines = [*person.above, *room, person.name or f"({DOTS})", *([person.below] if person.below else [])]
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _write(paragraph, line, bold=bool(person.name) and line == person.name)
        paragraph.alignment = _SIDES["center"]
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1


def _mark(row: Any, name: str) -> None:
    """A property of a table's row that python-docx has no name for."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _ruled_below(paragraph: Any, weight: int = 12) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(weight)), ("space", "1"), ("color", "3A3F4B")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


_MAKERS = {
    "text": _text,
    "chapter": _chapter,
    "heading": _heading,
    "break": _break,
    "facts": _facts,
    "list": _list,
    "lines": _lines,
    "table": _table,
    "signatures": _signatures,
}
