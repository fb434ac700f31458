"""Numbering and locking minutes, next versions, the signed paper, and discarding drafts."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from lms.deliberations.domain.minutes import (
    answer_findings,
    discard_draft,
    finalise_minutes,
    keep_scan,
    new_version,
    suggested_number,
)
from lms.deliberations.models import AnsweredFinding, Minutes, Proposal, Scan, Signatory
from lms.people.models import RecordLogEntry
from lms.uploads import taken_in
from tests.factories import CohortFactory, FindingFactory, make_staff
from tests.lms.deliberations.factories import MinutesFactory, let_sign, photo, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db: None) -> Any:
    return make_staff()


@pytest.fixture
def minutes(db: None) -> Minutes:
    made = MinutesFactory(organisation__short_code="DS-LNN")
    propose(made)
    let_sign(made, ("warga", "Maria", "", "P"), ("warga", "Yosef", "", "L"))
    return made


def final(minutes: Minutes, user: Any, number: str = "001/BA/VI/2018") -> Minutes:
    return finalise_minutes(minutes=minutes, number=number, user=user)


def code_of(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(refusal.value.code)


def test_final_minutes_have_number_time_and_person(minutes: Minutes, user: Any) -> None:
    final(minutes, user, " 001/BA \n")
    minutes.refresh_from_db()
    assert (minutes.number, minutes.state, minutes.finalised_by) == ("001/BA", "final", user)
    assert minutes.finalised_at is not None
    entry = RecordLogEntry.objects.get(action="deliberations.finalised")
    assert (entry.user, entry.data["number"]) == (user, "001/BA")


def test_the_next_free_number_of_village_and_year_is_suggested(minutes: Minutes, user: Any) -> None:
    assert suggested_number(minutes) == "001/BA-MUSDUS/DS-LNN/VI/2018"
    final(minutes, user, suggested_number(minutes))
    second = MinutesFactory(organisation=minutes.organisation, village=minutes.village, kind="musdes")
    assert suggested_number(second) == "002/BA-MUSDES/DS-LNN/VI/2018"
    final(second, user, "003/BA-MUSDUS/DS-LNN/VI/2018")
    third = MinutesFactory(organisation=minutes.organisation, village=minutes.village)
    assert suggested_number(third) == "004/BA-MUSDUS/DS-LNN/VI/2018"


def test_minutes_of_a_deliberation_to_come_do_not_become_final(minutes: Minutes, user: Any) -> None:
    minutes.held_on = timezone.localdate() + datetime.timedelta(days=2)
    minutes.save()
    with pytest.raises(ValidationError) as refusal:
        final(minutes, user)
    assert code_of(refusal) == "future"


@pytest.mark.parametrize("field", ["place", "chair", "note_taker", "results"])
def test_minutes_that_lack_something_do_not_become_final(minutes: Minutes, user: Any, field: str) -> None:
    setattr(minutes, field, " ")
    minutes.save()
    with pytest.raises(ValidationError) as refusal:
        final(minutes, user)
    assert code_of(refusal) == "incomplete"
    assert Minutes.objects.get().is_draft


def test_a_number_is_given_once_within_an_organisation(minutes: Minutes, user: Any) -> None:
    final(minutes, user)
    for number in ("001/BA/VI/2018", ""):
        with pytest.raises(ValidationError) as refusal:
            final(MinutesFactory(organisation=minutes.organisation), user, number)
        assert code_of(refusal) == "number"
    assert final(MinutesFactory(), user).number == "001/BA/VI/2018"


def test_the_database_keeps_numbers_apart_even_if_nobody_asks(minutes: Minutes, user: Any) -> None:
    final(minutes, user)
    with pytest.raises(IntegrityError):
        MinutesFactory(organisation=minutes.organisation, number="001/BA/VI/2018")


def test_final_minutes_are_changed_by_a_next_version_with_its_reason(minutes: Minutes, user: Any) -> None:
    final(minutes, user)
    minutes.refresh_from_db()
    draft = new_version(minutes=minutes, reason="Volume salah\nketik", user=user)
    assert (draft.version, draft.number, draft.is_draft) == (2, minutes.number, True)
    assert (draft.change_reason, draft.results) == ("Volume salah ketik", minutes.results)
    assert [each.activity for each in draft.proposals.all()] == ["Perpipaan air bersih"]
    assert Signatory.objects.filter(minutes=draft).count() == 2
    assert Proposal.objects.filter(minutes=minutes).count() == 1
    assert new_version(minutes=minutes, reason="Lagi", user=user) == draft
    minutes.refresh_from_db()
    assert minutes.superseded_at is None
    final(draft, user, "angka lain")
    minutes.refresh_from_db()
    draft.refresh_from_db()
    assert minutes.superseded_at is not None
    assert (draft.number, draft.state) == (minutes.number, "final")


def test_a_version_needs_a_reason_and_something_that_holds(minutes: Minutes, user: Any) -> None:
    with pytest.raises(ValidationError) as of_draft:
        new_version(minutes=minutes, reason="Salah", user=user)
    final(minutes, user)
    with pytest.raises(ValidationError) as without_reason:
        new_version(minutes=minutes, reason=" \n", user=user)
    final(new_version(minutes=minutes, reason="Salah", user=user), user)
    with pytest.raises(ValidationError) as replaced:
        new_version(minutes=minutes, reason="Salah", user=user)
    assert [code_of(each) for each in (of_draft, without_reason, replaced)] == [
        "state",
        "reason",
        "superseded",
    ]


def test_final_minutes_are_locked(minutes: Minutes, user: Any) -> None:
    final(minutes, user)
    for attempt in (
        lambda: final(minutes, user, "002"),
        lambda: answer_findings(minutes=minutes, findings=[]),
        lambda: discard_draft(minutes=minutes, user=user),
    ):
        with pytest.raises(ValidationError) as refusal:
            attempt()
        assert code_of(refusal) == "state"
    assert Proposal.objects.filter(minutes=minutes).exists()


def test_the_signed_paper_is_kept_with_final_minutes_only(minutes: Minutes, user: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        keep_scan(minutes=minutes, file=taken_in(photo()), name="ba.jpg", user=user)
    assert code_of(refusal) == "state"
    final(minutes, user)
    for _time in range(2):
        keep_scan(minutes=minutes, file=taken_in(photo()), name="../../ba.jpg", user=user)
    minutes.refresh_from_db()
    assert minutes.state == "bertanda"
    scans = Scan.objects.all()
    assert [scan.name for scan in scans] == ["ba.jpg", "ba.jpg"]
    assert all(re.fullmatch(r"minutes/[0-9a-f]{32}\.jpg", scan.file.name) for scan in scans)


def test_a_draft_is_discarded_with_its_rows_and_the_log_knows(minutes: Minutes, user: Any) -> None:
    discard_draft(minutes=minutes, user=user)
    assert not Minutes.objects.exists()
    assert not Proposal.objects.exists()
    assert not Signatory.objects.exists()
    assert RecordLogEntry.objects.filter(action="wagtail.delete", user=user).count() == 1


def test_only_findings_of_the_own_training_are_answered(user: Any) -> None:
    cohort = CohortFactory()
    minutes = MinutesFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
    own, foreign = FindingFactory(cohort=cohort), FindingFactory()
    answer_findings(minutes=minutes, findings=[own, foreign])
    answer_findings(minutes=minutes, findings=[own])
    assert list(AnsweredFinding.objects.values_list("finding", flat=True)) == [own.pk]
    final(minutes, user)
    draft = new_version(minutes=minutes, reason="Salah", user=user)
    assert draft.answered.get().finding == own
    answer_findings(minutes=draft, findings=[])
    assert AnsweredFinding.objects.get().minutes == minutes
