"""The table over many trainings as CSV: what the page shows, exactly, and nothing else."""

import csv
import io
from collections.abc import Iterable

from lms.cells import safe_cell
from lms.evaluation.reports.across import By, Line

HEADINGS = (
    "data_simulasi",
    "cut_by",
    "group",
    "trainings",
    "trainings_in_no_figure",
    "people",
    "mean_pre_percent",
    "mean_post_percent",
    "gain_percentage_points",
    "ci_low",
    "ci_high",
)
TOTAL = "*"
"""The group of the row that is about all of them."""


def across_csv(total: Line, lines: Iterable[Line], *, by: By, simulated: bool) -> str:
    """UTF-8 with BOM and semicolons, as spreadsheets in Indonesia expect; decimal points.

    A group of which nothing may be shown has its trainings and empty cells.
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for name, line in ((TOTAL, total), *((line.label, line) for line in lines)):
        cells = ["ya" if simulated else "tidak", str(by), name, *_figures(line)]
        writer.writerow([safe_cell(cell) for cell in cells])
    return file.getvalue()


def _figures(line: Line) -> list[str | int]:
    result = line.result
    if result.mean_pre is None or result.mean_post is None or result.gain is None:
        return [line.trainings, line.left_out, "", "", "", "", "", ""]
    ends = (result.interval.low, result.interval.high)
    means = (float(result.mean_pre), float(result.mean_post), float(result.gain))
    return [
        *(line.trainings, line.left_out, result.n),
        *(f"{value:.4f}" for value in means),
        *("" if value is None else f"{value:.4f}" for value in ends),
    ]
