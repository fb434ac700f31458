"""Answers: the same event twice is one, the order of arrival does not matter, the rest is refused."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.learning.domain import open_sitting, rebuild_scores, start_attempt, submit_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.learning.queries import current_answers, last_sequence
from tests.factories import EnrolmentFactory
from tests.lms.learning.answers import answer, right

pytestmark = pytest.mark.django_db


def single(attempt: Attempt) -> AttemptItem:
    return attempt.items.get(kind="single")


def test_an_answer_is_there_after_saving(attempt: Attempt) -> None:
    item = single(attempt)
    answer(item)
    assert current_answers(attempt) == {item.pk: right(item)["response"]}


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "numeric", "matching", "ordering"])
def test_every_kind_keeps_a_right_answer_and_scores_it_fully(attempt: Attempt, kind: str) -> None:
    item = attempt.items.get(kind=kind)
    answer(item)
    submit_attempt(attempt=attempt)
    item.refresh_from_db()
    assert item.earned == item.points


def test_the_same_event_twice_is_kept_once(attempt: Attempt) -> None:
    item, event_id = single(attempt), uuid.uuid4()
    first = answer(item, event_id=event_id)
    assert answer(item, event_id=event_id) == first
    assert AnswerEvent.objects.count() == 1


def test_a_retry_of_a_known_event_is_acknowledged_even_after_submitting(attempt: Attempt) -> None:
    item, event_id = single(attempt), uuid.uuid4()
    answer(item, event_id=event_id)
    submit_attempt(attempt=attempt)
    assert answer(item, event_id=event_id).pk == event_id


@pytest.mark.parametrize("other", ["response", "item"])
def test_an_id_that_comes_back_with_another_answer_is_refused(attempt: Attempt, other: str) -> None:
    item, event_id = single(attempt), uuid.uuid4()
    answer(item, event_id=event_id)
    changed = (
        (item, {"response": wrong(item)}) if other == "response" else (attempt.items.get(position=3), None)
    )
    with pytest.raises(ValidationError) as refusal:
        answer(*changed, event_id=event_id)
    assert refusal.value.code == "duplicate_differs"
    assert current_answers(attempt) == {item.pk: right(item)["response"]}


def wrong(item: AttemptItem) -> str:
    key = right(item)["response"]
    return next(option for option in item.option_order if option != key)


@pytest.mark.parametrize(
    "fields",
    [
        {"response": str(uuid.uuid4())},
        {"response": "\x00"},
        {"response": "x" * 10_000},
        {"response-l:1": "r:1"},
    ],
)
def test_an_option_of_another_question_is_refused_and_nothing_is_kept(
    attempt: Attempt, fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        answer(single(attempt), fields)
    assert refusal.value.code == "foreign_option"
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize("sitting", [0, 2, 10**9])
def test_only_sittings_that_the_server_gave_out_are_accepted(attempt: Attempt, sitting: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        answer(single(attempt), sitting=sitting)
    assert refusal.value.code == "invalid"


def test_taking_an_answer_back_is_an_answer_too(attempt: Attempt) -> None:
    item = single(attempt)
    answer(item, sequence=1)
    answer(item, {}, sequence=2)
    assert current_answers(attempt) == {item.pk: None}
    assert submit_attempt(attempt=attempt).score == 0


def test_a_later_sitting_wins_over_a_greater_sequence_of_an_earlier_one(attempt: Attempt) -> None:
    item = single(attempt)
    open_sitting(attempt=attempt)
    answer(item, sitting=2, sequence=1)
    answer(item, {"response": wrong(item)}, sitting=1, sequence=99)
    assert current_answers(attempt)[item.pk] == right(item)["response"]


def test_the_server_knows_the_last_sequence_of_each_sitting(attempt: Attempt) -> None:
    open_sitting(attempt=attempt)
    answer(single(attempt), sitting=1, sequence=7)
    assert (last_sequence(attempt, 1), last_sequence(attempt, 2)) == (7, 0)


events = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(0, 3), st.uuids(version=4)),
    min_size=1,
    max_size=8,
    unique_by=lambda event: event[3],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), arrived=events)
def test_the_final_answer_does_not_depend_on_the_order_of_arrival(
    attempt: Attempt, data: st.DataObject, arrived: list[tuple[int, int, int, uuid.UUID]]
) -> None:
    item = single(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(sittings=3)
    outcomes = []
    for order in (arrived, data.draw(st.permutations(arrived))):
        AnswerEvent.objects.all().delete()
        for sitting, sequence, option, event_id in order:
            answer(
                item,
                {"response": item.option_order[option]},
                sitting=sitting,
                sequence=sequence,
                event_id=event_id,
            )
        outcomes.append(current_answers(attempt)[item.pk])
    last = max(arrived, key=lambda event: (event[0], event[1], event[3].int))
    assert outcomes == [item.option_order[last[2]]] * 2


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answered=st.sets(st.integers(1, 6)))
def test_scores_are_whole_points_and_a_rebuild_gives_the_same(db: None, answered: set[int]) -> None:
    attempt = start_attempt(enrolment=EnrolmentFactory(), occasion="pre")
    open_sitting(attempt=attempt)
    for item in attempt.items.filter(position__in=answered):
        answer(item)
    done = submit_attempt(attempt=attempt)
    assert isinstance(done.score, int)
    assert done.score == sum(item.points for item in attempt.items.all() if item.position in answered)
    assert rebuild_scores(attempt=done, write=False) == []
