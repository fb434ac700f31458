"""Two records of one person become one: pledges."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lms.cohorts.models import Cohort, Enrolment
from lms.followup import domain
from lms.followup.domain import Signature
from lms.followup.models import Pledge
from lms.followup.queries import pledge_rows
from lms.learning.enums import Mode
from lms.people.domain import compare_people
from tests.factories import CohortFactory, make_staff
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db
JUNE = datetime.date(2026, 6, 1)


@pytest.fixture
def pair() -> tuple[Enrolment, Enrolment]:
    people = two_records()
    cohort = CohortFactory(organisation=people[0].organisation, starts_on=JUNE, ends_on=JUNE)
    return both_in(cohort, people)


def write(enrolment: Enrolment, *promises: str, signed: int | None = None, **words: Any) -> Pledge:
    """A pledge, signed on that day of June if one is named."""
    pledge: Pledge = domain.write_pledge(enrolment=enrolment, promises=promises, **words)
    return sign(pledge, signed) if signed else pledge


def sign(pledge: Pledge, day: int) -> Pledge:
    Pledge.objects.filter(pk=pledge.pk).update(
        signed_on=JUNE.replace(day=day), means="tanda", witness_name="Kepala Dusun"
    )
    return Pledge.objects.get(pk=pledge.pk)


def merge_pair(pair: tuple[Enrolment, Enrolment]) -> Enrolment:
    merge(pair[0].participant, pair[1].participant)
    return Enrolment.objects.get(pk=pair[0].pk)


def foreseen(pair: tuple[Enrolment, Enrolment]) -> list[Any]:
    return list(compare_people(kept=pair[0].participant, merged=pair[1].participant).foreseen)


def versions(enrolment: Enrolment) -> list[tuple[int, list[str], bool]]:
    rows = Pledge.objects.filter(enrolment=enrolment).order_by("version")
    return [(one.version, one.promises, one.is_signed) for one in rows]


def test_a_pledge_of_the_other_record_moves_as_it_is(pair: tuple[Enrolment, Enrolment]) -> None:
    pledge = write(pair[1], "Saya hadir", signed=3)
    assert any("the pledge moves" in one.text for one in foreseen(pair))
    merged = merge_pair(pair)
    moved = Pledge.objects.get()
    assert (moved.pk, moved.enrolment, moved.version, moved.reason) == (pledge.pk, merged, 1, "")


@pytest.mark.parametrize("days", [(3, 9), (9, 3)])
def test_signed_pledges_are_versions_by_the_day_of_signing(
    pair: tuple[Enrolment, Enrolment], days: tuple[int, int]
) -> None:
    by_day = dict(zip(days, ("Satu", "Dua"), strict=True))
    for enrolment, (day, text) in zip(pair, by_day.items(), strict=True):
        write(enrolment, text, signed=day)
    merged = merge_pair(pair)
    assert versions(merged) == [(1, [by_day[3]], True), (2, [by_day[9]], True)]
    reasons = list(Pledge.objects.order_by("version").values_list("reason", flat=True))
    assert reasons[0] == ""
    assert "merged on" in reasons[1]


def test_each_record_keeps_its_own_order_of_versions(pair: tuple[Enrolment, Enrolment]) -> None:
    first = write(pair[0], "Satu", signed=5)
    # A day that was typed wrong does not turn the versions of one record round.
    sign(domain.renew_pledge(enrolment=pair[0], promises=["Dua"], reason="Berubah"), 2)
    write(pair[1], "Tiga", signed=3)
    merged = merge_pair(pair)
    assert versions(merged) == [(1, ["Tiga"], True), (2, ["Satu"], True), (3, ["Dua"], True)]
    assert Pledge.objects.get(version=3).reason == "Berubah"
    assert Pledge.objects.get(pk=first.pk).version == 2


def test_what_is_not_signed_waits_as_the_newest_version_and_can_be_signed(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    write(pair[0], "Belum")
    write(pair[1], "Sudah", signed=3)
    assert any("waits as the newest version" in one.text and one.collides for one in foreseen(pair))
    merged = merge_pair(pair)
    assert versions(merged) == [(1, ["Sudah"], True), (2, ["Belum"], False)]
    domain.record_signatures(
        cohort=merged.cohort,
        means={merged: "jempol"},
        signature=Signature(signed_on=JUNE, witness_name="Kepala Dusun"),
        photo=None,
        user=make_staff(),
    )
    [row] = pledge_rows(merged.cohort)
    assert row.signed is not None
    assert row.signed.version == 2


def test_of_two_drafts_nothing_promised_is_dropped(pair: tuple[Enrolment, Enrolment]) -> None:
    mine = write(pair[0], "Satu", "Dua", scribe_name="Kader")
    newer = write(pair[1], "Dua", "Tiga")
    assert any("promises of both" in one.text and one.collides for one in foreseen(pair))
    record = merge(pair[0].participant, pair[1].participant)
    assert versions(pair[0]) == [(1, ["Satu", "Dua", "Tiga"], False)]
    assert Pledge.objects.get().pk == newer.pk
    joined = record.moved["pledges"][0]["joined"]
    assert (joined["gone"], joined["mode"]) == (str(mine.pk), Mode.SCRIBE)


def test_two_drafts_that_promise_too_much_together_hinder_until_one_is_shorter(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    write(pair[0], "Satu", "Dua")
    write(pair[1], "Tiga", "Empat")
    [hindrance] = [one for one in foreseen(pair) if one.hinders]
    assert "fewer promises" in hindrance.text
    assert str(pair[0].pk) in hindrance.url
    with pytest.raises(ValidationError) as refusal:
        merge_pair(pair)
    assert refusal.value.code == "hindered"
    assert Pledge.objects.count() == 2
    write(pair[0], "Satu")
    assert versions(merge_pair(pair)) == [(1, ["Tiga", "Empat", "Satu"], False)]


def test_a_pledge_that_was_signed_may_meet_the_rule_together(pair: tuple[Enrolment, Enrolment]) -> None:
    Cohort.objects.update(require_pledge=True)
    write(pair[1], "Saya hadir", signed=3)
    merged = merge_pair(pair)
    [row] = pledge_rows(merged.cohort)
    assert row.signed is not None
