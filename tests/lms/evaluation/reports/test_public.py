"""What everybody may read of a training: frozen, suppressed, never more than the organiser reads."""

import json
from typing import Any

import pytest
from django.utils import translation

from lms.cohorts.models import Cohort
from lms.evaluation.reports import evaluate_cohort
from lms.evaluation.reports.public import public_summary
from lms.evaluation.reports.public_words import public_words
from tests.factories import EnrolmentFactory
from tests.lms.evaluation.makers import make_cohort

pytestmark = pytest.mark.django_db
RISES, STAYS = ("AB", 8, 12), ("BA", 9, 9)


def alike(rising: int, staying: int, *, others: int = 0, **fields: Any) -> Cohort:
    """People who rise and people who stay, in both orders, and people without a test."""
    orders = ("AB", "BA")
    people: list[Any] = [(orders[n % 2], 8, 12) for n in range(rising)]
    people += [(orders[n % 2], 9, 9) for n in range(staying)]
    people += [("AB", None, None)] * others
    return make_cohort(people, **fields)


def said(cohort: Cohort, *, with_results: bool = True) -> str:
    with translation.override("en"):
        words = public_words(public_summary(cohort, with_results=with_results))
    assert words is not None
    rows = [f"{row.label} {row.text}" for row in words.outcomes]
    return " ".join([words.present, *words.elements, *words.results, *rows, *words.notes, *words.plans])


def test_from_twenty_people_on_it_says_what_the_organisers_report_says() -> None:
    cohort = alike(14, 8)
    summary, result = public_summary(cohort, with_results=True), evaluate_cohort(cohort)
    assert (summary["matched"], summary["mean_pre"], summary["ci_low"]) == (
        22,
        result.mean_pre,
        result.ci_low,
    )
    assert summary["people"] == {"rose": 14}
    with translation.override("en"):
        words = public_words(summary)
    assert words is not None
    assert "14 had more points than before, 8 others." in words.results
    assert [row.label for row in words.outcomes] == ["Result H1", "Result D2"]


def test_below_twenty_people_are_counted_and_no_mean_is_kept() -> None:
    summary = public_summary(alike(12, 5), with_results=True)
    assert "mean_pre" not in json.dumps(summary)
    # Nobody fell: told alone it would say something about everybody.
    assert summary["people"] == {"rose": 12}
    text = said(alike(12, 5))
    assert "fewer than twenty" in text
    assert "average of" not in text.lower()


def test_below_five_nothing_is_told() -> None:
    summary = public_summary(alike(3, 1), with_results=True)
    assert summary["matched"] is None
    assert summary["present"] is None
    assert not [n for n in _numbers(summary) if 0 < n < 5]


def test_two_totals_do_not_give_away_the_two_without_a_test() -> None:
    summary = public_summary(alike(14, 8, others=2), with_results=True)
    assert (summary["matched"], summary["present"], summary["elements"]) == (22, None, None)
    assert summary["element_names"] == ["warga"]
    apart = public_summary(alike(14, 8, others=5), with_results=True)
    assert (apart["matched"], apart["present"]) == (22, 27)
    without = public_summary(alike(14, 8, others=2), with_results=False)
    assert without["present"] == 24
    assert "matched" not in without


def test_elements_are_told_with_the_small_ones_together() -> None:
    cohort = alike(0, 0)
    for element, number in (("warga", 9), ("bpd", 6), ("kader", 2)):
        for place in range(number):
            EnrolmentFactory(cohort=cohort, participant__element=element, participant__sex="PL"[place % 2])
    summary = public_summary(cohort, with_results=False)
    assert summary["elements"] == [{"element": "warga", "n": 9}]
    assert (summary["present"], summary["others"]) == (17, 8)
    assert summary["women"] == 9
    text = said(cohort, with_results=False)
    assert "other elements together: 8" in text


def test_the_snapshot_does_not_change_when_people_come() -> None:
    cohort = alike(14, 8)
    kept = json.loads(json.dumps(public_summary(cohort, with_results=True)))
    EnrolmentFactory.create_batch(6, cohort=cohort)
    with translation.override("en"):
        words = public_words(kept)
    assert words is not None
    assert "22 people took part" in words.present


def test_it_says_that_data_are_simulated_and_never_names_a_cause() -> None:
    cohort = alike(14, 8, is_simulated=True)
    assert public_summary(cohort, with_results=True)["simulated"] is True
    assert not {"caused", "because of", "impact"} & set(said(cohort).lower().split())


def _numbers(value: Any) -> list[int]:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, int):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [number for child in children for number in _numbers(child)]
