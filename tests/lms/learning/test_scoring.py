"""Points: what a person marks waits for the mark, "I do not know" earns nothing and is counted apart."""

import uuid

import pytest

from lms.cohorts.models import Enrolment
from lms.learning.domain import (
    finish_marking_if_complete,
    open_sitting,
    rebuild_scores,
    start_attempt,
    submit_attempt,
)
from lms.learning.domain.conditions import passes
from lms.learning.models import Attempt, AttemptItem, RubricMark
from tests.factories import make_staff
from tests.lms.learning.answers import answer
from tests.lms.learning.training import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(enrolment: Enrolment) -> Attempt:
    """An open practice with a question that the computer scores and one that a person marks."""
    practice = make_practice(enrolment.cohort, "single", "open_text", offer_dont_know=True)
    attempt = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    open_sitting(attempt=attempt)
    return attempt


def item_of(attempt: Attempt, kind: str) -> AttemptItem:
    return attempt.items.get(kind=kind)


def mark(item: AttemptItem, points: int) -> None:
    marker = make_staff(f"penilai-{uuid.uuid4().hex[:6]}")
    RubricMark.objects.create(item=item, level=points, points=points, marker=marker)


def test_an_answer_that_a_person_marks_holds_the_score_back_until_it_is_marked(mixed: Attempt) -> None:
    answer(item_of(mixed, "single"))
    answer(item_of(mixed, "open_text"), {"response": "Warga mengusulkan air bersih."}, sequence=2)
    done = submit_attempt(attempt=mixed)
    assert (done.score, item_of(mixed, "single").earned, item_of(mixed, "open_text").earned) == (
        None,
        1,
        None,
    )
    assert rebuild_scores(attempt=done, write=False) == []
    assert finish_marking_if_complete(done) is False
    mark(item_of(mixed, "open_text"), 2)
    assert finish_marking_if_complete(done) is True
    mixed.refresh_from_db()
    assert mixed.score == 3
    assert rebuild_scores(attempt=mixed, write=False) == []


def test_a_mark_that_is_corrected_changes_the_score(mixed: Attempt) -> None:
    answer(item_of(mixed, "open_text"), {"response": "Jawaban."})
    done = submit_attempt(attempt=mixed)
    for points, score in ((3, 3), (1, 1)):
        mark(item_of(mixed, "open_text"), points)
        finish_marking_if_complete(done)
        mixed.refresh_from_db()
        assert mixed.score == score


def test_without_an_answer_there_is_nothing_to_mark(mixed: Attempt) -> None:
    answer(item_of(mixed, "single"))
    assert submit_attempt(attempt=mixed).score == 1


def test_i_do_not_know_earns_nothing_and_is_counted_apart(mixed: Attempt) -> None:
    answer(item_of(mixed, "single"), {"response": "dont-know"})
    done = submit_attempt(attempt=mixed)
    item = item_of(mixed, "single")
    assert (done.score, item.earned, item.dont_know) == (0, 0, True)
    assert item_of(mixed, "open_text").dont_know is False
    AttemptItem.objects.filter(pk=item.pk).update(dont_know=False)
    assert [difference.position for difference in rebuild_scores(attempt=done)] == [1]
    item.refresh_from_db()
    assert item.dont_know is True


def test_what_waits_for_marking_does_not_pass(enrolment: Enrolment, mixed: Attempt) -> None:
    answer(item_of(mixed, "open_text"), {"response": "Jawaban."})
    assert passes(submit_attempt(attempt=mixed), 0) is False
