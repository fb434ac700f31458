"""What the checker asks about minutes, and what it leaves in peace."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from lms.deliberations.checker import hamlet_warning, warnings_of
from lms.deliberations.models import Minutes
from lms.deliberations.queries import known_hamlets
from tests.factories import CohortFactory, EnrolmentFactory, FindingFactory
from tests.lms.deliberations.factories import MinutesFactory, let_sign, propose

pytestmark = pytest.mark.django_db
TODAY = date(2018, 7, 1)
GOOD = (
    ("pimpinan", "Yosef Mali Bele", "Pj. Kepala Dusun", "L"),
    ("warga", "Maria", "", "P"),
    ("warga", "Yosef", "", "L"),
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def warned(minutes: Minutes, hamlets: tuple[str, ...] = ()) -> str:
    return "\n".join(warnings_of(minutes, hamlets=hamlets, today=TODAY))


def good(**fields: Any) -> Minutes:
    """Minutes that nothing is to be said about."""
    minutes = MinutesFactory(**fields)
    propose(minutes, cost_typed="12.500.000", men=40, women=45, vulnerable=9, dusun="Piebulak")
    let_sign(minutes, *GOOD)
    return minutes


def test_complete_minutes_are_left_in_peace() -> None:
    assert warned(good()) == ""


@pytest.mark.parametrize(
    "title", ["a.n. Kepala Desa Loonuna, Sekretaris Desa", "Pj. Kepala Desa", "Plh. Kepala Desa"]
)
def test_who_signs_for_somebody_else_is_no_mistake(title: str) -> None:
    minutes = good()
    let_sign(minutes, ("mengetahui", "Yosef Mali Bele", title, "L"))
    assert warned(minutes) == ""


def test_a_vacant_office_is_no_mistake() -> None:
    minutes = good()
    let_sign(minutes, ("mengetahui", "", "", ""))
    assert warned(minutes) == ""


def test_too_few_residents_and_no_woman() -> None:
    minutes = MinutesFactory()
    propose(minutes)
    let_sign(minutes, ("warga", "Yosef", "", "L"), ("pimpinan", "Paulus", "", "L"))
    text = warned(minutes)
    assert "residents who sign: 1" in text
    assert "No woman is among those who sign" in text


def test_minutes_without_proposals_and_counts() -> None:
    minutes = MinutesFactory(men=None, women=None, results="")
    let_sign(minutes, *GOOD)
    text = warned(minutes)
    assert "No proposal" in text
    assert "how many men and women" in text
    assert "results and agreements" in text


def test_a_date_to_come_is_asked_about() -> None:
    assert "future" in warned(good(held_on=date(2018, 7, 2)))
    assert warned(good(held_on=TODAY)) == ""


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("1,2 M", "you wrote “1,2 M”. Do you mean Rp1.200.000.000?"),
        ("1200", "you wrote “1200”. Do you mean Rp1.200?"),
        ("5.000.000.000", "you wrote “5.000.000.000”. Do you mean Rp5.000.000.000?"),
    ],
)
def test_an_unlikely_amount_is_asked_about(typed: str, asked: str) -> None:
    minutes = good()
    propose(minutes, "Jalan dusun", cost_typed=typed)
    assert f"Proposal 2: {asked}" in warned(minutes)


@pytest.mark.parametrize("typed", ["", "1,2 juta", "1.200.000,00", "750 juta"])
def test_an_ordinary_amount_is_not(typed: str) -> None:
    minutes = good()
    propose(minutes, "Jalan dusun", cost_typed=typed)
    assert warned(minutes) == ""


@pytest.mark.parametrize("written", ["Peibulak", "Pie Bulak", "dusun Peibulak"])
def test_a_hamlet_spelled_in_another_way_is_asked_about(written: str) -> None:
    minutes = good()
    propose(minutes, "Jalan dusun", dusun=written)
    assert f"“{written}”: is it “Piebulak”?" in warned(minutes, ("Piebulak", "Pauk"))


@pytest.mark.parametrize("written", ["Piebulak", "Dusun Piebulak", "PIEBULAK", "Pauk", "Liu"])
def test_a_hamlet_that_is_right_is_not(written: str) -> None:
    assert hamlet_warning(written, ["Piebulak", "Liu", "Pauk", "Peibulak"]) == ""


def test_two_spellings_within_one_paper_are_asked_about_once() -> None:
    minutes = good()
    for place in ("Peibulak", "Peibulak", "Peibulak"):
        propose(minutes, place, dusun=place)
    assert warned(minutes).count("is it “Piebulak”?") == 1


def test_the_records_of_the_organisation_know_the_hamlets() -> None:
    cohort = CohortFactory()
    here = {"organisation": cohort.organisation, "village": cohort.village}
    for _number in range(2):
        EnrolmentFactory(cohort=cohort, participant__village=cohort.village, participant__dusun="Piebulak")
    FindingFactory(cohort=cohort, dusun="Pauk")
    own = MinutesFactory(**here, dusun="Peibulak")
    MinutesFactory(village=cohort.village, dusun="Rahasia")
    assert known_hamlets(*here.values(), apart_from=own.pk) == ["Piebulak", "Pauk"]


def test_figures_that_cannot_be_are_asked_about() -> None:
    minutes = good(men=5, women=0, elders=9, quorum=20)
    propose(minutes, "Jalan", men=1, women=1, vulnerable=3, rank=1)
    propose(minutes, "Embung", rank=1)
    text = warned(minutes)
    for part in (
        "No woman came",
        "5 people came and 20",
        "of them elders",
        "more vulnerable",
        "Priority 1 is given to 2",
    ):
        assert part in text


def test_a_revoked_rule_is_named_with_what_took_its_place() -> None:
    assert "PP 43/2014 is revoked. PP 16/2026" in warned(good(legal_basis="PP 43/2014 Ps 80"))
    assert warned(good(legal_basis="PP 16/2026 Ps 142 ayat (4)")) == ""
