"""Rows of a training's form that name what belongs to somebody else, or what somebody else just made."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.cohorts.models import Assignment, Cohort, Facilitator, Finding, Meeting
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    FindingFactory,
    MeetingFactory,
    OrganisationFactory,
    make_staff,
)
from tests.lms.cohorts.test_viewsets import children, edit
from tests.lms.learning.moments import close, make_scale, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign() -> Cohort:
    return CohortFactory(organisation=OrganisationFactory(name="Dinas Lain"))


@pytest.mark.parametrize("initial", [0, 1])
@pytest.mark.parametrize("delete", ["", "1"])
def test_rows_of_another_training_are_neither_changed_nor_taken(
    organiser: Client, cohort: Cohort, foreign: Cohort, initial: int, delete: str
) -> None:
    finding = FindingFactory(cohort=foreign, text="Asli")
    meeting = MeetingFactory(cohort=foreign, title="Asli")
    team = FacilitatorFactory(cohort=foreign, user=make_staff("asing", organisation=foreign.organisation))
    rows: dict[str, dict[str, Any]] = {
        "findings": {"id": finding.pk, "code": "F9", "text": "Curian"},
        "meetings": {"id": meeting.pk, "title": "Curian", "held_on": "2026-06-01", "lesson_hours": 2},
        "facilitators": {"id": team.pk, "user": "", "name": "Curian", "role": team.role},
    }
    for prefix, row in rows.items():
        edit(organiser, cohort, **children(prefix, [{**row, "DELETE": delete}], initial=initial))
    assert Finding.objects.get(pk=finding.pk).text == "Asli"
    assert Meeting.objects.get(pk=meeting.pk).title == "Asli"
    assert Facilitator.objects.get(pk=team.pk).user == team.user
    assert {
        each.get(pk=pk).cohort for each, pk in ((Finding.objects, finding.pk), (Meeting.objects, meeting.pk))
    } == {foreign}


def test_accounts_and_meetings_of_others_cannot_be_named(
    organiser: Client, cohort: Cohort, foreign: Cohort
) -> None:
    stranger = make_staff("asing", organisation=foreign.organisation)
    meeting = MeetingFactory(cohort=foreign)
    row: dict[str, Any] = {"role": "fasilitator", "name": "", "user": stranger.pk}
    assert edit(organiser, cohort, **children("facilitators", [row])).status_code == 200
    row |= {"user": "", "name": "Ibu Rosa", "meetings": [meeting.pk]}
    assert edit(organiser, cohort, **children("facilitators", [row])).status_code == 200
    assert not Facilitator.objects.filter(cohort=cohort, user=stranger).exists()
    assert not Facilitator.objects.filter(meetings=meeting).exists()


def test_a_code_that_somebody_took_since_the_form_was_opened_is_refused_in_words(
    organiser: Client, cohort: Cohort
) -> None:
    opened = children("findings", [{"code": "F9", "text": "Dari kertas"}])
    FindingFactory(cohort=cohort, code="F9", text="Diketik warga")
    response = edit(organiser, cohort, **opened)
    assert response.status_code == 200
    assert "Dari kertas" in response.content.decode()
    assert list(Finding.objects.filter(code="F9").values_list("text", flat=True)) == ["Diketik warga"]


@pytest.fixture
def told(cohort: Cohort) -> Assignment:
    """A moment of a survey that has closed, with an answer."""
    survey = make_scale(cohort, occasions=("before",))
    say(EnrolmentFactory(cohort=cohort), survey, "before", 4, 4)
    close(cohort)
    return Assignment.objects.get(cohort=cohort)


def row_of(row: Assignment, **changes: Any) -> dict[str, Any]:
    def shown(moment: Any) -> str:
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S.%f}"

    fields = {"id": row.pk, "occasion": row.occasion, "assessment": row.assessment_id}
    times = {"opens_at": shown(row.opens_at), "closes_at": shown(row.closes_at)}
    return {**fields, **times, "attempts_allowed": "", "time_limit_minutes": "", **changes}


def test_a_survey_that_has_closed_is_not_opened_again(
    organiser: Client, cohort: Cohort, told: Assignment
) -> None:
    later = timezone.localtime(timezone.now() + datetime.timedelta(days=2))
    for changes in ({"closes_at": f"{later:%Y-%m-%d %H:%M}"}, {"closes_at": ""}, {"DELETE": "1"}):
        rows = children("assignments", [row_of(told, **changes)], initial=1)
        response = edit(organiser, cohort, **rows)
        assert response.status_code == 200, changes
        assert Assignment.objects.get().closes_at == told.closes_at


def test_the_rest_of_a_training_changes_beside_a_closed_survey(
    organiser: Client, cohort: Cohort, told: Assignment
) -> None:
    rows = children("assignments", [row_of(told)], initial=1)
    assert edit(organiser, cohort, title="Nama baru", **rows).status_code == 302
    assert Cohort.objects.get(pk=cohort.pk).title == "Nama baru"


def test_a_closed_survey_that_nobody_answered_may_be_opened_again(organiser: Client, cohort: Cohort) -> None:
    make_scale(cohort, occasions=("before",))
    close(cohort)
    row = Assignment.objects.get(cohort=cohort)
    later = timezone.localtime(timezone.now() + datetime.timedelta(days=2))
    rows = children("assignments", [row_of(row, closes_at=f"{later:%Y-%m-%d %H:%M}")], initial=1)
    assert edit(organiser, cohort, **rows).status_code == 302
