"""An attempt goes to the person who really took it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.certificates.domain import issue_certificate
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import rebuild_scores, start_attempt
from lms.learning.domain.moving import after_leaving, move_attempt, plan_move
from lms.learning.domain.staff import void_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptRecord, Completion, PaperSheet
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.answers import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong() -> Enrolment:
    return EnrolmentFactory(participant__full_name="Maria")


@pytest.fixture
def right(wrong: Enrolment) -> Enrolment:
    return EnrolmentFactory(cohort=wrong.cohort, participant__full_name="Maria Bete", form_order="BA")


@pytest.fixture
def trainer() -> Any:
    return make_staff("pelatih")


def taken(enrolment: Enrolment, occasion: str = "pre", *, hours_ago: int = 0) -> Attempt:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion=occasion))
    Attempt.objects.filter(pk=attempt.pk).update(started_at=timezone.now() - timedelta(hours=hours_ago))
    return fresh(attempt)


def fresh(attempt: Attempt) -> Attempt:
    return Attempt.objects.select_related("enrolment__cohort", "enrolment__participant").get(pk=attempt.pk)


def move(attempt: Attempt, target: Enrolment, actor: Any, **words: Any) -> Attempt:
    counts = words.setdefault("counts", True)
    state = plan_move(attempt=fresh(attempt), target=target, counts=counts).state
    words = {"reason": "Duduk di kursi Maria", "state": state, **words}
    return move_attempt(attempt=fresh(attempt), target=target, actor=actor, **words)


def test_answers_points_and_history_come_along(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    attempt = taken(wrong)
    answers = list(AnswerEvent.objects.order_by("pk").values())
    moved = move(attempt, right, trainer)
    assert (moved.enrolment_id, moved.score, moved.form) == (right.pk, 13, attempt.form)
    assert list(AnswerEvent.objects.order_by("pk").values()) == answers
    assert rebuild_scores(attempt=moved, write=False) == []
    record = AttemptRecord.objects.get()
    assert (record.action, record.actor, record.reason) == ("moved", trainer, "Duduk di kursi Maria")
    assert (record.detail["from"], record.detail["to"]) == (
        str(wrong.participant_id),
        str(right.participant_id),
    )


def test_in_the_archive_no_attempt_moves(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    attempt = taken(wrong)
    state = plan_move(attempt=attempt, target=right, counts=True).state
    Cohort.objects.update(state="arsip")
    with pytest.raises(ValidationError) as refusal:
        move_attempt(
            attempt=attempt, target=right, counts=True, reason="Salah kursi", actor=trainer, state=state
        )
    assert refusal.value.code == "stage"
    assert Attempt.objects.get(pk=attempt.pk).enrolment_id == wrong.pk
    Cohort.objects.update(state="tutup")
    assert move(attempt, right, trainer).enrolment_id == right.pk


def test_the_order_of_forms_becomes_the_one_that_was_taken(
    wrong: Enrolment, right: Enrolment, trainer: Any
) -> None:
    move(taken(wrong), right, trainer)
    assert Enrolment.objects.get(pk=right.pk).form_order == "AB"


@pytest.mark.parametrize("moved_first", [True, False])
def test_beside_another_pre_test_the_first_by_time_counts(
    wrong: Enrolment, right: Enrolment, trainer: Any, moved_first: bool
) -> None:
    coming = taken(wrong, hours_ago=3 if moved_first else 1)
    own = taken(right, hours_ago=2)
    move(coming, right, trainer)
    void = own if moved_first else coming
    assert {one.pk: one.voided_at is None for one in Attempt.objects.filter(enrolment=right)} == {
        coming.pk: void is own,
        own.pk: void is coming,
    }
    assert AttemptRecord.objects.get(action="voided").attempt == void


def test_it_can_be_moved_without_counting(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    coming, own = taken(wrong, hours_ago=3), taken(right, hours_ago=2)
    moved = move(coming, right, trainer, counts=False)
    assert (moved.enrolment_id, moved.voided_at is None) == (right.pk, False)
    assert fresh(own).voided_at is None


def test_a_post_test_becomes_a_further_try(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    for one in (wrong, right):
        taken(one, hours_ago=9)
    coming, own = taken(wrong, "post", hours_ago=1), taken(right, "post", hours_ago=2)
    move(coming, right, trainer)
    assert [(fresh(one).number, fresh(one).voided_at) for one in (own, coming)] == [(1, None), (2, None)]


def test_an_open_attempt_goes_on_under_the_right_name(
    wrong: Enrolment, right: Enrolment, trainer: Any
) -> None:
    attempt = start_attempt(enrolment=wrong, occasion="pre")
    assert any("keluar dulu" in text for text in after_leaving(fresh(attempt)))
    moved = move(attempt, right, trainer)
    assert hand_in(moved).score == 13


def test_who_loses_the_only_pre_test_is_told_that_the_lessons_close(
    wrong: Enrolment, right: Enrolment
) -> None:
    assert any("Pelajaran tertutup" in text for text in after_leaving(taken(wrong)))


def test_the_paper_sheet_goes_along(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    attempt = taken(wrong)
    sheet = PaperSheet.objects.create(
        enrolment=wrong, assessment=attempt.assessment, occasion="pre", form=attempt.form, attempt=attempt
    )
    move(attempt, right, trainer)
    assert PaperSheet.objects.get(pk=sheet.pk).enrolment == right


def test_completion_and_certificate_stay_and_are_named(
    wrong: Enrolment, right: Enrolment, trainer: Any
) -> None:
    attempt = taken(wrong)
    Completion.objects.create(enrolment=wrong)
    certificate = issue_certificate(enrolment=wrong)
    move(attempt, right, trainer)
    assert Certificate.objects.get().enrolment == wrong
    unchanged = AttemptRecord.objects.get().detail["unchanged"]
    assert any(certificate.number in sentence for sentence in unchanged)


def test_who_receives_the_last_thing_that_was_missing_completes(
    wrong: Enrolment, right: Enrolment, trainer: Any
) -> None:
    Cohort.objects.update(min_attendance_percent=None, require_plan=False)
    Cohort.objects.update(post_test_tries=2)
    taken(wrong, hours_ago=9)
    post = taken(wrong, "post", hours_ago=1)
    assert Completion.objects.filter(enrolment=wrong).exists()
    move(post, right, trainer)
    assert Completion.objects.filter(enrolment=right).exists()


@pytest.mark.parametrize("code", ["void", "same", "other_cohort", "reason", "stale"])
def test_what_is_refused_changes_nothing(wrong: Enrolment, right: Enrolment, trainer: Any, code: str) -> None:
    attempt = taken(wrong)
    words: dict[str, Any] = {"reason": "Salah kursi", "counts": True, "state": ""}
    target = right
    if code == "void":
        void_attempt(attempt=attempt, actor=trainer, reason="Uji coba")
    elif code == "same":
        target = wrong
    elif code == "other_cohort":
        target = EnrolmentFactory(cohort__organisation=wrong.cohort.organisation)
    elif code == "reason":
        words["reason"] = " "
    with pytest.raises(ValidationError) as refusal:
        move_attempt(attempt=fresh(attempt), target=target, actor=trainer, **words)
    assert refusal.value.code == code
    assert fresh(attempt).enrolment_id == wrong.pk
    assert not AttemptRecord.objects.filter(action="moved").exists()


def test_moving_it_twice_at_once_is_done_once(wrong: Enrolment, right: Enrolment, trainer: Any) -> None:
    seen = taken(wrong)
    third = EnrolmentFactory(cohort=wrong.cohort)
    state = plan_move(attempt=seen, target=third, counts=True).state
    move(seen, right, trainer)
    with pytest.raises(ValidationError) as refusal:
        move_attempt(attempt=seen, target=third, counts=True, reason="Juga", actor=trainer, state=state)
    assert refusal.value.code == "stale"
