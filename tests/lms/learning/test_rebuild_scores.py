"""The command that scores again: identical integers, or a report of what differs."""

import io

import pytest
from django.core.management import CommandError, call_command

from lms.learning.models import Attempt, AttemptItem
from tests.lms.learning.answers import hand_in

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rebuild_scores", *arguments, stdout=out)
    return out.getvalue()


def test_a_sound_database_shows_no_difference(attempt: Attempt) -> None:
    hand_in(attempt, right_items=3)
    assert "1 attempts scored again, 0 figures differ." in run("--check")


def test_a_wrong_figure_is_reported_and_only_the_plain_run_puts_it_right(attempt: Attempt) -> None:
    score = hand_in(attempt, right_items=3).score
    AttemptItem.objects.filter(attempt=attempt, position=1).update(earned=0)
    Attempt.objects.filter(pk=attempt.pk).update(score=0)
    with pytest.raises(CommandError):
        run("--check")
    attempt.refresh_from_db()
    assert attempt.score == 0
    report = run()
    attempt.refresh_from_db()
    assert attempt.score == score
    assert "question 1: stored 0, answers give 1" in report
    assert f"total: stored 0, answers give {score}" in report
    run("--check")


def test_one_cohort_can_be_named(attempt: Attempt) -> None:
    hand_in(attempt)
    assert "0 attempts" in run("--cohort", "UNKNOWN")
    assert "1 attempts" in run("--cohort", attempt.enrolment.cohort.code)
