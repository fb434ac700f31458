"""Starting and submitting: which occasion is open, what is frozen, and that a test counts once."""

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Question
from lms.cohorts.models import Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.models import Attempt, AttemptItem
from tests.factories import CohortFactory, EnrolmentFactory, make_assessment
from tests.lms.learning.answers import answer, hand_in

pytestmark = pytest.mark.django_db


def code_of(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(refusal.value.code)


@pytest.mark.parametrize(("order", "before", "after"), [("AB", "A", "B"), ("BA", "B", "A")])
def test_the_pre_test_is_the_first_form_of_the_order_and_the_post_test_the_second(
    order: str, before: str, after: str
) -> None:
    enrolment = EnrolmentFactory(form_order=order)
    pre = start_attempt(enrolment=enrolment, occasion="pre")
    submit_attempt(attempt=pre)
    post = start_attempt(enrolment=enrolment, occasion="post")
    assert (pre.form.letter, post.form.letter) == (before, after)


def test_questions_points_kinds_and_option_order_are_frozen(attempt: Attempt) -> None:
    items = list(attempt.items.order_by("position"))
    questions = {q.pk: q for q in Question.objects.all()}
    form_order = list(attempt.form.items.order_by("position").values_list("question_id", flat=True))
    assert [item.question_id for item in items] == form_order
    for item in items:
        question = questions[item.question_id]
        assert (item.kind, item.points) == (question.kind, question.points)
        assert sorted(item.option_order) == sorted(question.option_ids())
    assert attempt.max_score == sum(item.points for item in items) == 13


def test_options_are_drawn_anew_for_each_attempt() -> None:
    cohort = CohortFactory()
    orders = set()
    for _draw in range(8):
        drawn = start_attempt(enrolment=EnrolmentFactory(cohort=cohort), occasion="pre")
        orders.add(tuple(drawn.items.get(kind="ordering").option_order))
    # Eight draws of five steps coincide with probability below 1e-14.
    assert len(orders) > 1


def test_starting_again_goes_on_with_the_open_attempt(enrolment: Enrolment) -> None:
    first = start_attempt(enrolment=enrolment, occasion="pre")
    assert start_attempt(enrolment=enrolment, occasion="pre") == first
    assert AttemptItem.objects.count() == 6


def test_the_pre_test_is_taken_once(enrolment: Enrolment, attempt: Attempt) -> None:
    submit_attempt(attempt=attempt)
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="pre")
    assert code_of(refusal) == "done"


def test_the_post_test_waits_for_the_pre_test(enrolment: Enrolment) -> None:
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="post")
    assert code_of(refusal) == "pre_test_first"


def test_the_post_test_waits_for_an_open_pre_test_even_if_the_cohort_does_not_ask_for_it() -> None:
    enrolment = EnrolmentFactory(cohort__pretest_first=False)
    start_attempt(enrolment=enrolment, occasion="pre")
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="post")
    assert code_of(refusal) == "pre_test_open"


def test_a_cohort_can_switch_the_pre_test_off_and_it_closes_when_the_post_test_begins() -> None:
    enrolment = EnrolmentFactory(cohort__pretest_first=False)
    start_attempt(enrolment=enrolment, occasion="post")
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="pre")
    assert code_of(refusal) == "too_late"


def test_the_post_test_is_repeated_as_often_as_the_cohort_allows(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    submit_attempt(attempt=attempt)
    numbers = []
    for _try in range(2):
        post = start_attempt(enrolment=enrolment, occasion="post")
        numbers.append(post.number)
        submit_attempt(attempt=post)
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="post")
    assert (numbers, code_of(refusal)) == ([1, 2], "done")


def test_a_start_form_sent_again_after_submitting_begins_no_second_try(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    submit_attempt(attempt=attempt)
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="post", number=1))
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="post", number=1)
    assert code_of(refusal) == "stale"


def test_an_assessment_without_questions_says_whom_to_tell() -> None:
    assessment = make_assessment()
    for form in assessment.forms.all():
        form.items.all().delete()
        form.save()
    enrolment = EnrolmentFactory(cohort__assessment=assessment)
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion="pre")
    assert code_of(refusal) == "no_form"
    assert not Attempt.objects.exists()


def test_each_opening_gets_the_next_number(enrolment: Enrolment) -> None:
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    assert [open_sitting(attempt=attempt) for _opening in range(3)] == [1, 2, 3]


def test_all_right_earns_every_point_and_nothing_answered_earns_none() -> None:
    enrolment = EnrolmentFactory()
    empty = submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    full = hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    assert (empty.score, full.score, full.max_score) == (0, 13, 13)
    assert sum(full.items.values_list("earned", flat=True)) == 13


def test_partly_right_earns_whole_points(attempt: Attempt) -> None:
    item = attempt.items.get(kind="ordering")
    steps = [str(step.pk) for step in Question.objects.get(pk=item.question_id).steps.all()]
    # 2 1 3 4 5: of four neighbours, 3-4 and 4-5 stand together.
    places = {steps[0]: 2, steps[1]: 1, steps[2]: 3, steps[3]: 4, steps[4]: 5}
    answer(item, {f"response-{step}": str(place) for step, place in places.items()})
    assert submit_attempt(attempt=attempt).score == 2


def test_submitting_three_times_counts_once(attempt: Attempt) -> None:
    stale = Attempt.objects.get(pk=attempt.pk)
    first = hand_in(attempt)
    again = [submit_attempt(attempt=stale) for _time in range(2)]
    assert {(a.score, a.submitted_at) for a in [first, *again]} == {(13, first.submitted_at)}


def test_answers_that_come_after_the_result_change_nothing(attempt: Attempt) -> None:
    submitted = submit_attempt(attempt=attempt)
    with pytest.raises(ValidationError) as refusal:
        answer(attempt.items.get(position=1))
    assert code_of(refusal) == "closed"
    assert submit_attempt(attempt=attempt).score == submitted.score == 0
