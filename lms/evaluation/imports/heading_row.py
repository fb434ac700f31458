"""Which row heads the columns. Above it may stand titles; it may be divided by a second row."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.imports.headings import Heading, heading_of, heads_a_column, id_rank
from lms.evaluation.imports.numbers import parse_score

Rows = list[tuple[int, list[str]]]
_WITHIN = 20


def headed(rows: Rows) -> tuple[list[Heading], Rows]:
    """The headings, and the rows below them. Raises ValidationError where nothing heads the columns."""
    counts = [sum(map(heads_a_column, cells)) for _number, cells in rows[:_WITHIN]]
    best = max(range(len(counts)), key=lambda at: (counts[at], -at))
    if not counts[best]:
        best = 0
        if all(not cell or parse_score(cell).value is not None for cell in rows[0][1]):
            raise no_headings()
    texts, start = list(rows[best][1]), best + 1
    if start < len(rows) and _is_divided(texts, rows[start][1]):
        texts, start = _joined(texts, rows[start][1]), start + 1
    return [heading_of(text) for text in texts], rows[start:]


def no_headings() -> ValidationError:
    """The refusal of a file whose columns we do not understand."""
    return refuse(
        _(
            "We cannot tell what the columns are. Put headings in the first row, for example: id, pre, post "
            "(or: kode, tes awal, tes akhir)."
        ),
        "headings",
    )


def _is_divided(above: list[str], below: list[str]) -> bool:
    """Whether a second row of headings stands under cells that span several columns."""
    people = [at for at, text in enumerate(above) if id_rank(heading_of(text).words) is not None]
    if not people or any(below[at] for at in people):
        return False
    return any(low and not high for high, low in zip(above, below, strict=True))


def _joined(above: list[str], below: list[str]) -> list[str]:
    texts, spanning = [], ""
    for high, low in zip(above, below, strict=True):
        spanning = high or spanning
        texts.append(f"{spanning} {low}".strip() if low else high)
    return texts
