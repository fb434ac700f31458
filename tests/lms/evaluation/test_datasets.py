import pytest
from django.utils import timezone

from assessments.imports import load_bank
from assessments.models import Assessment
from lms.cohorts.models import Attendance
from lms.evaluation.datasets import matched_counts, matched_scores
from lms.learning.models import Attempt, AttemptItem
from tests.factories import CohortFactory, EnrolmentFactory, FormItem, MeetingFactory, make_single
from tests.lms.learning.marked import make_marked_assessment, written

from .makers import SIX, add_attempt, add_person, copies, make_cohort, make_two_forms

pytestmark = pytest.mark.django_db


def points_of(scores):
    return sorted((person.order, person.pre.points, person.post.points) for person in scores.matched)


def test_people_with_both_first_attempts_are_matched_with_their_points():
    scores = matched_scores(make_cohort(SIX))
    assert points_of(scores) == sorted(SIX)
    assert (scores.registered, scores.pre_n, scores.post_n) == (6, 6, 6)
    assert scores.max_points == {"A": 20, "B": 20}


def test_people_with_one_test_are_counted_and_not_matched():
    scores = matched_scores(make_cohort([*SIX, ("AB", 7, None), ("BA", None, 15), ("BA", None, None)]))
    assert points_of(scores) == sorted(SIX)
    assert (scores.registered, scores.pre_n, scores.post_n) == (9, 7, 7)
    assert scores.lost == (7,)


def test_an_attempt_that_was_not_submitted_does_not_count():
    cohort = make_cohort(SIX)
    late = add_person(cohort, ("AB", 4, None))
    add_attempt(late, "post", "B", 20, is_submitted=False)
    assert points_of(matched_scores(cohort)) == sorted(SIX)


def test_a_second_try_changes_nothing():
    cohort = make_cohort(SIX)
    for enrolment in cohort.enrolments.all():
        add_attempt(enrolment, "post", enrolment.form_order[1], 20, number=2)
    assert points_of(matched_scores(cohort)) == sorted(SIX)


def test_the_order_is_that_of_the_forms_taken_whatever_was_planned():
    cohort = make_cohort([])
    enrolment = EnrolmentFactory(cohort=cohort, form_order="AB")
    add_attempt(enrolment, "pre", "B", 3)
    add_attempt(enrolment, "post", "A", 4)
    assert points_of(matched_scores(cohort)) == [("BA", 3, 4)]


def test_one_form_taken_twice_is_no_pair():
    cohort = make_cohort(SIX)
    enrolment = EnrolmentFactory(cohort=cohort)
    add_attempt(enrolment, "pre", "A", 3)
    add_attempt(enrolment, "post", "A", 9)
    scores = matched_scores(cohort)
    assert len(scores.matched) == 6
    assert scores.same_form == 1


def test_points_of_an_outcome_come_from_its_own_items_and_an_item_may_serve_two():
    scores = matched_scores(make_cohort([("AB", [5, 4, 3, 1, 2], [1, 0, 0, 0, 5])]))
    person = scores.matched[0]
    assert person.pre.points == 15
    assert person.pre.by_outcome == {"H1": 12, "D2": 9, "H4": 1}
    assert person.post.by_outcome == {"H1": 1, "D2": 1, "H4": 0}
    measures = {measure.outcome.code: measure for measure in scores.outcomes}
    assert measures["H1"].points == {"A": 14, "B": 14}
    assert measures["H1"].items == {"A": 3, "B": 3}
    assert measures["H4"].points == {"A": 1, "B": 1}


def test_groups_give_an_outcome_by_order_of_forms():
    groups = matched_scores(make_cohort([("AB", 14, 20), ("BA", 3, 10)])).groups("H1")
    assert (groups["AB"].pre, groups["AB"].post) == ((14,), (14,))
    assert (groups["BA"].pre, groups["BA"].post) == ((3,), (10,))


def test_a_question_changed_between_the_tests_is_left_out_on_both_forms():
    cohort = make_cohort(SIX)
    item = FormItem.objects.get(form__assessment=cohort.assessment, form__letter="A", position=3)
    item.question = make_single(code="new-3A", points=4, pair=item.question.pair, form_letter="A")
    first = FormItem.objects.get(form=item.form, position=1)
    item.question.outcomes = list(first.question.outcomes.all())
    item.question.save()
    item.save()
    add_person(cohort, ("AB", [1, 1, 4, 1, 1], [2, 2, 4, 1, 1]))
    scores = matched_scores(cohort)
    assert scores.left_out == 1
    assert scores.max_points == {"A": 16, "B": 16}
    assert ("AB", 4, 6) in points_of(scores)
    assert next(measure for measure in scores.outcomes if measure.outcome.code == "H1").points == {
        "A": 10,
        "B": 10,
    }


