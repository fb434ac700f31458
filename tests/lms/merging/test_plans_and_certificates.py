"""Two records of one person become one: follow-up plans and certificates."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.certificates.domain import issue_certificate, revoke_certificate
from lms.certificates.models import Certificate
from lms.cohorts.models import Enrolment
from lms.followup.domain import report_progress, save_action, submit_plan
from lms.followup.enums import PlanStatus
from lms.followup.models import Action, ActionReport, Plan
from lms.learning.models import Completion
from lms.outbox.models import OutboxEntry
from lms.people.domain import compare_people
from tests.factories import CohortFactory, make_staff
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Enrolment, Enrolment]:
    people = two_records()
    return both_in(CohortFactory(organisation=people[0].organisation), people)


def merge_pair(pair: tuple[Enrolment, Enrolment]) -> Enrolment:
    merge(pair[0].participant, pair[1].participant)
    return Enrolment.objects.get(pk=pair[0].pk)


def foreseen(pair: tuple[Enrolment, Enrolment]) -> str:
    found = compare_people(kept=pair[0].participant, merged=pair[1].participant).foreseen
    return " ".join(one.text for one in found)


def plan(enrolment: Enrolment, title: str, *, submit: bool = False) -> Action:
    fields = {
        "title": title,
        "phase": "pra_musdes",
        "deadline": datetime.date(2026, 6, 20),
        "person_in_charge": "Kepala Dusun",
        "indicator": "1 Berita Acara",
        "evidence_expected": "Berita Acara",
    }
    action = save_action(enrolment=enrolment, action_id=uuid.uuid4(), fields=fields)
    if submit:
        submit_plan(enrolment=enrolment)
    return action


def test_a_plan_of_the_other_record_moves_with_its_reports(pair: tuple[Enrolment, Enrolment]) -> None:
    action = plan(pair[1], "Musyawarah", submit=True)
    report_progress(enrolment=pair[1], action=action, report_id=uuid.uuid4(), status="selesai", text="Sudah")
    merged = merge_pair(pair)
    moved = Plan.objects.get()
    assert (moved.enrolment, moved.status) == (merged, PlanStatus.SUBMITTED)
    assert ActionReport.objects.get().action == action


def test_two_plans_become_one_with_the_activities_of_both(pair: tuple[Enrolment, Enrolment]) -> None:
    mine, theirs = plan(pair[0], "Satu"), plan(pair[1], "Dua")
    assert "both have a follow-up plan" in foreseen(pair)
    merged = merge_pair(pair)
    assert Plan.objects.get().enrolment == merged
    assert set(merged.plan.actions.all()) == {mine, theirs}
    assert merged.plan.status == PlanStatus.DRAFT


def test_activities_that_were_handed_in_do_not_become_changeable(pair: tuple[Enrolment, Enrolment]) -> None:
    early, late = plan(pair[0], "Satu", submit=True), plan(pair[1], "Dua", submit=True)
    Plan.objects.filter(enrolment=pair[0]).update(submitted_at=timezone.now() - datetime.timedelta(days=3))
    Action.objects.filter(pk=early.pk).update(created_at=timezone.now() - datetime.timedelta(days=4))
    merged = merge_pair(pair)
    for action in (early, late):
        with pytest.raises(ValidationError) as refusal:
            save_action(enrolment=merged, action_id=action.pk, fields={"title": "Lain"})
        assert refusal.value.code == "submitted"


@pytest.mark.parametrize("submitted", [0, 1])
def test_a_draft_joins_the_plan_that_was_handed_in_and_the_page_says_so(
    pair: tuple[Enrolment, Enrolment], submitted: int
) -> None:
    for place, enrolment in enumerate(pair):
        plan(enrolment, f"Kegiatan {place}", submit=place == submitted)
    assert "count as handed in" in foreseen(pair)
    assert merge_pair(pair).plan.status == PlanStatus.SUBMITTED


def certified(enrolment: Enrolment) -> Certificate:
    Completion.objects.create(enrolment=enrolment)
    return issue_certificate(enrolment=enrolment)


def test_a_certificate_moves_as_it_was_printed(pair: tuple[Enrolment, Enrolment]) -> None:
    before = certified(pair[1])
    merged = merge_pair(pair)
    after = Certificate.objects.get()
    assert (after.enrolment, after.snapshot, after.number, after.code) == (
        merged,
        before.snapshot,
        before.number,
        before.code,
    )
    assert after.snapshot["name"] == "Joseph M. Bele"


def test_two_valid_certificates_hinder_until_staff_revoke_one(pair: tuple[Enrolment, Enrolment]) -> None:
    first, later = certified(pair[0]), certified(pair[1])
    found = compare_people(kept=pair[0].participant, merged=pair[1].participant)
    assert [one.url != "" for one in found.hindrances] == [True]
    assert f"revoke the later one, {later.number}" in found.hindrances[0].text
    with pytest.raises(ValidationError) as refusal:
        merge_pair(pair)
    assert refusal.value.code == "hindered"
    assert {one.status for one in Certificate.objects.all()} == {"valid"}

    revoke_certificate(certificate=later, reason="Terbit dua kali", by=make_staff())
    merged = merge_pair(pair)
    assert set(merged.certificates.all()) == {first, later}


def test_what_waits_to_be_printed_finds_its_certificate(pair: tuple[Enrolment, Enrolment]) -> None:
    """Effects name certificates, never people or enrolments: nothing in the outbox has to move."""
    certified(pair[1])
    gone = {str(pair[1].pk), str(pair[1].participant_id)}
    merge_pair(pair)
    texts = [f"{entry.key} {entry.payload}" for entry in OutboxEntry.objects.all()]
    assert texts
    assert not any(key in text for key in gone for text in texts)
