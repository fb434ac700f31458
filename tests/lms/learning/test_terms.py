"""When and how often an assessment of a training may be taken."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.cohorts.models import Enrolment
from lms.learning.domain import start_attempt, submit_attempt
from lms.learning.models import Attempt
from lms.learning.queries import all_terms_of, terms_of, tries_of
from tests.factories import make_staff
from tests.lms.learning.answers import hand_in
from tests.lms.learning.training import assign, make_practice, make_single_form

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(enrolment: Enrolment, occasion: str, **fields: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=enrolment, occasion=occasion, **fields)  # type: ignore[arg-type]
    return str(refusal.value.code)


def test_without_an_assignment_a_training_has_its_two_tests(enrolment: Enrolment) -> None:
    terms = {each.occasion: each for each in all_terms_of(enrolment)}
    assert {occasion: each.assigned for occasion, each in terms.items()} == {
        "pre": True,
        "post": True,
        "followup": False,
    }
    assert [terms[o].attempts_allowed for o in ("pre", "post")] == [1, 2]


def test_an_assignment_narrows_what_cohort_and_assessment_say(enrolment: Enrolment) -> None:
    enrolment.cohort.assessment.time_limit_minutes = 30
    enrolment.cohort.assessment.save()
    assign(enrolment.cohort, "post", attempts_allowed=1, time_limit_minutes=20)
    post, pre = terms_of(enrolment, "post"), terms_of(enrolment, "pre")
    assert (post.attempts_allowed, post.time_limit_seconds) == (1, 1200)
    assert (pre.attempts_allowed, pre.time_limit_seconds) == (1, 1800)


@pytest.mark.parametrize(
    ("opens", "closes", "code"), [(HOUR, 2 * HOUR, "not_yet"), (-2 * HOUR, -HOUR, "closed")]
)
def test_outside_its_window_nothing_begins_except_what_staff_enter(
    enrolment: Enrolment, opens: timedelta, closes: timedelta, code: str
) -> None:
    now = timezone.now()
    assign(enrolment.cohort, "pre", opens_at=now + opens, closes_at=now + closes)
    assert refused(enrolment, "pre") == code
    entered = start_attempt(enrolment=enrolment, occasion="pre", mode="paper", entered_by=make_staff())
    assert (entered.mode, entered.time_limit_seconds) == ("paper", None)


def test_who_has_begun_may_finish_after_the_window_has_closed(enrolment: Enrolment, attempt: Attempt) -> None:
    assign(enrolment.cohort, "pre", closes_at=timezone.now() - HOUR)
    assert start_attempt(enrolment=enrolment, occasion="pre") == attempt
    assert hand_in(attempt).score == 13


def test_a_void_try_is_as_if_it_had_not_been_save_that_its_number_is_used_up(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    hand_in(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(voided_at=timezone.now())
    state = tries_of(enrolment)
    assert (state.all, state.may_start("pre"), state.lessons_are_open) == ((), True, False)
    again = start_attempt(enrolment=enrolment, occasion="pre")
    assert again.number == 2
    assert list(Attempt.objects.first_tries()) == [again]


def test_the_follow_up_test_comes_after_the_post_test_with_its_form(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    hand_in(attempt)
    assert refused(enrolment, "followup") == "not_assigned"
    assign(enrolment.cohort, "followup")
    assert refused(enrolment, "followup") == "post_test_first"
    post = submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="post"))
    later = start_attempt(enrolment=enrolment, occasion="followup")
    assert later.form == post.form
    assert refused(enrolment, "post") == "too_late"
    submit_attempt(attempt=later)
    assert refused(enrolment, "followup") == "done"


def test_practice_is_taken_as_often_as_wanted_beside_the_tests(enrolment: Enrolment) -> None:
    practice = make_practice(enrolment.cohort)
    numbers = []
    for _time in range(3):
        one = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
        numbers.append(one.number)
        submit_attempt(attempt=one)
    assert numbers == [1, 2, 3]
    assert tries_of(enrolment).may_start("pre")


def test_a_practice_that_the_training_does_not_have_is_not_begun(enrolment: Enrolment) -> None:
    other = make_single_form("single", purpose="practice")
    assert refused(enrolment, "practice", assessment=other) == "not_assigned"


def test_a_scribe_is_named_also_on_an_attempt_that_was_begun_alone(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    start_attempt(enrolment=enrolment, occasion="pre", scribe_name="Ibu Rosa")
    attempt.refresh_from_db()
    assert (attempt.mode, attempt.scribe_name) == ("scribe", "Ibu Rosa")


def test_a_second_scribe_is_named_beside_the_first_and_nobody_twice(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    for name in ("Ibu Rosa", "Yosef Mau", "Ibu Rosa", ""):
        start_attempt(enrolment=enrolment, occasion="pre", scribe_name=name)
    attempt.refresh_from_db()
    assert (attempt.mode, attempt.scribe_name) == ("scribe", "Ibu Rosa, Yosef Mau")
    start_attempt(enrolment=enrolment, occasion="pre", scribe_name="Ibu Rosa, Yosef Mau")
    start_attempt(enrolment=enrolment, occasion="pre", scribe_name="Z" * 120)
    attempt.refresh_from_db()
    assert len(attempt.scribe_name) == 120
    assert attempt.scribe_name.startswith("Ibu Rosa, Yosef Mau, ZZ")


def test_a_sheet_with_shared_letters_is_not_made_of_an_attempt_with_letters_of_its_own(
    enrolment: Enrolment, attempt: Attempt
) -> None:
    assert refused(enrolment, "pre", mode="paper", entered_by=make_staff()) == "in_progress"


def test_i_do_not_know_is_offered_where_the_assessment_says_so_and_it_makes_sense(
    enrolment: Enrolment,
) -> None:
    practice = make_practice(enrolment.cohort, "single", "open_text", "task", offer_dont_know=True)
    one = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    assert dict(one.items.values_list("kind", "offers_dont_know")) == {
        "single": True,
        "open_text": False,
        "task": False,
    }
