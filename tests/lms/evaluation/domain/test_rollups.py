from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Question
from lms.evaluation.domain import rebuild_rollup, rebuild_stale
from lms.evaluation.models import FirstTries, OrderSums, Rollup
from lms.learning.domain import rebuild_scores, start_attempt, submit_attempt
from lms.learning.domain.marking import mark_item
from lms.learning.domain.moving import move_attempt, plan_move
from lms.learning.domain.regrading import regrade
from lms.learning.domain.staff import reopen_attempt, void_attempt
from lms.learning.models import Attempt
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.evaluation.makers import SIX, add_attempt, add_person, copies, make_cohort
from tests.lms.evaluation.sums import counts, direct, direct_counts, direct_items, items, stored
from tests.lms.learning.corrected import attempt_of as attempt_of_pre
from tests.lms.learning.corrected import choose, correct, single_of
from tests.lms.learning.marked import make_marked_assessment, open_item, written

pytestmark = pytest.mark.django_db
WHY = {"reason": "Keliru."}


@pytest.fixture
def actor():
    return make_staff("penguji")


@pytest.fixture
def cohort():
    """Six matched people and one without a post-test; counted."""
    made = make_cohort([*SIX, ("AB", 7, None)])
    rebuild_rollup(cohort_id=made.pk)
    return made


def agrees(cohort):
    return (stored(cohort), counts(cohort), items(cohort)) == (
        direct(cohort),
        direct_counts(cohort),
        direct_items(cohort),
    )


def attempt_of(cohort, place, occasion):
    enrolment = cohort.enrolments.order_by("pk")[place]
    return Attempt.objects.get(enrolment=enrolment, occasion=occasion)


def test_a_training_is_made_with_an_empty_rollup_that_is_up_to_date():
    rollup = CohortFactory().rollup
    assert (rollup.is_stale, rollup.matched_n, list(rollup.orders.all())) == (False, 0, [])


def test_sums_are_those_of_the_matched_people(cohort):
    assert agrees(cohort)
    assert stored(cohort)["AB"].n == 3
    assert counts(cohort)["lost_n"] == 1


def test_handing_in_adds_the_person_in_the_same_transaction(cohort):
    enrolment = EnrolmentFactory(cohort=cohort, form_order="AB")
    add_attempt(enrolment, "pre", "A", 5)
    attempt = add_attempt(enrolment, "post", "B", 9, is_submitted=False)
    submit_attempt(attempt=attempt)
    assert counts(cohort)["matched_n"] == 7
    assert agrees(cohort)


def test_void_takes_the_person_out_and_hands_the_place_to_the_next_try(cohort, actor):
    attempt = attempt_of(cohort, 0, "post")
    add_attempt(attempt.enrolment, "post", "B", 20, number=2)
    void_attempt(attempt=attempt, actor=actor, **WHY)
    assert counts(cohort)["matched_n"] == 6
    assert agrees(cohort)
    void_attempt(attempt=Attempt.objects.get(number=2), actor=actor, **WHY)
    assert counts(cohort)["matched_n"] == 5
    assert agrees(cohort)


def test_reopening_takes_the_points_away(cohort, actor):
    reopen_attempt(attempt=attempt_of(cohort, 0, "post"), actor=actor, **WHY)
    assert counts(cohort)["matched_n"] == 5
    assert counts(cohort)["lost_n"] == 2
    assert agrees(cohort)


def test_scores_that_are_put_right_change_the_sums(cohort):
    """The answers give nothing: nobody has answered anything here."""
    rebuild_scores(attempt=attempt_of(cohort, 0, "post"))
    assert stored(cohort)["AB"].fell == 1
    assert agrees(cohort)


def test_a_moved_attempt_counts_for_who_took_it(cohort, actor):
    attempt, target = attempt_of(cohort, 0, "post"), cohort.enrolments.order_by("pk")[6]
    yesterday = timezone.now() - timedelta(days=1)
    Attempt.objects.filter(enrolment=target).update(started_at=yesterday)
    plan = plan_move(attempt=attempt, target=target, counts=True)
    move_attempt(attempt=attempt, target=target, counts=True, actor=actor, state=plan.state, **WHY)
    assert FirstTries.objects.get(pk=target.pk).post_form == "B"
    assert counts(cohort)["matched_n"] == 6
    assert agrees(cohort)


def test_a_question_that_was_changed_for_one_person_falls_out_for_all(cohort):
    attempt = attempt_of(cohort, 0, "pre")
    item = attempt.items.get(position=1)
    item.points = 6
    item.save()
    assert rebuild_rollup(cohort_id=cohort.pk)
    assert counts(cohort)["changed"] == 1
    assert (stored(cohort), counts(cohort)) == (direct(cohort), direct_counts(cohort))


