import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from lms.evaluation.stats.pairs import Pairs

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def sleep_in_tenths() -> Pairs:
    """Extra sleep of ten people (Student 1908, R's ``sleep``), in tenths of an hour."""
    with (DATA / "evaluation" / "01_sleep.csv").open(newline="") as file:
        rows = [
            (int(Decimal(row["pre"]) * 10), int(Decimal(row["post"]) * 10)) for row in csv.DictReader(file)
        ]
    return Pairs.of([pre for pre, _ in rows], [post for _, post in rows])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "edge_case" in metafunc.fixturenames:
        cases = json.loads((DATA / "paired_edge_cases.json").read_text())
        metafunc.parametrize("edge_case", cases, ids=[case["name"] for case in cases])
