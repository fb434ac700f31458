"""What the owner of a handed-in attempt sees: by the rules, from their moment on, and never too early."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from assessments.models import Assessment, Choice, Question, ReviewRule
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.models import Attempt
from lms.learning.queries import shown_level
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.answers import answer, hand_in
from tests.lms.learning.training import assign, make_practice, make_single_form

pytestmark = pytest.mark.django_db
NOTHING, SCORE, RIGHT_WRONG, FEEDBACK, KEY = range(5)


def page(client: Client, name: str, attempt: Attempt, status: int = 200) -> str:
    with translation.override("en"):
        reply = client.get(reverse(f"learning:{name}", args=[attempt.pk]))
    assert reply.status_code == status
    return " ".join(reply.content.decode().split())


def last_day(cohort: Cohort, day: date) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=day - timedelta(days=1), ends_on=day)


def rule(assessment: Assessment, occasion: str, moment: str, level: int) -> None:
    ReviewRule.objects.create(assessment=assessment, occasion=occasion, moment=moment, level=level)


def level_of(attempt: Attempt) -> int:
    return shown_level(
        Attempt.objects.select_related("enrolment__cohort__village", "assessment").get(pk=attempt.pk)
    )


@pytest.fixture
def running(enrolment: Enrolment) -> Cohort:
    """A training whose last day is today."""
    last_day(enrolment.cohort, timezone.localdate())
    return enrolment.cohort


@pytest.fixture
def post(enrolment: Enrolment, attempt: Attempt) -> Attempt:
    hand_in(attempt, right_items=4)
    return hand_in(start_attempt(enrolment=enrolment, occasion="post"), right_items=4)


def test_while_the_training_runs_the_tests_show_their_points(
    running: Cohort, post: Attempt, attempt: Attempt
) -> None:
    assert (level_of(attempt), level_of(post)) == (SCORE, SCORE)


def test_after_the_last_day_the_post_test_shows_feedback_and_the_pre_test_no_more_than_points(
    running: Cohort, post: Attempt, attempt: Attempt
) -> None:
    last_day(running, timezone.localdate() - timedelta(days=2))
    assert (level_of(attempt), level_of(post)) == (SCORE, FEEDBACK)


@pytest.mark.parametrize("occasion", ["pre", "post"])
def test_no_rule_shows_a_key_while_anybody_may_still_take_the_post_test(
    running: Cohort, post: Attempt, attempt: Attempt, occasion: str
) -> None:
    rule(running.assessment, occasion, "handed_in", KEY)
    chosen = attempt if occasion == "pre" else post
    assert level_of(chosen) == SCORE
    assign(running, "post", closes_at=timezone.now() - timedelta(hours=1))
    assert level_of(chosen) == KEY
    # Somebody began before it closed.
    other = EnrolmentFactory(cohort=running)
    submit_attempt(attempt=start_attempt(enrolment=other, occasion="pre"))
    start_attempt(enrolment=other, occasion="post", entered_by=make_staff())
    assert level_of(chosen) == SCORE


def test_a_follow_up_test_to_come_keeps_the_post_test_closed(running: Cohort, post: Attempt) -> None:
    last_day(running, timezone.localdate() - timedelta(days=2))
    followup = assign(running, "followup")
    assert level_of(post) == SCORE
    followup.closes_at = timezone.now() - timedelta(hours=1)
    followup.save()
    assert level_of(post) == FEEDBACK


def test_a_rule_may_show_nothing(participant: Client, running: Cohort, attempt: Attempt) -> None:
    rule(running.assessment, "pre", "handed_in", NOTHING)
    hand_in(attempt, right_items=4)
    text = page(participant, "result", attempt)
    assert "6 of 13" not in text
    assert "Your answers have arrived." in text


def test_the_own_answers_are_refused_while_they_would_tell(
    participant: Client, running: Cohort, post: Attempt
) -> None:
    assert "Look at my answers" not in page(participant, "result", post)
    text = page(participant, "answers", post, status=403)
    assert Question.objects.get(pk=post.items.get(position=1).question_id).stem not in text


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        (RIGHT_WRONG, {"verdict"}),
        (FEEDBACK, {"verdict", "why", "said"}),
        (KEY, {"verdict", "why", "said", "key"}),
    ],
)
def test_each_level_shows_what_it_says_and_no_more(
    participant: Client, enrolment: Enrolment, level: int, seen: set[str]
) -> None:
    practice = make_practice(enrolment.cohort, "single")
    rule(practice, "practice", "handed_in", level)
    Question.objects.update(feedback="Baca lagi pasal itu.")
    attempt = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    item = attempt.items.get()
    wrong = Choice.objects.get(question=item.question_id, text__endswith="pilihan 2")
    key = Choice.objects.get(question=item.question_id, is_correct=True)
    open_sitting(attempt=attempt)
    answer(item, {"response": str(wrong.pk)})
    submit_attempt(attempt=attempt)
    text = page(participant, "answers", attempt)
    words = {"verdict": "not right", "why": wrong.rationale, "said": "Baca lagi pasal itu.", "key": key.text}
    assert {name for name, word in words.items() if word in text} == seen
    assert wrong.text in text
    assert key.rationale not in text


def test_what_waits_for_marking_is_held_back_everywhere(participant: Client, enrolment: Enrolment) -> None:
    test = make_single_form("single", "open_text")
    Cohort.objects.filter(pk=enrolment.cohort_id).update(assessment=test, pretest_first=False)
    enrolment.refresh_from_db()
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    open_sitting(attempt=attempt)
    answer(attempt.items.get(kind="single"))
    answer(attempt.items.get(kind="open_text"), {"response": "Warga memilih jalan desa."}, sequence=2)
    done = submit_attempt(attempt=attempt)
    assert (done.score, done.awaits_marking, level_of(done)) == (None, True, NOTHING)
    assert "being marked" in page(participant, "result", done)
    assert page(participant, "answers", done, status=403)
    with translation.override("en"):
        dashboard = participant.get(reverse("portal:dashboard")).content.decode()
    assert "being marked" in dashboard


@pytest.mark.parametrize("kinds", [("single",), ("single", "single", "single")])
def test_the_page_of_answers_takes_a_fixed_number_of_queries(
    participant: Client, enrolment: Enrolment, kinds: tuple[str, ...], django_assert_max_num_queries: Any
) -> None:
    practice = make_practice(enrolment.cohort, *kinds)
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="practice", assessment=practice))
    page(participant, "answers", attempt)
    with django_assert_max_num_queries(13):
        page(participant, "answers", attempt)
