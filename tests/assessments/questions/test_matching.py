"""Matching: each left side with its right side, by identities that do not tell the key."""

import random

import pytest
from django.core.exceptions import ValidationError

from assessments.domain import new_version
from assessments.models import MatchingQuestion, MatchPair
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_matching

pytestmark = pytest.mark.django_db


def key_of(question: MatchingQuestion) -> dict[str, str]:
    return {f"l:{pair.pk}": f"r:{pair.right_id}" for pair in question.match_pairs.all() if pair.left}


def as_form(response: dict[str, str]) -> dict[str, str]:
    return {f"response-{left}": right for left, right in response.items()}


def test_the_payload_has_left_and_right_sides_apart() -> None:
    question = make_matching()
    payload = question.participant_payload(question.draw_order(random.Random(1)))
    assert set(payload) == {"kind", "stem", "lefts", "rights"}
    assert {left["text"] for left in payload["lefts"]} == {f"MA1 kiri {n}" for n in range(3)}
    assert {right["text"] for right in payload["rights"]} == {
        *(f"MA1 kanan {n}" for n in range(3)),
        "MA1 pengecoh",
    }
    assert all(set(side) == {"id", "text"} for side in payload["lefts"] + payload["rights"])


def test_no_rationale_or_note_reaches_a_participant() -> None:
    question = make_matching(note=CANARY)
    MatchPair.objects.update(rationale=CANARY)
    assert_no_canary(loaded(question))


def test_no_identity_is_shared_by_the_sides_of_a_pair() -> None:
    question = make_matching()
    bare = [side.partition(":")[2] for side in question.option_ids()]
    assert len(set(bare)) == len(bare) == 7


def test_sorting_the_identities_does_not_give_the_key() -> None:
    matches = 0
    for number in range(30):
        question = make_matching(f"MA{number}")
        key = key_of(question)
        by_rank = zip(sorted(key), sorted(key.values()), strict=True)
        matches += sum(key[left] == right for left, right in by_rank)
    # 90 pairs, a third of them by chance.
    assert 10 <= matches <= 50


def test_each_pair_is_a_part_and_the_distractor_earns_nothing() -> None:
    question = make_matching()
    key = key_of(question)
    lefts = list(key)
    distractor = next(f"r:{pair.right_id}" for pair in question.match_pairs.all() if not pair.left)
    assert question.score(key) == 3
    assert question.score({**key, lefts[0]: distractor}) == 2
    assert question.score({lefts[0]: key[lefts[0]]}) == 1
    assert question.score(dict.fromkeys(lefts, distractor)) == 0
    assert question.score(dict.fromkeys(lefts, key[lefts[0]])) == 1
    assert question.score(None) == 0


def test_a_partial_answer_is_kept() -> None:
    question = make_matching()
    order = question.draw_order(random.Random(1))
    key = key_of(question)
    left = next(iter(key))
    form = as_form(dict.fromkeys(key, "") | {left: key[left]})
    assert MatchingQuestion.clean_response(posted(form), order) == {left: key[left]}
    assert MatchingQuestion.clean_response(posted(as_form(dict.fromkeys(key, ""))), order) is None
    assert MatchingQuestion.clean_response(posted({}), order) is None


def test_sides_of_another_question_are_refused_and_clear_nothing() -> None:
    order = make_matching("MA1").option_ids()
    other = key_of(make_matching("MA2"))
    own_left = order[0]
    for form in (
        as_form(other),
        as_form(dict.fromkeys(other, "")),
        {f"response-{own_left}": next(iter(other.values()))},
    ):
        with pytest.raises(ValidationError) as refusal:
            MatchingQuestion.clean_response(posted(form), order)
        assert refusal.value.code == "foreign_option"


def test_a_left_side_is_no_answer() -> None:
    order = make_matching().option_ids()
    with pytest.raises(ValidationError):
        MatchingQuestion.clean_response(posted({f"response-{order[0]}": order[1]}), order)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_refused_in_words(text: str) -> None:
    order = make_matching().option_ids()
    for form in ({f"response-{order[0]}": text}, {f"response-{text}": order[-1]}, {"response": text}):
        with pytest.raises(ValidationError):
            MatchingQuestion.clean_response(posted(form), order)


def test_the_page_has_one_labelled_list_a_row_with_the_choice_selected() -> None:
    question = make_matching()
    key = key_of(question)
    left = next(iter(key))
    page = shown(question, {left: key[left]})
    assert page.count("<select") == 3
    assert f'<label for="id_response-{left}" lang="id">' in page
    assert f'<select name="response-{left}" id="id_response-{left}">' in page
    assert page.count(" selected") == 1
    assert f'value="{key[left]}" selected' in page
    assert shown(question, posted(as_form(key))).count(" selected") == 3


def test_every_row_offers_the_same_choices_in_the_same_order() -> None:
    page = shown(make_matching())
    lists = [part.split("</select>")[0].split(">", 1)[1] for part in page.split("<select")[1:]]
    assert len(set(lists)) == 1


def test_letters_off_paper_stand_in_the_order_of_the_left_sides() -> None:
    question = loaded(make_matching())
    order = question.option_ids()
    payload = question.participant_payload(order)
    lefts = [left["id"] for left in payload["lefts"]]
    rights = [right["id"] for right in payload["rights"]]
    assert question.read_keyed("c - a", order, payload) == {lefts[0]: rights[2], lefts[2]: rights[0]}
    for text in ("CA", "CABD", "CAX", "123"):
        with pytest.raises(ValidationError, match="CBA"):
            question.read_keyed(text, order, payload)


def test_feedback_speaks_of_the_pairs_that_were_found_only() -> None:
    question = make_matching()
    for pair in question.match_pairs.all():
        pair.rationale = f"karena {pair.right}"
        pair.save()
    question = loaded(question)
    key = question.correct_response()
    first, second, _third = key
    assert question.feedback_on({first: key[first], second: key[first]}) == ["karena MA1 kanan 0"]
    assert question.feedback_on(None) == []


def swapped(question: MatchingQuestion) -> dict[str, str]:
    """A response that joins the first two left sides the other way round."""
    first, second, third = key_of(question).items()
    return dict([(first[0], second[1]), (second[0], first[1]), third])


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_corrected_pair_gives_its_points_to_who_had_joined_the_right_words(side: str) -> None:
    """An author mends a wrong pair by exchanging two texts; the rows stay where they are."""
    question = loaded(make_matching())
    right_all_along, as_the_wrong_key_said = swapped(question), key_of(question)
    edited = MatchingQuestion.objects.get(pk=question.pk)
    rows = list(edited.match_pairs.all())
    first, second = getattr(rows[0], side), getattr(rows[1], side)
    setattr(rows[0], side, second)
    setattr(rows[1], side, f" {first.upper()}")
    edited.match_pairs = rows
    corrected = loaded(new_version(edited))
    assert question.score(right_all_along) == 1
    assert corrected.score(corrected.adopt_response(right_all_along, given_to=question)) == 3
    assert corrected.score(corrected.adopt_response(as_the_wrong_key_said, given_to=question)) == 1
