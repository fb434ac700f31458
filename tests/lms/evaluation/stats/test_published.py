"""Published sets with known answers, and the cases of which nothing may be said."""

from pathlib import Path

import pytest

from tests.acceptance import edge_cases, shared_data
from tests.acceptance.compare import differences

DATA = Path(__file__).parents[3] / "data" / "evaluation"


def _published():
    expected = shared_data.expected_in(DATA)
    for of_set in (shared_data.totals, shared_data.nist, shared_data.jacobson_truax):
        yield from of_set(DATA, expected)
    yield from edge_cases.comparisons(DATA / "edge_cases.json")


@pytest.mark.parametrize(
    ("expected", "result", "relative"), [pytest.param(*case[1:], id=case[0]) for case in _published()]
)
def test_every_expected_number_is_met(expected, result, relative):
    assert list(differences(expected, result, relative=relative)) == []


def test_all_sets_are_compared():
    names = [case[0] for case in _published()]
    assert len(names) == 3 + 8 + 19 + 3  # totals and reliable change; NIST twice; cases; flags


@pytest.mark.parametrize(
    ("expected", "result"),
    [
        (1.0, 1.0 + 1e-6),
        (1.0, None),
        (None, 0.0),
        (0, 1e-12),
        (True, 1),
        ({"a": 1}, {}),
        ([1, 2], [1]),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}),
        (1.0, "1.0"),
    ],
)
def test_the_comparison_notices_what_differs(expected, result):
    assert list(differences(expected, result))


def test_the_comparison_ignores_what_nobody_expected():
    assert not list(
        differences({"a": 1.0, "b": [None, "x", False]}, {"a": 1, "b": [None, "x", False], "c": 2})
    )
