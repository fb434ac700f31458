import dataclasses

import pytest

from assessments.models import AssessmentForm, FormSection
from lms.evaluation.reports import evaluate_cohort
from lms.evaluation.reports.results import OutcomeReason
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.normalized import Band
from lms.learning.domain import start_attempt, submit_attempt
from tests.factories import AssessmentFactory, CohortFactory, EnrolmentFactory, OutcomeFactory, make_single
from tests.lms.evaluation.makers import SIX, SIX_CI, copies, make_cohort, make_two_forms

pytestmark = pytest.mark.django_db

NUMBERS = ("mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high", "rose", "same", "fell")
ALL_NUMBERS = (*NUMBERS, "normalized_gain", "normalized_low", "normalized_high", "band")


def codes(result):
    return [note.code.value for note in result.notes]


def outcome(result, code):
    return next(row for row in result.outcomes if row.code == code)


def numbers(row):
    return [getattr(row, name) for name in NUMBERS]


def test_six_people_give_what_was_worked_out_by_hand():
    result = evaluate_cohort(make_cohort(SIX))
    assert (result.mean_pre, result.mean_post, result.mean_gain) == (9.5, 13, 3.5)
    assert (result.ci_low, result.ci_high) == pytest.approx(SIX_CI, abs=1e-6)
    assert (result.rose, result.same, result.fell) == (6, 0, 0)
    assert result.normalized_gain == pytest.approx(1 / 3)
    assert result.band is Band.MEDIUM
    assert (result.registered, result.matched_n, result.max_points) == (6, 6, 20)
    assert result.standing is Standing.INDICATIVE
    assert codes(result) == ["indicative"]


def test_a_harder_form_b_neither_makes_nor_hides_learning():
    """B gives everybody 3 points less; unequal groups, so that a plain mean would be fooled."""
    fair = [*copies([("AB", 8, 12), ("AB", 6, 11)], 5), *copies([("BA", 7, 11), ("BA", 9, 14)], 3)]
    harder = [
        (order, before - 3, after) if order == "BA" else (order, before, after - 3)
        for order, before, after in fair
    ]
    plain, tilted = evaluate_cohort(make_cohort(fair)), evaluate_cohort(make_cohort(harder))
    assert tilted.mean_gain == plain.mean_gain == 4.5
    assert (tilted.ci_low, tilted.ci_high) == pytest.approx((plain.ci_low, plain.ci_high))


def test_four_matched_people_are_hidden_and_only_counted():
    result = evaluate_cohort(make_cohort([*SIX[:2], *SIX[3:5], ("AB", 9, None)]))
    assert result.standing is Standing.HIDDEN
    assert (result.registered, result.pre_n, result.post_n, result.matched_n) == (5, 5, 4, 4)
    assert [getattr(result, name) for name in ALL_NUMBERS] == [None] * len(ALL_NUMBERS)
    assert (result.gains, result.pairs, result.mean_pre_lost, result.form_gap) == (None,) * 4
    assert all(group.mean_pre is None for group in result.groups)
    assert all(numbers(row) == [None] * 8 and row.reason is OutcomeReason.TOO_FEW for row in result.outcomes)
    assert codes(result)[0] == "too_few"


def test_the_fifth_person_shows_the_numbers():
    result = evaluate_cohort(make_cohort(SIX[:5]))
    assert result.mean_gain == 3.5
    assert result.standing is Standing.INDICATIVE


@pytest.mark.parametrize(("people", "standing"), [(19, Standing.INDICATIVE), (20, Standing.SUFFICIENT)])
def test_from_twenty_people_on_the_data_suffice(people, standing):
    result = evaluate_cohort(make_cohort(copies(SIX, 4)[:people]))
    assert result.standing is standing
    assert ("indicative" in codes(result)) == (standing is Standing.INDICATIVE)


def test_all_in_one_order_of_forms_get_no_gain_and_the_reason():
    result = evaluate_cohort(make_cohort(copies([("AB", 8, 13)], 6), forms_plan="a_then_b"))
    assert [getattr(result, name) for name in ALL_NUMBERS] == [None] * len(ALL_NUMBERS)
    assert codes(result) == ["forms_not_balanced"]
    assert {row.reason for row in result.outcomes} == {OutcomeReason.FORMS_NOT_BALANCED}


def test_forms_of_different_points_get_no_gain():
    test = make_two_forms([(5, ("H1",)), (5, ("H2",))], form_b=[(5, ("H1",)), (6, ("H2",))])
    result = evaluate_cohort(make_cohort(copies([("AB", 3, 4), ("BA", 2, 4)], 3), assessment=test))
    assert result.mean_gain is None
    assert result.max_points is None
    assert codes(result) == ["forms_differ"]


def test_an_outcome_is_measured_in_its_own_points():
    """AB: H1 and its D2 part before 2+3, after 4+4; BA likewise: gain 3 of 14 in H1 and D2 alike."""
    people = copies([("AB", [2, 3, 0, 0, 5], [4, 4, 0, 0, 0]), ("BA", [2, 3, 0, 0, 5], [4, 4, 0, 0, 0])], 3)
    result = evaluate_cohort(make_cohort(people))
    for code, max_points in (("H1", 14), ("D2", 10)):
        row = outcome(result, code)
        assert (row.mean_pre, row.mean_post, row.mean_gain) == (5, 8, 3)
        assert (row.rose, row.same, row.fell) == (6, 0, 0)
        assert row.max_points == max_points
    assert result.mean_gain == -2


def test_an_outcome_of_one_question_only_counts_people():
    people = copies([("AB", [0, 0, 0, 0, 0], [0, 0, 0, 1, 0]), ("BA", [0, 0, 0, 1, 0], [0, 0, 0, 1, 0])], 3)
    row = outcome(evaluate_cohort(make_cohort(people)), "H4")
    assert row.reason is OutcomeReason.TOO_SHORT
    assert numbers(row) == [None, None, None, None, None, 3, 3, 0]


