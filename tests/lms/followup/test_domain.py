"""Rules of the follow-up plan."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.models import Cohort
from lms.followup import domain
from lms.followup.models import Action, ActionReport, Plan
from lms.ids import new_id
from lms.learning.models import Completion
from tests.factories import EnrolmentFactory
from tests.lms.followup.factories import FIELDS, make_action


@pytest.mark.django_db
def test_the_plan_begins_with_its_first_activity() -> None:
    enrolment = EnrolmentFactory()
    action = domain.save_action(enrolment=enrolment, action_id=new_id(), fields=FIELDS)
    assert action.plan.enrolment == enrolment
    assert action.plan.status == "draf"


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_activity() -> None:
    enrolment, key = EnrolmentFactory(), new_id()
    domain.save_action(enrolment=enrolment, action_id=key, fields=FIELDS)
    domain.save_action(enrolment=enrolment, action_id=key, fields={**FIELDS, "title": "Diperbaiki"})
    assert [action.title for action in Action.objects.all()] == ["Diperbaiki"]


@pytest.mark.django_db
def test_an_activity_of_somebody_else_cannot_be_taken_over() -> None:
    theirs = make_action(EnrolmentFactory())
    with pytest.raises(ValidationError) as caught:
        domain.save_action(enrolment=EnrolmentFactory(), action_id=theirs.pk, fields=FIELDS)
    assert caught.value.code == "foreign"


@pytest.mark.django_db
def test_an_empty_plan_is_not_handed_in() -> None:
    enrolment = EnrolmentFactory()
    with pytest.raises(ValidationError) as caught:
        domain.submit_plan(enrolment=enrolment)
    assert caught.value.code == "empty"
    assert Plan.objects.filter(status="diajukan").count() == 0


@pytest.mark.django_db
def test_a_plan_whose_activities_were_all_set_aside_is_empty() -> None:
    enrolment = EnrolmentFactory()
    domain.withdraw_action(enrolment=enrolment, action=make_action(enrolment))
    with pytest.raises(ValidationError):
        domain.submit_plan(enrolment=enrolment)


@pytest.mark.django_db
def test_handing_in_twice_keeps_the_first_moment() -> None:
    enrolment = EnrolmentFactory()
    make_action(enrolment)
    first = domain.submit_plan(enrolment=enrolment)
    assert domain.submit_plan(enrolment=enrolment).submitted_at == first.submitted_at


@pytest.mark.django_db
def test_handing_in_completes_a_cohort_that_asks_only_for_the_plan() -> None:
    enrolment = EnrolmentFactory(cohort__min_attendance_percent=None, cohort__require_post_test=False)
    make_action(enrolment)
    domain.submit_plan(enrolment=enrolment)
    assert Completion.objects.filter(enrolment=enrolment).exists()


@pytest.mark.django_db
def test_a_draft_completes_nothing() -> None:
    enrolment = EnrolmentFactory(cohort__min_attendance_percent=None, cohort__require_post_test=False)
    domain.save_action(enrolment=enrolment, action_id=new_id(), fields=FIELDS)
    assert not Completion.objects.exists()


@pytest.mark.django_db
def test_what_was_handed_in_is_not_rewritten_but_more_can_be_added() -> None:
    enrolment = EnrolmentFactory()
    action = make_action(enrolment)
    domain.submit_plan(enrolment=enrolment)
    with pytest.raises(ValidationError) as caught:
        domain.save_action(enrolment=enrolment, action_id=action.pk, fields=FIELDS)
    assert caught.value.code == "submitted"
    domain.save_action(enrolment=enrolment, action_id=new_id(), fields=FIELDS)
    assert Action.objects.count() == 2


@pytest.mark.django_db
def test_a_report_sets_the_status_and_is_kept_once() -> None:
    enrolment, key = EnrolmentFactory(), new_id()
    action = make_action(enrolment)
    for _ in range(2):
        domain.report_progress(
            enrolment=enrolment, action=action, report_id=key, status="selesai", text="Sudah."
        )
    action.refresh_from_db()
    assert action.status == "selesai"
    assert ActionReport.objects.count() == 1


@pytest.mark.django_db
def test_nobody_reports_on_the_activity_of_another() -> None:
    action = make_action(EnrolmentFactory())
    with pytest.raises(ValidationError) as caught:
        domain.report_progress(
            enrolment=EnrolmentFactory(), action=action, report_id=new_id(), status="selesai", text="?"
        )
    assert caught.value.code == "foreign"


@given(ends_on=st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31)))
def test_the_musdes_limit_is_the_first_thirtieth_of_june_after_the_training(ends_on: datetime.date) -> None:
    limit = domain.musdes_limit(Cohort(ends_on=ends_on))
    assert (limit.month, limit.day) == (6, 30)
    assert datetime.timedelta(0) <= limit - ends_on < datetime.timedelta(366)


def test_loonuna_had_nineteen_days() -> None:
    day = datetime.date(2018, 6, 11)
    assert (domain.musdes_limit(Cohort(ends_on=day)) - day).days == 19


@pytest.mark.parametrize(
    ("phase", "deadline", "late"),
    [
        ("pra_musdes", datetime.date(2026, 6, 30), False),
        ("pra_musdes", datetime.date(2026, 7, 1), True),
        ("musdes", datetime.date(2026, 7, 1), True),
        ("lain", datetime.date(2026, 8, 10), False),
    ],
)
def test_a_date_after_the_musdes_is_pointed_out(phase: str, deadline: datetime.date, late: bool) -> None:
    cohort = Cohort(ends_on=datetime.date(2026, 6, 2))
    assert domain.is_after_musdes(phase=phase, deadline=deadline, cohort=cohort) is late
