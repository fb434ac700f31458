"""Reports of files for tests."""

from typing import Any

from lms.evaluation.reports.sheets import evaluate_sheet
from tests.lms.evaluation.imports.files import csv_of, read_csv


def totals(*pairs: tuple[int | None, int | None], groups: str = "", **told: Any) -> dict[str, Any]:
    """A report of total scores before and after; ``groups`` has a letter a person."""
    lines = [
        f"p{n},{'' if pre is None else pre},{'' if post is None else post},{groups[n : n + 1]}"
        for n, (pre, post) in enumerate(pairs)
    ]
    return evaluate_sheet(
        read_csv("id,pre,post,dusun", *lines, max_points=20, group="dusun" if groups else "", **told)
    )


def people(number: int) -> list[tuple[int, int]]:
    """So many people who all rose, not all by the same."""
    return [(5 + n % 6, 9 + n % 6 + n % 4) for n in range(number)]


def questions(number: int = 40) -> dict[str, Any]:
    """A report of three questions: one was learned, one was known, one is wrong still."""
    lines = [f"p{n},0,1,{n % 2},{int(n % 5 > 0)},1,0" for n in range(number)]
    return evaluate_sheet(read_csv("id,pre_1,pre_2,pre_3,post_1,post_2,post_3", *lines))


def letters(*rows: str, key: str = "AC") -> dict[str, Any]:
    """A report of letters of one test; a row is a person."""
    lines = [f"p{n}," + ",".join(row) for n, row in enumerate(rows)]
    heads = ",".join(f"q{n + 1}" for n in range(len(key)))
    keys = csv_of(*(f"q{n + 1},{letter}" for n, letter in enumerate(key)))
    return evaluate_sheet(read_csv(f"id,{heads}", *lines, key=keys))
