"""Multiple choice: right options add, wrong ones take back, never below nothing."""

import itertools
import random

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.models import Choice, MultipleChoiceQuestion
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_multiple, make_single

pytestmark = pytest.mark.django_db


def test_the_payload_tells_how_many_to_choose_and_no_key() -> None:
    question = make_multiple()
    payload = question.participant_payload(question.option_ids())
    assert set(payload) == {"kind", "stem", "options", "choose"}
    assert all(set(option) == {"id", "text"} for option in payload["options"])


def test_no_key_rationale_or_note_reaches_a_participant() -> None:
    question = make_multiple(note=CANARY, citations=[{"ref": CANARY, "status": CANARY}])
    Choice.objects.update(rationale=CANARY)
    assert_no_canary(loaded(question))


def test_points_are_right_minus_wrong() -> None:
    question = make_multiple()
    a, b, c, x, y = question.option_ids()
    assert question.score([a, b, c]) == 3
    assert question.score([a, b]) == 2
    assert question.score([a, b, c, x]) == 2
    assert question.score([a, x, y]) == 0
    assert question.score([a, b, c, x, y]) == 1
    assert question.score(None) == 0


def test_points_are_whole_and_within_bounds_for_every_answer() -> None:
    question = loaded(make_multiple(points=6))
    options = question.option_ids()
    for size in range(1, 6):
        for chosen in itertools.combinations(options, size):
            points = question.score(list(chosen))
            assert isinstance(points, int)
            assert 0 <= points <= 6
            assert points == question.score(list(reversed(chosen)))


def test_answers_are_kept_once_each_whatever_the_order_of_ticking() -> None:
    order = make_multiple().option_ids()
    first = MultipleChoiceQuestion.clean_response(posted({"response": [order[2], order[0]]}), order)
    second = MultipleChoiceQuestion.clean_response(
        posted({"response": [order[0], order[2], order[0]]}), order
    )
    assert first == second == sorted([order[0], order[2]])
    assert MultipleChoiceQuestion.clean_response(posted({}), order) is None


def test_an_option_of_another_question_is_refused() -> None:
    order, other = make_multiple().option_ids(), make_single().option_ids()
    with pytest.raises(ValidationError) as refusal:
        MultipleChoiceQuestion.clean_response(posted({"response": [order[0], other[0]]}), order)
    assert refusal.value.code == "foreign_option"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_refused_in_words(text: str) -> None:
    order = make_multiple().option_ids()
    with pytest.raises(ValidationError):
        MultipleChoiceQuestion.clean_response(posted({"response": [order[0], text]}), order)


def test_the_form_of_another_kind_is_refused() -> None:
    order = make_multiple().option_ids()
    with pytest.raises(ValidationError):
        MultipleChoiceQuestion.clean_response(posted({f"response-{order[0]}": "1"}), order)


def test_the_page_ticks_what_was_chosen_and_tells_how_many() -> None:
    question = make_multiple()
    chosen = sorted(question.option_ids()[:2])
    page = shown(question, chosen)
    assert page.count('type="checkbox" name="response"') == 5
    assert page.count(" checked") == 2
    assert "3" in page.split('id="response-hint">')[1].split("</p>")[0]
    assert shown(question, posted({"response": chosen})).count(" checked") == 2


def test_without_a_number_the_page_asks_for_every_right_answer() -> None:
    question = make_multiple(choose=None)
    hint = shown(question).split('id="response-hint">')[1].split("</p>")[0]
    assert not any(character.isdigit() for character in hint)


def test_the_order_drawn_does_not_tell_the_right_options() -> None:
    question = make_multiple()
    firsts = {question.draw_order(random.Random(seed))[0] for seed in range(60)}
    assert firsts == set(question.option_ids())


@pytest.mark.parametrize(
    ("policy", "points", "earned"),
    [
        ("right_minus_wrong", 3, {"abc": 3, "ab": 2, "abx": 1, "xy": 0, "abcxy": 1}),
        ("all_or_nothing", 3, {"abc": 3, "ab": 0, "abx": 0, "xy": 0, "abcxy": 0}),
        ("per_option", 5, {"abc": 5, "ab": 4, "abx": 3, "xy": 0, "abcxy": 3}),
    ],
)
def test_points_follow_the_policy(policy: str, points: int, earned: dict[str, int]) -> None:
    question = make_multiple(policy=policy, points=points)
    by_letter = dict(zip("abcxy", question.option_ids(), strict=True))
    assert {
        letters: question.score([by_letter[letter] for letter in letters]) for letters in earned
    } == earned


@pytest.mark.parametrize(("policy", "uneven"), [("right_minus_wrong", 4), ("per_option", 3)])
def test_points_that_do_not_share_out_depend_on_the_policy(policy: str, uneven: int) -> None:
    question = make_multiple(policy=policy, points=uneven)
    rows = list(question.choices.all())
    assert [problem.code for problem in question.authoring_problems(rows)] == ["uneven_points"]
    question.policy = "all_or_nothing"
    assert list(question.authoring_problems(rows)) == []


def test_more_ticks_than_asked_for_are_kept_and_told() -> None:
    question = make_multiple()
    order = question.option_ids()
    four = question.clean_response(posted({"response": order[:4]}), order)
    assert len(four) == 4
    with override("en"):
        assert ">You have chosen 4, but 3 are asked for.</p>" in shown(question, four)
        assert ">You have chosen" not in shown(question, order[:3])
        assert ">You have chosen" not in shown(make_multiple("MU2", choose=None), order[:4])


def test_a_letter_typed_twice_off_paper_is_a_slip_that_is_told() -> None:
    question = make_multiple()
    order = question.option_ids()
    payload = question.participant_payload(order)
    assert question.read_keyed("c, a", order, payload) == sorted([order[0], order[2]])
    for text in ("AA", "AF", "A-", "A1"):
        with pytest.raises(ValidationError, match="ABC"):
            question.read_keyed(text, order, payload)
