"""What an organiser sees of a cohort's plans."""

import datetime
from typing import Any

import pytest

from lms.followup import domain, queries
from lms.followup.models import ActionReport
from tests.factories import CohortFactory, EnrolmentFactory
from tests.lms.followup.factories import make_action

TODAY = datetime.date(2026, 6, 25)


@pytest.mark.django_db
def test_late_activities_come_first_and_finished_ones_last() -> None:
    enrolment = EnrolmentFactory()
    make_action(enrolment, title="selesai", status="selesai", deadline=datetime.date(2026, 6, 1))
    make_action(enrolment, title="nanti", deadline=datetime.date(2026, 6, 30))
    make_action(enrolment, title="hari ini", deadline=TODAY)
    make_action(enrolment, title="terlambat", deadline=datetime.date(2026, 6, 24))
    found = list(queries.actions_of_cohort(enrolment.cohort, today=TODAY))
    assert [(action.title, action.is_late) for action in found] == [
        ("terlambat", True),
        ("hari ini", False),
        ("nanti", False),
        ("selesai", False),
    ]


@pytest.mark.django_db
def test_another_cohort_and_what_was_set_aside_stay_out() -> None:
    enrolment = EnrolmentFactory()
    make_action(EnrolmentFactory())
    domain.withdraw_action(enrolment=enrolment, action=make_action(enrolment))
    assert list(queries.actions_of_cohort(enrolment.cohort, today=TODAY)) == []


@pytest.mark.django_db
def test_h4_counts_people_with_both_phases_in_a_submitted_plan() -> None:
    cohort = CohortFactory()
    both, one, draft = (EnrolmentFactory(cohort=cohort) for _ in range(3))
    for enrolment in (both, draft):
        make_action(enrolment, phase="pra_musdes")
        make_action(enrolment, phase="musdes")
    make_action(one, phase="musdes")
    for enrolment in (both, one):
        domain.submit_plan(enrolment=enrolment)
    assert queries.plan_counts(cohort) == {"registered": 3, "submitted": 2, "both_phases": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_person_and_for_many(
    people: int, django_assert_num_queries: Any
) -> None:
    cohort = CohortFactory()
    for _ in range(people):
        action = make_action(EnrolmentFactory(cohort=cohort))
        ActionReport.objects.create(action=action, status="berjalan", text="Sudah diundang.")
    with django_assert_num_queries(2):
        for action in queries.actions_of_cohort(cohort, today=TODAY):
            assert action.plan.enrolment.participant.full_name
            assert action.reports.all()[0].text