def test_attended_are_people_who_were_there_once_or_more_even_late():
    cohort = make_cohort([("AB", None, None)] * 4)
    first, second = MeetingFactory(cohort=cohort), MeetingFactory(cohort=cohort)
    people = list(cohort.enrolments.all())
    for meeting, person, status in [
        (first, people[0], "hadir"),
        (second, people[0], "hadir"),
        (second, people[1], "terlambat"),
        (first, people[2], "izin"),
    ]:
        Attendance.objects.create(meeting=meeting, enrolment=person, status=status)
    assert matched_scores(cohort).attended == 2


def test_a_simulated_person_makes_the_cohort_simulated():
    cohort = make_cohort(SIX)
    participant = cohort.enrolments.first().participant
    participant.is_simulated = True
    participant.save()
    scores = matched_scores(cohort)
    assert scores.is_simulated
    assert sum(person.is_simulated for person in scores.matched) == 1


def test_another_cohort_with_the_same_test_does_not_leak_in():
    assessment = make_two_forms()
    cohort = make_cohort(SIX[:2], assessment=assessment)
    make_cohort(SIX, assessment=assessment)
    assert points_of(matched_scores(cohort)) == sorted(SIX[:2])


def test_an_empty_cohort_has_nothing():
    scores = matched_scores(make_cohort([]))
    assert (scores.registered, scores.matched, scores.outcomes, scores.max_points) == (0, (), (), {})


@pytest.mark.parametrize("people", [1, 3, 40])
def test_four_queries_whatever_the_number_of_people(people, django_assert_num_queries):
    cohort = make_cohort(copies(SIX, 7)[:people])
    with django_assert_num_queries(4):
        scores = matched_scores(cohort)
    assert len(scores.matched) == people


def test_pseudonyms_are_different_and_stay_the_same():
    cohort = make_cohort(SIX)
    first = [person.pseudonym for person in matched_scores(cohort).matched]
    assert len(set(first)) == 6
    assert first == [person.pseudonym for person in matched_scores(cohort).matched]
    assert all(pseudonym.startswith("P-") for pseudonym in first)


def test_counts_of_many_cohorts_take_one_query_and_agree(django_assert_num_queries):
    one, other = make_cohort([*SIX, ("AB", 3, None)]), make_cohort(SIX[:2])
    twice = EnrolmentFactory(cohort=other)
    add_attempt(twice, "pre", "A", 3)
    add_attempt(twice, "post", "A", 9)
    with django_assert_num_queries(1):
        counts = matched_counts([one, other])
    assert counts[one.pk] == (7, 6)
    assert counts[other.pk] == (3, 2)
    assert counts[other.pk][1] == len(matched_scores(other).matched)


def test_the_two_forms_of_our_own_bank_are_worth_the_same_in_each_outcome():
    load_bank()
    cohort = make_cohort(
        [("AB", 12, 20), ("BA", 12, 20)], assessment=Assessment.objects.get(code="tes-pendek")
    )
    scores = matched_scores(cohort)
    assert scores.max_points == {"A": 27, "B": 27}
    assert {measure.outcome.code: measure.points["A"] for measure in scores.outcomes} == {
        "H1": 14,
        "H2": 6,
        "H4": 1,
        "D2": 11,
        "D1": 3,
        "D3": 5,
        "D4": 10,
        "TK3": 5,
    }
    assert all(measure.points["A"] == measure.points["B"] for measure in scores.outcomes)


def test_who_waits_to_be_marked_is_neither_compared_nor_lost():
    cohort = CohortFactory(assessment=make_marked_assessment())
    people = EnrolmentFactory.create_batch(2, cohort=cohort)
    for enrolment in people:
        written(enrolment, text="")
    written(people[0], occasion="post")
    scores = matched_scores(cohort)
    assert (scores.pre_n, scores.post_n, scores.matched) == (2, 0, ())
    assert (scores.lost, scores.unmarked) == ((1,), 1)


def test_a_void_first_try_gives_its_place_to_the_second():
    cohort = make_cohort([])
    enrolment = EnrolmentFactory(cohort=cohort, form_order="AB")
    Attempt.objects.filter(pk=add_attempt(enrolment, "pre", "A", 5).pk).update(voided_at=timezone.now())
    add_attempt(enrolment, "pre", "A", 7, number=2)
    add_attempt(enrolment, "post", "B", 9)
    (person,) = matched_scores(cohort).matched
    assert (person.pre.points, person.post.points) == (7, 9)


def test_a_question_that_some_were_not_asked_is_left_out_and_not_called_changed():
    cohort = make_cohort([("AB", 10, 12), ("AB", 8, 12), ("BA", 9, 12)])
    item = AttemptItem.objects.filter(attempt__form__letter="A").order_by("position").first()
    other = make_single("LAIN", points=5, pair="lain")
    AttemptItem.objects.filter(pk=item.pk).update(question=other)
    scores = matched_scores(cohort)
    assert (scores.left_out, scores.not_all) == (0, 2)
    assert scores.max_points == {"A": 15, "B": 15}
