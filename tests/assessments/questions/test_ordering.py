"""Ordering: neighbours that stand together earn, wherever the run begins."""

import itertools
import random

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.models import OrderingQuestion
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_ordering

pytestmark = pytest.mark.django_db


def places(steps: list[str]) -> dict[str, int]:
    return {step: place for place, step in enumerate(steps, start=1)}


def as_form(response: dict[str, int]) -> dict[str, str]:
    return {f"response-{step}": str(place) for step, place in response.items()}


def test_the_payload_has_the_steps_in_the_frozen_order_only() -> None:
    question = make_ordering()
    order = question.draw_order(random.Random(5))
    payload = question.participant_payload(order)
    assert set(payload) == {"kind", "stem", "steps"}
    assert [step["id"] for step in payload["steps"]] == order
    assert all(set(step) == {"id", "text"} for step in payload["steps"])


def test_no_rationale_or_note_reaches_a_participant() -> None:
    assert_no_canary(loaded(make_ordering(note=CANARY, rationale=CANARY)))


def test_sorting_the_identities_does_not_give_the_order() -> None:
    solved = 0
    for number in range(30):
        key = make_ordering(f"O{number}").option_ids()
        solved += sorted(key) == key
    # One in 120 by chance.
    assert solved <= 4


def test_points_count_neighbours() -> None:
    question = loaded(make_ordering())
    a, b, c, d, e = question.option_ids()
    assert question.score(places([a, b, c, d, e])) == 4
    assert question.score(places([b, c, d, e, a])) == 3
    assert question.score(places([e, d, c, b, a])) == 0
    assert question.score({a: 1, b: 2}) == 1
    assert question.score({a: 1, b: 3}) == 0
    assert question.score(None) == 0


def test_points_are_whole_and_within_bounds_for_every_order() -> None:
    question = loaded(make_ordering(points=8))
    key = question.option_ids()
    scores = [question.score(places(list(order))) for order in itertools.permutations(key)]
    assert all(isinstance(score, int) and 0 <= score <= 8 for score in scores)
    assert scores.count(8) == 1


def test_a_whole_and_a_partial_order_are_kept() -> None:
    order = make_ordering().option_ids()
    whole = places(order)
    assert OrderingQuestion.clean_response(posted(as_form(whole)), order) == whole
    partial = {f"response-{step}": "" for step in order} | {f"response-{order[0]}": " 2 "}
    assert OrderingQuestion.clean_response(posted(partial), order) == {order[0]: 2}
    assert OrderingQuestion.clean_response(posted({}), order) is None


def test_two_steps_at_one_place_are_refused_with_a_reason() -> None:
    order = make_ordering().option_ids()
    with override("en"), pytest.raises(ValidationError) as refusal:
        OrderingQuestion.clean_response(posted(as_form({order[0]: 1, order[1]: 1})), order)
    assert refusal.value.code == "invalid"
    with override("en"):
        assert "same number" in refusal.value.messages[0]


@pytest.mark.parametrize("text", ["0", "6", "-1", "1.5", "satu", *HOSTILE])
def test_a_place_that_is_none_is_refused_in_words(text: str) -> None:
    order = make_ordering().option_ids()
    with pytest.raises(ValidationError):
        OrderingQuestion.clean_response(posted({f"response-{order[0]}": text}), order)


def test_steps_of_another_question_are_refused_and_clear_nothing() -> None:
    order, other = make_ordering("O1").option_ids(), make_ordering("O2").option_ids()
    for form in (as_form(places(other)), {f"response-{step}": "" for step in other}, {"response": order[0]}):
        with pytest.raises(ValidationError) as refusal:
            OrderingQuestion.clean_response(posted(form), order)
        assert refusal.value.code == "foreign_option"


def test_the_page_has_one_named_list_a_step_with_its_place_selected() -> None:
    question = make_ordering()
    step = question.option_ids()[0]
    page = shown(question, {step: 3})
    assert page.count("<select") == 5
    assert page.count(" selected") == 1
    assert f'name="response-{step}"' in page
    assert '<option value="3" selected>' in page


def test_what_was_typed_is_shown_again_and_nonsense_is_left_empty() -> None:
    question = make_ordering()
    first, second, *_ = question.option_ids()
    page = shown(
        question, posted({f"response-{first}": "2", f"response-{second}": "<b>"}), error="Coba lagi."
    )
    assert page.count(" selected") == 1
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("policy", "points", "earned"),
    [
        ("adjacent_pairs", 4, {"abcde": 4, "bcdea": 3, "abdce": 1, "edcba": 0}),
        ("exact", 4, {"abcde": 4, "bcdea": 0, "abdce": 0, "edcba": 0}),
        ("position", 5, {"abcde": 5, "bcdea": 0, "abdce": 3, "edcba": 1}),
    ],
)
def test_points_follow_the_policy(policy: str, points: int, earned: dict[str, int]) -> None:
    question = loaded(make_ordering(policy=policy, points=points))
    steps = dict(zip("abcde", question.option_ids(), strict=True))
    assert {
        letters: question.score(places([steps[letter] for letter in letters])) for letters in earned
    } == earned


@pytest.mark.parametrize(("policy", "fitting"), [("adjacent_pairs", 4), ("exact", 3), ("position", 5)])
def test_points_that_share_out_depend_on_the_policy(policy: str, fitting: int) -> None:
    question = make_ordering(policy=policy, points=fitting)
    rows = list(question.steps.all())
    assert list(question.authoring_problems(rows)) == []


def test_letters_off_paper_stand_in_the_order_of_the_answer() -> None:
    question = make_ordering()
    order = question.option_ids()
    payload = question.participant_payload(order)
    assert question.read_keyed("B-A", order, payload) == {order[1]: 1, order[0]: 3}
    for text in ("ABCDEA", "ABA", "ABF", "12"):
        with pytest.raises(ValidationError, match="BDACE"):
            question.read_keyed(text, order, payload)
