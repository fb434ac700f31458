"""Single choice: one of the question's own options, right or not."""

import random

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Choice, SingleChoiceQuestion
from tests.assessments.questions.support import CANARY, HOSTILE, assert_no_canary, loaded, posted, shown
from tests.factories import make_single

pytestmark = pytest.mark.django_db


def test_the_payload_is_identity_and_text_in_the_frozen_order_and_nothing_else() -> None:
    question = make_single()
    order = question.draw_order(random.Random(3))
    assert question.participant_payload(order) == {
        "kind": "single",
        "stem": "Soal S1",
        "options": [{"id": pk, "text": Choice.objects.get(pk=pk).text} for pk in order],
    }


def test_no_key_rationale_or_note_reaches_a_participant() -> None:
    question = make_single(note=CANARY, citations=[{"ref": CANARY, "status": CANARY}])
    Choice.objects.update(rationale=CANARY)
    assert_no_canary(loaded(question))
    assert "is_correct" not in shown(question)


def test_the_right_option_earns_the_points_and_a_wrong_one_nothing() -> None:
    question = make_single(points=3)
    right, *wrong = question.option_ids()
    assert question.score(right) == 3
    assert [question.score(option) for option in wrong] == [0, 0, 0]
    assert question.score(None) == 0


def test_an_own_option_is_accepted_and_nothing_is_no_answer() -> None:
    order = make_single().option_ids()
    assert SingleChoiceQuestion.clean_response(posted({"response": order[2]}), order) == order[2]
    assert SingleChoiceQuestion.clean_response(posted({}), order) is None
    assert SingleChoiceQuestion.clean_response(posted({"response": ""}), order) is None


def test_an_option_of_another_question_is_refused() -> None:
    order, other = make_single("S1").option_ids(), make_single("S2").option_ids()
    with pytest.raises(ValidationError) as refusal:
        SingleChoiceQuestion.clean_response(posted({"response": other[0]}), order)
    assert refusal.value.code == "foreign_option"


def test_the_form_of_another_kind_is_refused_instead_of_clearing_the_answer() -> None:
    order = make_single().option_ids()
    with pytest.raises(ValidationError) as refusal:
        SingleChoiceQuestion.clean_response(posted({f"response-{order[0]}": "1"}), order)
    assert refusal.value.code == "foreign_option"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_refused_in_words(text: str) -> None:
    order = make_single().option_ids()
    with pytest.raises(ValidationError):
        SingleChoiceQuestion.clean_response(posted({"response": text}), order)


def test_fields_around_the_answer_do_not_matter() -> None:
    order = make_single().option_ids()
    data = posted({"response": order[0], "client_id": "x", "sitting": "1", "question": "9"})
    assert SingleChoiceQuestion.clean_response(data, order) == order[0]


def test_the_page_is_one_labelled_group_with_the_chosen_option_ticked() -> None:
    question = make_single()
    chosen = question.option_ids()[1]
    page = shown(question, chosen)
    assert "<fieldset" in page
    assert '<legend><h1 class="bb-question" lang="id">Soal S1</h1>' in page
    assert page.count('type="radio" name="response"') == 4
    assert page.count("<label for=") == 4
    assert page.count(" checked") == 1
    assert f'value="{chosen}" id="id_response-{chosen}" checked' in page


def test_what_was_sent_is_ticked_again_beside_the_reason_of_a_refusal() -> None:
    question = make_single()
    chosen = question.option_ids()[1]
    page = shown(question, posted({"response": chosen}), error="Coba lagi.")
    assert f'id="id_response-{chosen}" checked' in page
    assert 'aria-describedby="response-error"' in page
    assert "Coba lagi." in page


def test_texts_of_authors_are_escaped() -> None:
    question = make_single(stem="<script>alert(1)</script>")
    assert "<script>" not in shown(question)


def test_options_shuffle_unless_the_author_says_no() -> None:
    free, fixed = make_single("S1"), make_single("S2", shuffle=False)
    orders = {tuple(free.draw_order(random.Random(seed))) for seed in range(20)}
    assert len(orders) > 5
    assert all(fixed.draw_order(random.Random(seed)) == fixed.option_ids() for seed in range(5))
    assert all(sorted(order) == sorted(free.option_ids()) for order in orders)
