import datetime

import pytest
from django.utils import timezone

from lms.evaluation.datasets.afterwards import afterwards_of
from lms.evaluation.datasets.sittings import sittings_of
from lms.followup.models import ActionReport, Plan, Pledge
from tests.factories import CohortFactory, EnrolmentFactory
from tests.lms.followup.factories import make_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


def action(cohort, *reports, submitted=True, **fields):
    """An action of a plan with reports (status, hour of 1 July 2026 in UTC)."""
    one = make_action(EnrolmentFactory(cohort=cohort), **fields)
    if submitted:
        Plan.objects.filter(pk=one.plan_id).update(status="diajukan", submitted_at=timezone.now())
    for status, hour in reports:
        at = datetime.datetime(2026, 7, 1, hour, tzinfo=datetime.UTC)
        ActionReport.objects.create(action=one, status=status, text=f"kata {status}", reported_at=at)
        type(one).objects.filter(pk=one.pk).update(status=status)
    return one


def test_drafts_and_what_was_set_aside_are_not_planned(cohort):
    action(cohort)
    action(cohort, submitted=False)
    action(cohort, withdrawn_at=timezone.now())
    action(CohortFactory())
    assert len(afterwards_of(cohort).actions) == 1


def test_done_is_dated_by_the_clock_of_the_village_from_its_last_first_report(cohort):
    action(cohort, ("selesai", 1), ("berjalan", 2), ("selesai", 17), ("selesai", 18))
    (found,) = afterwards_of(cohort).actions
    assert found.done_on == datetime.date(2026, 7, 2)


def test_what_is_stuck_tells_its_last_word_and_what_is_done_none(cohort):
    action(cohort, ("terhambat", 1))
    action(cohort, ("terhambat", 1), ("selesai", 2))
    assert sorted(one.stuck for one in afterwards_of(cohort).actions) == ["", "kata terhambat"]


def test_who_promised_and_signed_is_known_whatever_the_version(cohort):
    first, second = EnrolmentFactory.create_batch(2, cohort=cohort)
    signed = {"signed_on": datetime.date(2026, 7, 1), "means": "tanda", "witness_name": "Saksi"}
    Pledge.objects.create(enrolment=first, promises=["Datang"], **signed)
    Pledge.objects.create(enrolment=first, promises=["Datang lagi"], version=2, reason="Pindah")
    Pledge.objects.create(enrolment=second, promises=[])
    people = sittings_of(cohort).people
    assert (people[first.pk].promised, people[first.pk].signed) == (True, True)
    assert (people[second.pk].promised, people[second.pk].signed) == (False, False)


@pytest.mark.parametrize("people", [1, 3])
def test_one_query_for_any_number_of_actions(cohort, people, django_assert_num_queries):
    for _ in range(people):
        action(cohort, ("berjalan", 1), ("selesai", 2))
    with django_assert_num_queries(1):
        afterwards_of(cohort)
