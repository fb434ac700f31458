"""A scale of two statements at several moments, and people who answer it."""

import datetime
from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Question
from lms.cohorts.models import Assignment, Cohort, Enrolment
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.models import Attempt
from lms.people.management.roles import ORGANISER, set_up_roles
from tests.factories import make_staff
from tests.lms.learning.answers import answer
from tests.lms.learning.training import assign, make_single_form

HOUR = datetime.timedelta(hours=1)


def make_scale(
    cohort: Cohort, *kinds: str, occasions: Sequence[str] = ("before", "after", "day90")
) -> Assessment:
    """Two statements of one scale, asked now at each of these moments."""
    survey = make_single_form(
        *(kinds or ("likert", "likert")), code=f"sikap-{cohort.code}".lower(), purpose="survey", layout="page"
    )
    for question in Question.objects.filter(form_items__form__assessment=survey):
        if hasattr(question, "construct"):
            question.construct = "komitmen"
            question.save()
    now = timezone.now()
    for occasion in occasions:
        assign(cohort, occasion, assessment=survey, opens_at=now - HOUR, closes_at=now + HOUR)
    return survey


def say(enrolment: Enrolment, survey: Assessment, occasion: str, *steps: int | None) -> Attempt:
    """Somebody answers at a moment, statement by statement; None leaves one out."""
    attempt = start_attempt(enrolment=enrolment, occasion=occasion, assessment=survey)
    open_sitting(attempt=attempt)
    for item, step in zip(attempt.items.order_by("position"), steps, strict=False):
        if step is not None:
            answer(item, {"response": str(step)}, sequence=item.position)
    return submit_attempt(attempt=attempt)


def close(cohort: Cohort, *occasions: str) -> None:
    rows = Assignment.objects.filter(cohort=cohort)
    rows.filter(occasion__in=occasions or [row.occasion for row in rows]).update(closes_at=timezone.now())


def organiser_of(cohort: Cohort) -> Client:
    set_up_roles()
    user = make_staff("penyelenggara-survei", organisation=cohort.organisation)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user)
    return client
