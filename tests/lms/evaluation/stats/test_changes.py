"""Before and after of a pair of questions."""

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.changes import Change, change_of
from lms.evaluation.stats.reasons import Reason

ANSWERS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)


def test_people_are_counted_by_what_became_of_their_answer() -> None:
    change = change_of({"AB": [(True, True), (False, True)], "BA": [(True, False), (False, False)]})
    assert change == Change(4, kept=1, learned=1, lost=1, missing=1)
    assert (change.before, change.after) == (2, 2)


def test_one_order_of_forms_says_nothing_about_two_questions() -> None:
    assert change_of({"AB": [(False, True)] * 9}) == Change(9, reason=Reason.FORMS_NOT_BALANCED)
    assert change_of({"AB": [(False, True)] * 9, "BA": []}).reason is Reason.FORMS_NOT_BALANCED
    nearly = {"AB": [(False, True)] * 7, "BA": [(False, True)] * 2}
    assert change_of(nearly).reason is Reason.FORMS_NOT_BALANCED
    assert change_of({**nearly, "AB": [(False, True)] * 6}).reason is None


def test_one_order_is_enough_for_one_and_the_same_question() -> None:
    assert change_of({"AB": [(False, True)] * 9}, same_question=True).learned == 9


def test_nobody_is_a_reason() -> None:
    assert change_of({}) == Change(0, reason=Reason.TOO_FEW)


@given(ANSWERS, ANSWERS)
def test_the_four_ways_add_up_to_everybody(one, other) -> None:
    change = change_of({"AB": one, "BA": other}, same_question=True)
    if change.reason is None:
        assert change.kept + change.learned + change.lost + change.missing == len(one) + len(other)
        assert change.after - change.before == change.learned - change.lost