def test_an_outcome_for_which_the_forms_give_different_points_is_not_compared():
    test = make_two_forms([(4, ("H1",)), (3, ("H1",)), (3, ())], form_b=[(4, ("H1",)), (3, ()), (3, ("H1",))])
    shared = test.forms.get(letter="A").items.get(position=1).question.outcomes.get()
    shared.questions.add(test.forms.get(letter="B").items.get(position=2).question_id)
    result = evaluate_cohort(make_cohort(copies([("AB", 3, 8), ("BA", 4, 9)], 3), assessment=test))
    row = outcome(result, "H1")
    assert row.reason is OutcomeReason.MAX_DIFFERS
    assert numbers(row) == [None] * 8
    assert result.mean_gain == 5


def test_means_of_an_order_are_shown_only_if_both_orders_have_five():
    small = evaluate_cohort(make_cohort([*copies(SIX[:3], 2), *copies(SIX[3:], 1), SIX[3]]))
    assert [(group.n, group.mean_gain) for group in small.groups] == [(6, None), (4, None)]
    assert small.form_gap is None
    assert small.mean_gain is not None
    large = evaluate_cohort(make_cohort(copies(SIX, 2)))
    assert [(g.order, g.n, g.mean_pre, g.mean_gain) for g in large.groups] == [
        ("AB", 6, 8, 5),
        ("BA", 6, 11, 2),
    ]
    assert large.form_gap == 1.5


def test_many_lost_people_are_told_and_their_mean_only_from_five_on():
    four = evaluate_cohort(make_cohort([*SIX, *copies([("AB", 4, None)], 4)]))
    assert "many_lost" in codes(four)
    assert four.mean_pre_lost is None
    five = evaluate_cohort(make_cohort([*SIX, *copies([("AB", 4, None)], 4), ("BA", 9, None)]))
    assert five.mean_pre_lost == 5
    assert five.lost_n == 5


def test_alike_gains_have_no_interval_and_say_so():
    result = evaluate_cohort(make_cohort(copies([("AB", 8, 10), ("BA", 9, 11)], 3)))
    assert (result.mean_gain, result.ci_low, result.ci_high) == (2, None, None)
    note = next(note for note in result.notes if note.code.value == "no_spread")
    assert note.values == {"x": 2}


def test_alike_gains_within_each_order_only_do_not_claim_one_number_for_all():
    result = evaluate_cohort(make_cohort(copies([("AB", 8, 10), ("BA", 9, 14)], 3)))
    note = next(note for note in result.notes if note.code.value == "no_spread")
    assert note.values == {}


def test_a_full_pre_test_is_told():
    result = evaluate_cohort(make_cohort(copies([("AB", 19, 20), ("BA", 18, 19), ("BA", 17, 19)], 3)))
    assert "ceiling" in codes(result)
    full = evaluate_cohort(make_cohort(copies([("AB", 20, 20), ("BA", 20, 19)], 3)))
    assert (full.normalized_gain, full.band) == (None, None)


def test_a_range_around_zero_is_told():
    result = evaluate_cohort(
        make_cohort(copies([("AB", 8, 10), ("AB", 9, 6), ("BA", 9, 11), ("BA", 9, 8)], 3))
    )
    assert "includes_zero" in codes(result)
    assert result.ci_low < 0 < result.ci_high


def test_a_lonely_order_that_counts_for_half_is_told():
    result = evaluate_cohort(make_cohort([*copies(SIX[:3], 2), SIX[3]]))
    note = next(note for note in result.notes if note.code.value == "uneven_orders")
    assert note.values == {"n": 1, "all": 7}


def test_single_people_are_drawn_only_in_groups_large_enough():
    nine = evaluate_cohort(make_cohort(copies(SIX, 2)[:9]))
    assert (nine.gains, nine.pairs) == (None, None)
    many = evaluate_cohort(make_cohort(copies(SIX, 6)))
    assert len(many.gains) == 36
    assert many.pairs is None
    assert list(many.gains) == sorted(many.gains)


def test_a_simulated_cohort_says_so():
    assert evaluate_cohort(make_cohort(SIX, is_simulated=True)).simulated
    assert not evaluate_cohort(make_cohort(SIX)).simulated


def test_an_empty_cohort_is_hidden_without_an_error():
    result = evaluate_cohort(make_cohort([]))
    assert codes(result) == ["too_few"]
    assert (result.matched_n, result.max_points, result.outcomes) == (0, None, ())


def test_a_result_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        evaluate_cohort(make_cohort([])).matched_n = 9


@pytest.mark.parametrize("people", [5, 40])
def test_four_queries_whatever_the_number_of_people(people, django_assert_num_queries):
    cohort = make_cohort(copies(SIX, 7)[:people])
    with django_assert_num_queries(4):
        evaluate_cohort(cohort)


def test_a_test_that_was_drawn_by_lot_says_so_instead_of_blaming_its_forms():
    outcome, assessment = OutcomeFactory(), AssessmentFactory()
    for number in range(24):
        outcome.questions.add(make_single(f"U{number}"))
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        FormSection.objects.create(form=form, number=1, draw=2, outcome=outcome)
    cohort = CohortFactory(assessment=assessment)
    for order in ("AB", "BA") * 3:
        enrolment = EnrolmentFactory(cohort=cohort, form_order=order)
        for occasion in ("pre", "post"):
            submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion=occasion))
    result = evaluate_cohort(cohort)
    assert codes(result) == ["nothing_common", "not_all_asked"]
    assert result.mean_gain is None
