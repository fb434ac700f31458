from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lms.cohorts.models import Cohort
from lms.evaluation.models import Rollup
from lms.learning.domain import rebuild_scores
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.people.models import Organisation, Participant
from tests.factories import make_course
from tests.lms.evaluation.sums import counts, direct, direct_counts, direct_items, items, stored

pytestmark = pytest.mark.django_db


def seed(**options):
    out = StringIO()
    call_command("seed_evaluation", stdout=out, **{"cohorts": 3, "attempts": 60, "answers": 4, **options})
    return out.getvalue()


@pytest.fixture
def course():
    return make_course()


def test_everything_it_makes_says_that_it_is_simulated(course):
    said = seed()
    assert "Simulated data" in said
    assert set(Cohort.objects.values_list("is_simulated", flat=True)) == {True}
    assert set(Participant.objects.values_list("is_simulated", flat=True)) == {True}
    assert set(Rollup.objects.values_list("is_simulated", flat=True)) == {True}
    assert all("data simulasi" in name for name in Organisation.objects.values_list("name", flat=True))
    assert not Participant.objects.filter(is_active=True).exists()


def test_scores_are_what_the_answers_give(course):
    seed()
    assert AttemptItem.objects.count() == AnswerEvent.objects.count() == Attempt.objects.count() * 4
    assert [one for attempt in Attempt.objects.all()[:8] for one in rebuild_scores(attempt=attempt)] == []


def test_the_rollups_are_counted(course):
    seed()
    for cohort in Cohort.objects.all():
        assert (stored(cohort), counts(cohort), items(cohort)) == (
            direct(cohort),
            direct_counts(cohort),
            direct_items(cohort),
        )
    assert Rollup.objects.filter(is_stale=False, matched_n__gt=0).count() == 3


def test_rollups_may_be_left_to_be_counted(course):
    seed(no_rollups=True)
    assert set(Rollup.objects.values_list("is_stale", flat=True)) == {True}


def test_indexes_are_there_afterwards(course):
    from django.db import connection

    def indexes():
        with connection.cursor() as cursor:
            return {
                name: sorted(map(str, connection.introspection.get_constraints(cursor, name)))
                for name in ("learning_attempt", "learning_attemptitem", "learning_answerevent")
            }

    before = indexes()
    seed()
    assert indexes() == before


def test_a_second_run_stands_beside_the_first(course):
    seed()
    seed(seed=2)
    assert Organisation.objects.count() == 2
    assert Cohort.objects.count() == 6


def test_the_same_seed_draws_the_same_results(course):
    seed()
    scores = list(Attempt.objects.order_by("pk").values_list("score", flat=True))
    seed()
    again = Attempt.objects.filter(assessment__code="simulasi-2").order_by("pk")
    assert list(again.values_list("score", flat=True)) == scores


@pytest.mark.parametrize("wrong", [{"cohorts": 0}, {"attempts": -1}, {"answers": 101}])
def test_sizes_that_make_no_sense_are_refused(course, wrong):
    with pytest.raises(CommandError, match="at least 1"):
        seed(**wrong)


def test_without_a_course_it_says_what_to_do():
    with pytest.raises(CommandError, match="prepare_site"):
        seed()
