"""Thirty-two browsers hand in one attempt at the same moment: one submission, one score."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.certificates.models import Certificate
from lms.learning.domain import attempts, open_sitting, rebuild_scores, start_attempt
from lms.learning.models import AnswerEvent, Attempt, Completion
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer
from tests.services.threads import at_once

# Also on SQLite: a village has no other database.
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

CLIENTS = 32


@pytest.fixture
def attempt() -> Attempt:
    """A post-test, all of it right: handing it in completes the training."""
    enrolment = EnrolmentFactory(
        cohort__pretest_first=False, cohort__require_plan=False, cohort__min_attendance_percent=None
    )
    started = start_attempt(enrolment=enrolment, occasion="post")
    open_sitting(attempt=started)
    for sequence, item in enumerate(started.items.all(), start=1):
        answer(item, sequence=sequence)
    return started


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """One entry for each time that anybody writes the points of an attempt."""
    written: list[Any] = []
    write_scores = attempts.write_scores

    def note(locked: Attempt, items: Any) -> None:
        written.append(locked.pk)
        write_scores(locked, items)

    monkeypatch.setattr(attempts, "write_scores", note)
    return written


def browsers(attempt: Attempt) -> list[Client]:
    signed_in = []
    for _browser in range(CLIENTS):
        client = Client()
        sign_in_as(client, attempt.enrolment.participant)
        signed_in.append(client)
    return signed_in


def test_thirty_two_clients_that_submit_the_same_attempt_make_one_submission_with_one_score(
    attempt: Attempt, scored: list[Any]
) -> None:
    answered = AnswerEvent.objects.count()

    def hand_in(client: Client) -> tuple[int, str, Any]:
        reply = client.post(reverse("learning:submit", args=[attempt.pk]))
        stored = Attempt.objects.values_list("score", "submitted_at", "closed_by").get(pk=attempt.pk)
        return reply.status_code, reply["Location"], stored

    told = at_once([lambda client=client: hand_in(client) for client in browsers(attempt)])
    attempt.refresh_from_db()
    result = (attempt.score, attempt.submitted_at, attempt.closed_by)
    assert attempt.score == attempt.max_score == 13
    assert set(told) == {(303, reverse("learning:result", args=[attempt.pk]), result)}
    assert scored == [attempt.pk]
    assert Attempt.objects.count() == Completion.objects.count() == Certificate.objects.count() == 1
    assert AnswerEvent.objects.count() == answered
    assert rebuild_scores(attempt=attempt, write=False) == []
