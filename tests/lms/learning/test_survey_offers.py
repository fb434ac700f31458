"""Surveys given with one tap, what an anonymous one tells, and the file of all sums."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from lms.cohorts.models import Assignment, Cohort
from lms.learning.desk.moments import moments_results
from lms.learning.domain import submit_anonymous, survey_sheet
from lms.learning.domain.given import give_survey, offers_left
from lms.learning.exports.surveys import surveys_csv
from lms.people.management.roles import ORGANISER
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.answers import posted
from tests.lms.learning.moments import HOUR, close, make_scale, organiser_of, say
from tests.lms.learning.training import assign, make_single_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory()


@pytest.fixture
def scale(cohort: Cohort) -> Assessment:
    return make_scale(cohort)


def test_the_reaction_survey_is_there_with_one_tap_and_opens_on_the_last_day() -> None:
    cohort = CohortFactory(starts_on="2018-06-10", ends_on="2018-06-11")
    survey = make_single_form("likert", code="survei-reaksi", purpose="survey", is_anonymous=True, live=True)
    client = organiser_of(cohort)
    page = client.get(reverse("learning_surveys", args=[cohort.pk])).content.decode()
    assert "Add the reaction survey" in page
    for _twice in range(2):
        client.post(reverse("learning_surveys_give", args=[cohort.pk]), {"survey": "reaksi"})
    row = Assignment.objects.get(cohort=cohort)
    assert (row.assessment, row.occasion) == (survey, "after")
    cohort.refresh_from_db()
    opens_at = row.window(cohort).opens_at
    assert opens_at is not None
    assert opens_at.date() == datetime.date(2018, 6, 11)
    assert [offer.slug for offer in offers_left(cohort)] == []


def test_the_commitment_scale_is_given_at_three_moments(cohort: Cohort) -> None:
    make_single_form("likert", code="survei-sikap", purpose="survey", live=True)
    give_survey(cohort=cohort, slug="komitmen", user=None)
    occasions = Assignment.objects.filter(cohort=cohort).values_list("occasion", flat=True)
    assert set(occasions) == {"before", "after", "day90"}


@pytest.mark.parametrize(("slug", "code"), [("entah", "unknown"), ("reaksi", "missing")])
def test_a_survey_that_is_not_there_is_not_given(slug: str, code: str, cohort: Cohort) -> None:
    with pytest.raises(ValidationError) as refusal:
        give_survey(cohort=cohort, slug=slug, user=None)
    assert refusal.value.code == code


def test_an_anonymous_survey_at_the_end_is_answered_and_told_with_the_share_of_the_satisfied(
    cohort: Cohort,
) -> None:
    survey = make_single_form("likert", "open_text", code="pendapat", purpose="survey", is_anonymous=True)
    now = timezone.now()
    assign(cohort, "after", assessment=survey, opens_at=now - HOUR, closes_at=now + HOUR)
    for step in (5, 4, 4, 3, 2, 1):
        person = EnrolmentFactory(cohort=cohort)
        sheet = survey_sheet(enrolment=person, assessment=survey)
        data = {1: posted({"response": str(step)}), 2: posted({"response": "=HYPERLINK(1)"})}
        submit_anonymous(enrolment=person, assessment=survey, data=data, sheet=sheet)
    close(cohort)
    page = organiser_of(cohort).get(reverse("learning_surveys", args=[cohort.pk])).content.decode()
    assert "3 of 6 people" in page
    assert "(50 %)" not in page  # fewer than twenty
    assert moments_results(cohort) == []
    text = organiser_of_csv(cohort)
    assert "'=HYPERLINK(1)" in text
    assert ";6;6;" in text


def organiser_of_csv(cohort: Cohort) -> str:
    client = Client()
    user = make_staff("pengunduh", organisation=cohort.organisation)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client.force_login(user)
    response = client.post(reverse("learning_surveys_csv", args=[cohort.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    return response.content.decode("utf-8-sig")


def test_the_file_holds_the_sums_of_the_moments(cohort: Cohort, scale: Assessment) -> None:
    for _person in range(5):
        person = EnrolmentFactory(cohort=cohort)
        say(person, scale, "before", 3, 3)
        say(person, scale, "after", 4, 4)
    close(cohort)
    lines = surveys_csv(cohort).splitlines()
    assert any(line.endswith(";komitmen;rose;5") for line in lines)
    assert any(";after 90 days;0;5;" in line for line in lines)
