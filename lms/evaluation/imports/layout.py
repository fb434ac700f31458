"""Which row heads the columns, and what each column is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.imports.reading import refuse
from lms.evaluation.datasets.sheets import Doubt, DoubtCode, Shape
from lms.evaluation.imports.heading_row import Rows, headed, no_headings
from lms.evaluation.imports.headings import Heading, heading_of, id_rank, is_second_post, item_key, wave_of
from lms.evaluation.imports.numbers import is_missing, parse_answer
from lms.evaluation.imports.opening import Table
from lms.evaluation.imports.vocabulary import ITEM, NAMES_ITEMS, NAMES_SCORES, NAMES_WAVES, SUM, fits
from lms.evaluation.stats.frames import FOLLOWUP, POST, PRE
from lms.people.names import plain

_MOSTLY = 0.5
_NUMBER = 2
"""Rank of a running number: that it is not used goes without saying."""
_SAMPLE = 500
"""Cells of a column that tell whether it names tests."""


@dataclass(frozen=True, slots=True)
class ItemColumn:
    key: str
    label: str
    place: int


@dataclass(slots=True)
class Layout:
    """Places of the columns, from 0. ``totals`` and ``items`` by test; ``wave`` a column that names tests."""

    shape: Shape
    headings: list[Heading]
    rows: Rows
    id: int | None = None
    wave: int | None = None
    item: int | None = None
    score: int | None = None
    group: int | None = None
    totals: dict[str, int] = field(default_factory=dict)
    items: dict[str, list[ItemColumn]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def column(self, place: int) -> list[str]:
        return [cells[place] for _number, cells in self.rows]

    def name(self, place: int) -> str:
        return self.headings[place].text or _("Column %(number)d") % {"number": place + 1}


def lay_out(table: Table, *, group: str = "", key: Iterable[str] = ()) -> Layout:
    """Find the heading row and name the columns. ``key`` holds the keys of items whose answers are letters.

    Raises ValidationError with a sentence that says which headings are needed.
    """
    headings, rows = headed(table.rows)
    rows, too_long = _without_shifted(table.delimiter, headings, rows)
    if not rows:
        raise refuse(_("There is nobody in this file: below the headings are no rows."), "empty")
    layout = Layout(Shape.TOTALS, headings, rows, doubts=[*table.doubts, *too_long])
    layout.group = _group_column(layout, group)
    layout.wave = _wave_column(layout)
    layout.item = next((at for at in _free(layout) if fits(headings[at].words, NAMES_ITEMS)), None)
    scores = [at for at in _free(layout) if fits(headings[at].words, NAMES_SCORES)]
    if layout.item is not None and scores:
        layout.shape, layout.score = Shape.LONG, scores[0]
    else:
        layout.item = None
        _find_scores(layout, set(key))
    layout.id = _id_column(layout)
    _tell_of_ids(layout)
    _tell_of_unused(layout)
    return layout


def _without_shifted(delimiter: str, headings: list[Heading], rows: Rows) -> tuple[Rows, list[Doubt]]:
    """Rows whose cells stand under their headings. 0,5 between commas would move all that follow it.

    Raises ValidationError (``csv``) where most rows are longer than the headings.
    """
    if delimiter != ",":
        return rows, []
    last = max((at for at, heading in enumerate(headings) if heading.text), default=0)
    kept = [(number, cells) for number, cells in rows if not any(cells[last + 1 :])]
    if rows and len(kept) <= len(rows) / 2:
        raise refuse(
            _(
                "The rows of this file have more cells than there are headings. If decimals are written with "
                "a comma, save the file with semicolons between the cells."
            ),
            "csv",
        )
    left = {number for number, _cells in rows} - {number for number, _cells in kept}
    return kept, [Doubt(DoubtCode.MORE_CELLS, row) for row in sorted(left)]


def _free(layout: Layout) -> list[int]:
    taken = {layout.group, layout.wave, layout.item, layout.score}
    return [at for at in range(len(layout.headings)) if at not in taken]


def _group_column(layout: Layout, wanted: str) -> int | None:
    if not wanted.strip():
        return None
    same = plain(wanted.strip())
    words = heading_of(wanted).words
    for at, heading in enumerate(layout.headings):
        if plain(heading.text) == same or (words and heading.words == words):
            return at
    names = ", ".join(heading.text for heading in layout.headings if heading.text)[:300]
    raise refuse(
        _("There is no column “%(name)s”. The columns are: %(names)s.")
        % {"name": wanted.strip()[:60], "names": names},
        "group",
    )


def _wave_column(layout: Layout) -> int | None:
    for at, heading in enumerate(layout.headings):
        if at == layout.group:
            continue
        cells = [cell for cell in layout.column(at)[:_SAMPLE] if cell]
        known = [cell for cell in cells if wave_of(cell)]
        if not cells or len(known) < _MOSTLY * len(cells):
            continue
        in_words = all(not cell.isdigit() for cell in known)
        if fits(heading.words, NAMES_WAVES) or (in_words and len(known) == len(cells) and len(cells) > 1):
            return at
    return None


def _find_scores(layout: Layout, key: set[str]) -> None:
    """Columns of points where a row is a person, or a person and a test."""
    if layout.wave is None and any(layout.headings[at].wave for at in _free(layout)):
        _find_wide(layout, key)
    else:
        _find_plain(layout, key)
    if not layout.totals and not layout.items:
        raise no_headings()


def _find_wide(layout: Layout, key: set[str]) -> None:
    for at in _free(layout):
        heading = layout.headings[at]
        if not heading.wave:
            continue
        if not heading.item:
            layout.totals.setdefault(heading.wave, at)
        elif any(letter.isdigit() for letter in heading.item) or _is_answered(layout.column(at), key):
            column = ItemColumn(heading.item_key, heading.item, at)
            layout.items.setdefault(heading.wave, []).append(column)
    _move_second_post(layout)
    if max((len(columns) for columns in layout.items.values()), default=0) >= 2:
        layout.shape, layout.totals = Shape.ITEMS, {}
        _keep_keys_apart(layout)
    else:
        for wave, columns in layout.items.items():
            layout.totals.setdefault(wave, columns[0].place)
        layout.items = {}


def _move_second_post(layout: Layout) -> None:
    """``post2`` beside a plain ``post`` is the third test, not the second question."""
    if POST not in layout.totals or FOLLOWUP in layout.totals:
        return
    for column in layout.items.get(POST, []):
        if is_second_post(layout.headings[column.place]):
            layout.totals[FOLLOWUP] = column.place
            layout.items[POST].remove(column)
            return


def _find_plain(layout: Layout, key: set[str]) -> None:
    """Columns without the name of a test: they hold the only one, or the one that the row names."""
    found = _plain_items(layout, key)
    wave = "" if layout.wave is not None else PRE
    if len(found) >= 2:
        layout.shape = Shape.ROWS if layout.wave is not None else Shape.ITEMS
        layout.items = {wave: found}
        _keep_keys_apart(layout)
        return
    named = [at for at in _free(layout) if fits(layout.headings[at].words, NAMES_SCORES)]
    numeric = [
        at
        for at in _free(layout)
        if id_rank(layout.headings[at].words) is None and _is_answered(layout.column(at), set())
    ]
    chosen = named or (numeric if len(numeric) == 1 else [])
    if chosen:
        layout.shape = Shape.ROWS if layout.wave is not None else Shape.TOTALS
        layout.totals = {wave: chosen[0]}


def _plain_items(layout: Layout, key: set[str]) -> list[ItemColumn]:
    columns = [
        ItemColumn(item_key(layout.headings[at].text), layout.headings[at].text, at) for at in _free(layout)
    ]
    known = [column for column in columns if column.key in key]
    if known:
        return known
    like = [
        column
        for column in columns
        if fits(layout.headings[column.place].words, ITEM) and _is_answered(layout.column(column.place), key)
    ]
    if len(like) >= 2:
        return like
    binary = [column for column in columns if column.label and _is_binary(layout.column(column.place))]
    if len(binary) >= 3 and not any(fits(layout.headings[at].words, SUM) for at in _free(layout)):
        names = ", ".join(column.label for column in binary)[:200]
        layout.doubts.append(Doubt(DoubtCode.READ_AS_ITEMS, values={"names": names}))
        return binary
    return []


def _keep_keys_apart(layout: Layout) -> None:
    """P1 and S1 are two questions: where the short keys clash, the whole heading tells them apart."""
    for columns in layout.items.values():
        if max(Counter(column.key for column in columns).values()) == 1:
            continue
        for wave, same in layout.items.items():
            layout.items[wave] = [
                ItemColumn("".join(plain(one.label).split()), one.label, one.place) for one in same
            ]
        return


def _is_answered(cells: list[str], key: set[str]) -> bool:
    """Whether most cells hold points, or a letter where there is a key, and some do at all."""
    written = [cell for cell in cells if not is_missing(cell)]
    fit = [
        cell
        for cell in written
        if parse_answer(cell).value is not None or (len(cell) == 1 and cell.isalpha())
    ]
    return bool(fit) and len(fit) >= _MOSTLY * len(written)


def _is_binary(cells: list[str]) -> bool:
    written = {cell for cell in cells if not is_missing(cell)}
    return bool(written) and written <= {"0", "1"}


def _id_column(layout: Layout) -> int | None:
    taken = {layout.wave, layout.item, layout.score, *layout.totals.values()}
    taken |= {column.place for columns in layout.items.values() for column in columns}
    ranked = sorted(
        (rank, at)
        for at, heading in enumerate(layout.headings)
        if at not in taken and (rank := id_rank(heading.words)) is not None
    )
    if not ranked:
        return None
    if layout.wave is None and layout.item is None:
        for _rank, at in ranked:
            cells = [cell for cell in layout.column(at) if cell]
            if cells and len(set(cells)) == len(cells):
                return at
    return ranked[0][1]


def _tell_of_ids(layout: Layout) -> None:
    if layout.id is not None:
        return
    if layout.wave is not None or layout.item is not None:
        raise refuse(
            _(
                "A person has several rows in this file, but no column says which rows belong together. "
                "Head it “id” (or “kode”)."
            ),
            "id",
        )
    layout.doubts.append(Doubt(DoubtCode.NO_ID_COLUMN))


def _tell_of_unused(layout: Layout) -> None:
    used = {layout.id, layout.wave, layout.item, layout.score, layout.group, *layout.totals.values()}
    used |= {column.place for columns in layout.items.values() for column in columns}
    unused = [
        layout.name(at)
        for at, heading in enumerate(layout.headings)
        if at not in used and (heading.text or any(layout.column(at))) and id_rank(heading.words) != _NUMBER
    ]
    if unused:
        names = ", ".join(unused)[:300]
        layout.doubts.append(Doubt(DoubtCode.UNUSED_COLUMNS, values={"names": names, "n": len(unused)}))