def test_rebuilding_changes_nothing_where_nothing_was_wrong(cohort):
    before = list(OrderSums.objects.values().order_by("pk"))
    assert rebuild_rollup(cohort_id=cohort.pk) is False
    assert list(OrderSums.objects.values().order_by("pk")) == before


def test_rebuilding_puts_right_what_somebody_wrote_by_hand(cohort):
    OrderSums.objects.filter(order="AB").update(pre=1)
    FirstTries.objects.filter(pk=cohort.enrolments.first().pk).delete()
    assert rebuild_rollup(cohort_id=cohort.pk) is True
    assert agrees(cohort)


def test_a_training_that_was_never_counted_stays_so_until_somebody_counts_all_of_it(cohort):
    Rollup.objects.filter(pk=cohort.pk).update(is_stale=True)
    FirstTries.objects.all().delete()
    attempt = add_attempt(EnrolmentFactory(cohort=cohort), "pre", "A", 5, is_submitted=False)
    submit_attempt(attempt=attempt)
    assert Rollup.objects.get(pk=cohort.pk).is_stale
    assert rebuild_stale() == 1
    assert agrees(cohort)
    assert rebuild_stale() == 0


def test_handing_in_costs_the_same_few_queries_for_six_people_as_for_sixty():
    costs = []
    for times in (1, 10):
        made = make_cohort(copies(SIX, times))
        rebuild_rollup(cohort_id=made.pk)
        attempts = []
        for _ in range(2):
            enrolment = EnrolmentFactory(cohort=made)
            add_attempt(enrolment, "pre", "A", 5)
            attempts.append(add_attempt(enrolment, "post", "B", 9, is_submitted=False))
        submit_attempt(attempt=attempts[0])
        with CaptureQueriesContext(connection) as used:
            submit_attempt(attempt=attempts[1])
        costs.append([q["sql"] for q in used if "evaluation_" in q["sql"] or "STRING_AGG" in q["sql"]])
    assert len(costs[0]) == len(costs[1]) <= 12


def test_who_counts_is_told_by_element(cohort):
    people = [enrolment.participant for enrolment in cohort.enrolments.all()]
    people[0].element = "bpd"
    people[0].save()
    add_person(cohort, ("AB", None, None))
    rebuild_rollup(cohort_id=cohort.pk)
    assert sum(Rollup.objects.get(pk=cohort.pk).elements.values()) == 7
    assert Rollup.objects.get(pk=cohort.pk).elements["bpd"] >= 1


def test_simulated_people_make_a_simulated_rollup(cohort):
    assert not cohort.rollup.is_simulated
    person = cohort.enrolments.first().participant
    person.is_simulated = True
    person.save()
    rebuild_rollup(cohort_id=cohort.pk)
    assert Rollup.objects.get(pk=cohort.pk).is_simulated


def test_a_test_that_waits_to_be_marked_is_not_lost(cohort):
    lost = cohort.enrolments.order_by("pk")[6]
    attempt = add_attempt(lost, "post", "B", 9, is_submitted=False)
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=timezone.now())
    rebuild_rollup(cohort_id=cohort.pk)
    assert counts(cohort)["lost_n"] == 0
    assert agrees(cohort)


def test_a_corrected_key_changes_the_sums(actor):
    cohort = CohortFactory(pretest_first=False)
    attempt = attempt_of_pre(EnrolmentFactory(cohort=cohort))
    choose(attempt, 1)
    post = start_attempt(enrolment=attempt.enrolment, occasion="post")
    submit_attempt(attempt=post)
    assert stored(cohort)["AB"].pre == 0
    wrong = Question.objects.get(pk=single_of(attempt).question_id)
    regrade(question=wrong, corrected=correct(wrong, key=1), actor=actor, **WHY)
    assert stored(cohort)["AB"].pre == 1
    assert stored(cohort) == direct(cohort)


def test_the_mark_of_the_last_answer_brings_the_person_in(actor):
    cohort = CohortFactory(pretest_first=False, assessment=make_marked_assessment())
    enrolment = EnrolmentFactory(cohort=cohort)
    tries = [written(enrolment, occasion=occasion) for occasion in ("pre", "post")]
    assert counts(cohort)["matched_n"] == 0
    for attempt in tries:
        mark_item(item=open_item(attempt), level=2, actor=actor)
    assert counts(cohort)["matched_n"] == 1
    assert (stored(cohort), counts(cohort)) == (direct(cohort), direct_counts(cohort))
