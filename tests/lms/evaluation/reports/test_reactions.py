from datetime import timedelta

import pytest
from django.utils import timezone

from lms.cohorts.models import Assignment
from lms.evaluation.reports.reactions import reactions_of
from lms.learning.domain import submit_anonymous
from tests.factories import CohortFactory, EnrolmentFactory
from tests.lms.learning.answers import posted
from tests.lms.learning.moments import close, make_scale, say
from tests.lms.learning.training import make_survey

pytestmark = pytest.mark.django_db


def answered(cohort, steps):
    survey = make_survey(cohort)
    for step in steps:
        data = {1: posted({"response": str(step)}), 2: posted({"response": "Kata-kata"})}
        submit_anonymous(enrolment=EnrolmentFactory(cohort=cohort), assessment=survey, data=data)
    return survey


def shut(survey):
    Assignment.objects.filter(assessment=survey).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_ten_answers_give_a_mean_and_every_step():
    cohort = CohortFactory()
    shut(answered(cohort, [5] * 6 + [4] * 3 + [1]))
    (found,), _commitment = reactions_of(cohort, enrolled=12)
    (statement,) = found.statements
    assert (found.answered, found.enrolled, found.held, found.is_indicative) == (10, 12, "", True)
    assert ([n for _words, n in statement.steps], statement.mean) == ([1, 0, 0, 3, 6], 4.3)


@pytest.mark.parametrize(("people", "held"), [(4, "few"), (9, "small")])
def test_of_fewer_than_ten_no_statement_is_shown(people, held):
    cohort = CohortFactory()
    shut(answered(cohort, [5] * people))
    (found,), _commitment = reactions_of(cohort, enrolled=people)
    assert (found.held, found.statements) == (held, ())


def test_a_survey_that_is_still_open_shows_nothing():
    cohort = CohortFactory()
    answered(cohort, [5] * 12)
    (found,), _commitment = reactions_of(cohort, enrolled=12)
    assert (found.held, found.statements) == ("open", ())


def test_commitment_compares_the_same_people_and_blurs_small_numbers():
    cohort = CohortFactory()
    survey = make_scale(cohort)
    for at in range(8):
        enrolment = EnrolmentFactory(cohort=cohort)
        say(enrolment, survey, "before", 2, 2)
        say(enrolment, survey, "after", *((4, 4) if at < 6 else (1, 1)))
    close(cohort)
    _reactions, commitment = reactions_of(cohort, enrolled=8)
    assert (commitment.during.n, commitment.during.fell) == (8, "<5")
    assert commitment.kept.held == "few"


def test_a_training_without_surveys_takes_one_query(django_assert_num_queries):
    cohort = CohortFactory()
    with django_assert_num_queries(1):
        reactions, commitment = reactions_of(cohort, enrolled=0)
    assert (reactions, commitment.during, commitment.kept) == ((), None, None)
