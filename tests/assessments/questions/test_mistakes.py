"""What people hold to be true, read from their answers: for trainers, in the words of the question."""

import random
from typing import Any

import pytest

from assessments.questions.base import DONT_KNOW
from tests.assessments.questions.support import loaded
from tests.factories import (
    ALL_MAKERS,
    make_matching,
    make_multiple,
    make_numeric,
    make_ordering,
    make_single,
    make_true_false,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(ALL_MAKERS))
def question(request: pytest.FixtureRequest) -> Any:
    return loaded(ALL_MAKERS[request.param]())


def test_no_answer_not_knowing_and_the_right_answer_hold_no_mistake(question: Any) -> None:
    for response in (None, DONT_KNOW, question.correct_response()):
        assert question.mistakes(response) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_mistake_has_words_and_only_an_answer_that_lost_points_holds_one(question: Any, seed: int) -> None:
    rng = random.Random(seed)
    response = question.guess(question.draw_order(rng), rng)
    found = question.mistakes(response)
    assert all(mistake.words for mistake in found)
    if found:
        assert question.score(response) < question.points


def test_a_wrong_option_is_told_with_its_own_reason() -> None:
    question = loaded(make_single())
    wrong = question.choices.all()[2]
    assert question.mistakes(str(wrong.pk)) == [("S1 pilihan 2", "S1 alasan 2")]


def test_of_several_ticks_only_the_wrong_ones_are_told() -> None:
    question = loaded(make_multiple())
    options = [str(choice.pk) for choice in question.choices.all()]
    assert [words for words, _ in question.mistakes([options[0], options[3], options[4]])] == [
        "MU1 pilihan 3",
        "MU1 pilihan 4",
    ]


def test_pairs_that_were_joined_wrongly_are_told_one_by_one() -> None:
    question = loaded(make_matching())
    first, second, third, extra = question.match_pairs.all()
    response = {
        f"l:{first.pk}": f"r:{extra.right_id}",
        f"l:{second.pk}": f"r:{second.right_id}",
        f"l:{third.pk}": f"r:{first.right_id}",
    }
    assert [words for words, _ in question.mistakes(response)] == [
        "MA1 kiri 0 – MA1 pengecoh",
        "MA1 kiri 2 – MA1 kanan 0",
    ]


def test_steps_put_the_other_way_round_are_told_as_neighbours() -> None:
    question = loaded(make_ordering())
    steps = [str(step.pk) for step in question.steps.all()]
    places = dict(zip(steps, (1, 3, 2, 4, 5), strict=True))
    assert [words for words, _ in question.mistakes(places)] == ["O1 langkah 2 → O1 langkah 1"]
    assert question.mistakes({steps[1]: 2}) == []


def test_a_wrong_number_is_told_with_the_authors_reason_if_there_is_one() -> None:
    errors = [{"value": "12000000", "why": "Satu nol terlalu banyak."}]
    question = loaded(make_numeric(common_errors=errors))
    assert question.mistakes("12000000") == [("12000000", "Satu nol terlalu banyak.")]
    assert question.mistakes("7") == [("7", "")]


def test_a_statement_held_to_be_false_is_told_so() -> None:
    question = loaded(make_true_false(rationale="Sejak 2024."))
    assert question.mistakes("false") == [("Salah", "Sejak 2024.")]
