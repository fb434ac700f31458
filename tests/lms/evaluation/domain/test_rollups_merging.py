import pytest

from lms.evaluation.domain import rebuild_rollup
from lms.evaluation.models import FirstTries
from tests.lms.evaluation.makers import SIX, add_attempt, make_cohort
from tests.lms.evaluation.sums import counts, direct, direct_counts, direct_items, items, stored
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db


def test_merging_two_records_matches_what_each_had_half_of():
    people = two_records()
    cohort = make_cohort(SIX, organisation=people[0].organisation)
    stays, empties = both_in(cohort, people)
    add_attempt(stays, "pre", "A", 4)
    add_attempt(empties, "post", "B", 9)
    rebuild_rollup(cohort_id=cohort.pk)
    assert counts(cohort)["matched_n"] == 6
    merge(*people)
    assert counts(cohort)["matched_n"] == 7
    assert set(FirstTries.objects.values_list("pk", flat=True)) == set(
        cohort.enrolments.values_list("pk", flat=True)
    )
    assert (stored(cohort), counts(cohort), items(cohort)) == (
        direct(cohort),
        direct_counts(cohort),
        direct_items(cohort),
    )


def test_merging_can_take_the_sums_away_altogether():
    people = two_records()
    cohort = make_cohort([], organisation=people[0].organisation)
    stays, empties = both_in(cohort, people)
    add_attempt(stays, "pre", "A", 4)
    add_attempt(stays, "post", "B", 9)
    add_attempt(empties, "pre", "B", 4)
    rebuild_rollup(cohort_id=cohort.pk)
    merge(*people)
    assert (stored(cohort), counts(cohort)) == (direct(cohort), direct_counts(cohort))
