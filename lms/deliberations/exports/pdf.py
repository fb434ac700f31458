"""Papers as PDF, through the press."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lms.deliberations.exports.paper import Paper
from lms.press.paper import Frame, Heading, PaperSize, Part, print_parts

_TEMPLATE = Path(__file__).parents[1] / "typst" / "paper.typ"


def paper_pdf(paper: Paper, size: PaperSize, *, printed_on: date) -> bytes:
    """One paper. Raises RuntimeError if it cannot be set."""
    return _set([paper], size, paper, printed_on)


def papers_pdf(papers: Sequence[Paper], size: PaperSize, *, printed_on: date, title: str) -> bytes:
    """Several papers in one file, each numbered by itself, below the letterhead that all of them share.

    Papers of different letterheads have none: a wrong one would be worse.
    """
    heads = {(paper.heading, paper.contact, paper.logo) for paper in papers}
    lines, contact, logo = heads.pop() if len(heads) == 1 else ((), (), b"")
    shared = Paper(
        title=title,
        below=(),
        blocks=(),
        code=title,
        heading=lines,
        contact=contact,
        logo=logo,
        is_simulated=any(paper.is_simulated for paper in papers),
    )
    return _set(papers, size, shared, printed_on)


def _set(papers: Sequence[Paper], size: PaperSize, frame: Paper, printed_on: date) -> bytes:
    parts = [
        Part(_TEMPLATE, paper.data(), "landscape" if paper.is_landscape else "portrait") for paper in papers
    ]
    return print_parts(
        parts,
        size,
        frame=Frame(
            title=frame.title,
            heading=Heading(frame.heading, frame.contact, frame.logo),
            code=frame.code,
            printed_on=printed_on,
            is_simulated=frame.is_simulated,
        ),
    )
