"""Time limits: the server's clock, grace, pauses, and handing in when the time is over."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from lms.learning.domain import close_if_overdue, hand_in_overdue, rebuild_scores, submit_attempt
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries import current_answers
from lms.learning.tasks import hand_in_overdue as task
from tests.lms.learning.answers import answer, right
from tests.lms.learning.training import begun_ago

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("late_by", "is_late"), [(-30, False), (30, False), (90, True)])
def test_an_answer_counts_until_the_grace_after_the_deadline_is_over(
    attempt: Attempt, late_by: int, is_late: bool
) -> None:
    item = attempt.items.get(position=1)
    begun_ago(attempt, 600 + late_by)
    assert answer(item).is_late is is_late
    assert bool(current_answers(attempt)) is not is_late
    assert AnswerEvent.objects.count() == 1


def test_what_comes_after_it_was_handed_in_by_the_clock_is_kept_and_does_not_count(
    participant: Client, attempt: Attempt
) -> None:
    answer(attempt.items.get(position=1))
    begun_ago(attempt, 700)
    assert hand_in_overdue() == 1
    fields = {
        "client_id": str(uuid.uuid4()),
        "sitting": "1",
        "seq": "2",
        **right(attempt.items.get(position=2)),
    }
    reply = participant.post(reverse("learning:save", args=[attempt.pk, 2]), fields)
    assert (reply.status_code, reply.json()["over"]) == (409, True)
    assert list(AnswerEvent.objects.order_by("sequence").values_list("is_late", flat=True)) == [False, True]
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.score) == ("deadline", 1)
    assert rebuild_scores(attempt=attempt, write=False) == []


def test_nobody_is_handed_in_before_the_grace_is_over_in_a_pause_or_without_a_limit(attempt: Attempt) -> None:
    begun_ago(attempt, 630)
    assert hand_in_overdue() == 0
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=timezone.now() - timedelta(hours=5), paused_at=timezone.now() - timedelta(hours=4.9)
    )
    assert hand_in_overdue() == 0
    Attempt.objects.filter(pk=attempt.pk).update(paused_at=None, time_limit_seconds=None)
    assert hand_in_overdue() == 0


def test_extra_time_and_pauses_move_the_deadline(attempt: Attempt) -> None:
    begun_ago(attempt, 900)
    attempt.extra_seconds, attempt.paused_seconds = 200, 150
    assert not attempt.is_overdue()
    assert 49 <= (attempt.seconds_left() or 0) <= 50
    assert close_if_overdue(attempt=attempt).submitted_at is None


def test_the_worker_hands_in_what_nobody_looks_at(attempt: Attempt) -> None:
    begun_ago(attempt, 700)
    task()
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.score) == ("deadline", 0)


def test_a_task_of_the_worker_s_clock_is_known(settings: object) -> None:
    entries = settings.CELERY_BEAT_SCHEDULE.values()  # type: ignore[attr-defined]
    assert "lms.learning.tasks.hand_in_overdue" in {entry["task"] for entry in entries}


@pytest.mark.parametrize("name", ["question", "review", "submit", "result", "page"])
def test_who_looks_after_the_end_meets_the_result(participant: Client, attempt: Attempt, name: str) -> None:
    begun_ago(attempt, 700)
    arguments = [attempt.pk, 1] if name == "question" else [attempt.pk]
    reply = participant.get(reverse(f"learning:{name}", args=arguments), follow=True)
    assert reply.redirect_chain[-1:] == [] or reply.redirect_chain[-1][0].endswith("/hasil/")
    attempt.refresh_from_db()
    assert attempt.closed_by == "deadline"


def test_the_page_says_the_time_in_words(participant: Client, attempt: Attempt) -> None:
    begun_ago(attempt, 100)
    with translation.override("en"):
        url = reverse("learning:question", args=[attempt.pk, 1])
    content = participant.get(url).content.decode()
    assert 'role="timer"' in content
    assert "Time left: 9 minutes" in content


def test_a_paused_test_shows_no_question_and_says_what_to_do(participant: Client, attempt: Attempt) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(paused_at=timezone.now())
    with translation.override("en"):
        url = reverse("learning:question", args=[attempt.pk, 1])
    content = participant.get(url).content.decode()
    assert "Your trainer has stopped the clock." in content
    assert "data-answer-form" not in content


def test_handing_in_twice_keeps_who_did_it_first(attempt: Attempt) -> None:
    begun_ago(attempt, 700)
    hand_in_overdue()
    assert submit_attempt(attempt=attempt).closed_by == "deadline"
