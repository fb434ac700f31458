"""When the tests, practices and surveys of a training are open: typed by organisers, shown on its page."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import uses
from lms.cohorts.models import Assignment, Cohort
from lms.cohorts.queries import schedule, trainings_with
from tests.factories import AssessmentFactory, CohortFactory, make_staff
from tests.lms.cohorts.test_viewsets import children, edit, errors

pytestmark = pytest.mark.django_db

WIT = ZoneInfo("Asia/Jayapura")


@pytest.fixture
def cohort(cohort: Cohort) -> Cohort:
    cohort.village.time_zone = "Asia/Jayapura"
    cohort.village.save()
    return cohort


def send(client: Client, cohort: Cohort, *rows: dict[str, Any]) -> Any:
    fields = {
        "assessment": "",
        "opens_at": "",
        "closes_at": "",
        "attempts_allowed": "",
        "time_limit_minutes": "",
    }
    filled = [{**fields, **row} for row in rows]
    known = sum("id" in row for row in rows)
    return edit(client, cohort, **children("assignments", filled, initial=known))


def row_errors(response: Any) -> str:
    assert response.status_code == 200
    return str(response.context["form"].formsets["assignments"].errors)


# Typing


def test_times_are_those_of_the_village(organiser: Client, cohort: Cohort) -> None:
    send(
        organiser,
        cohort,
        {"occasion": "pre", "opens_at": "2026-06-01 08:00", "closes_at": "2026-06-01 10:30"},
    )
    row = Assignment.objects.get()
    assert row.opens_at == datetime.datetime(2026, 6, 1, 8, 0, tzinfo=WIT)
    assert row.closes_at == datetime.datetime(2026, 6, 1, 10, 30, tzinfo=WIT)


def test_the_editor_shows_the_times_as_they_were_typed(organiser: Client, cohort: Cohort) -> None:
    opens_at = datetime.datetime(2026, 6, 1, 8, 0, tzinfo=WIT)
    Assignment.objects.create(cohort=cohort, occasion="pre", opens_at=opens_at)
    page = organiser.get(reverse("cohort:edit", args=[cohort.pk])).content.decode()
    assert 'value="2026-06-01 08:00"' in page


@pytest.mark.parametrize(
    "typed", ["2026-06-01 08:00", "2026-06-01 06:00", "2026-06-01 07:00", "2026-06-01 10:00"]
)
def test_what_is_typed_over_a_time_is_saved_whatever_the_clock_of_the_organiser(
    organiser: Client, cohort: Cohort, typed: str
) -> None:
    opens_at = datetime.datetime(2026, 6, 1, 8, 0, tzinfo=WIT)
    row = Assignment.objects.create(cohort=cohort, occasion="pre", opens_at=opens_at)
    response = send(organiser, cohort, {"id": row.pk, "occasion": "pre", "opens_at": typed})
    assert response.status_code == 302
    row.refresh_from_db()
    assert f"{row.opens_at.astimezone(WIT):%Y-%m-%d %H:%M}" == typed


def test_the_end_comes_after_the_beginning(organiser: Client, cohort: Cohort) -> None:
    response = send(
        organiser,
        cohort,
        {"occasion": "pre", "opens_at": "2026-06-01 10:00", "closes_at": "2026-06-01 10:00"},
    )
    assert "closes_at" in row_errors(response)
    assert not Assignment.objects.exists()


def test_a_test_names_no_assessment_and_a_practice_does(organiser: Client, cohort: Cohort) -> None:
    practice = AssessmentFactory(purpose="practice")
    assert "assessment" in row_errors(
        send(organiser, cohort, {"occasion": "post", "assessment": practice.pk})
    )
    assert "assessment" in row_errors(send(organiser, cohort, {"occasion": "practice"}))
    assert "occasion" in row_errors(
        send(organiser, cohort, {"occasion": "survey", "assessment": practice.pk})
    )
    assert send(organiser, cohort, {"occasion": "practice", "assessment": practice.pk}).status_code == 302
    assert Assignment.objects.get().assessment == practice


def test_the_same_test_or_practice_is_there_once(organiser: Client, cohort: Cohort) -> None:
    assert errors(send(organiser, cohort, {"occasion": "pre"}, {"occasion": "pre"}))
    practice = {"occasion": "practice", "assessment": AssessmentFactory(purpose="practice").pk}
    assert errors(send(organiser, cohort, practice, practice))
    assert not Assignment.objects.exists()


def test_no_tries_and_no_minutes_are_refused(organiser: Client, cohort: Cohort) -> None:
    response = send(organiser, cohort, {"occasion": "pre", "attempts_allowed": 0, "time_limit_minutes": 0})
    assert {"attempts_allowed", "time_limit_minutes"} == set(
        response.context["form"].formsets["assignments"].errors[0]
    )


def test_only_published_practices_and_surveys_can_be_chosen(organiser: Client, cohort: Cohort) -> None:
    draft = AssessmentFactory(purpose="survey", live=False)
    test = AssessmentFactory()
    for unfit in (draft, test):
        response = send(organiser, cohort, {"occasion": "survey", "assessment": unfit.pk})
        assert "assessment" in row_errors(response)


def test_a_training_chooses_a_published_test_and_keeps_what_it_has(organiser: Client, cohort: Cohort) -> None:
    draft = AssessmentFactory(live=False)
    survey = AssessmentFactory(purpose="survey")
    for unfit in (draft, survey):
        assert "assessment" in errors(edit(organiser, cohort, assessment=unfit.pk))
    type(cohort.assessment).objects.update(live=False)
    assert edit(organiser, cohort).status_code == 302


def queries_for_rows(client: Client, cohort: Cohort, number: int) -> int:
    while cohort.assignments.count() < number:
        Assignment.objects.create(
            cohort=cohort, occasion="practice", assessment=AssessmentFactory(purpose="practice")
        )
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("cohort:edit", args=[cohort.pk])).status_code == 200
    return len(captured)


def test_more_rows_do_not_cost_more_queries(organiser: Client, cohort: Cohort) -> None:
    organiser.get(reverse("cohort:edit", args=[cohort.pk]))
    assert queries_for_rows(organiser, cohort, 3) == queries_for_rows(organiser, cohort, 1)


# Showing


def test_the_tests_before_and_after_are_there_without_a_row_and_others_with_one(cohort: Cohort) -> None:
    assert [(entry.occasion, entry.is_open) for entry in schedule(cohort)] == [("pre", True), ("post", True)]
    Assignment.objects.create(cohort=cohort, occasion="followup")
    survey = AssessmentFactory(purpose="survey", title="Umpan balik")
    Assignment.objects.create(cohort=cohort, occasion="survey", assessment=survey)
    assert [entry.occasion for entry in schedule(cohort)] == ["pre", "post", "followup", "survey"]
    assert schedule(cohort)[-1].label == "Umpan balik"


def test_the_window_decides_whether_it_is_open(cohort: Cohort) -> None:
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    Assignment.objects.create(cohort=cohort, occasion="pre", opens_at=now - 2 * hour, closes_at=now - hour)
    Assignment.objects.create(cohort=cohort, occasion="post", opens_at=now + hour)
    pre, post = schedule(cohort)
    assert (pre.is_open, pre.has_closed, pre.opens_later) == (False, True, False)
    assert (post.is_open, post.has_closed, post.opens_later) == (False, False, True)


def test_the_page_of_a_training_shows_the_window_in_village_time(organiser: Client, cohort: Cohort) -> None:
    opens_at = datetime.datetime(2026, 6, 1, 8, 0, tzinfo=WIT)
    Assignment.objects.create(cohort=cohort, occasion="pre", opens_at=opens_at)
    page = organiser.get(reverse("cohort:hub", args=[cohort.pk])).content.decode()
    assert "1 Juni 2026, 08:00" in page or "1 Juni 2026, 08.00" in page
    assert "WIT" in page


# Who uses an assessment


def test_trainings_are_named_to_those_who_may_see_them_and_counted_for_others(cohort: Cohort) -> None:
    other = CohortFactory(assessment=cohort.assessment)
    insider = make_staff("dalam", organisation=cohort.organisation)
    named = trainings_with(cohort.assessment_id, insider)
    assert cohort.code in named
    assert other.code not in " ".join(named)
    assert len(named) == 2
    assert uses.uses_of(cohort.assessment_id, insider)


def test_a_practice_given_to_a_training_is_in_use(cohort: Cohort) -> None:
    practice = AssessmentFactory(purpose="practice")
    assert trainings_with(practice.pk, None) == []
    Assignment.objects.create(cohort=cohort, occasion="practice", assessment=practice)
    assert len(trainings_with(practice.pk, None)) == 1
