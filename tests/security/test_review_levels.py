"""After handing in, participants see as much as the rule says at each level, and nothing of other forms."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Purpose, ReviewLevel, ReviewMoment
from assessments.models import Assessment, ReviewRule
from lms.cohorts.models import Assignment, Enrolment
from lms.learning.domain.marking import mark_item
from lms.learning.enums import Occasion
from lms.learning.models import Attempt, AttemptItem
from tests.factories import AssessmentFactory, EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.security.canaries import allowed_at, plant_form
from tests.security.crawler import Crawler
from tests.security.looking import leaks, seen, starts
from tests.security.taking import hand_in, take

pytestmark = pytest.mark.django_db
LEVELS = list(ReviewLevel)
FEEDBACK = {("P", "feedback"), ("P", "rationale"), ("P", "why")}
KEY = {("P", "accepted_text"), ("?", "number")}


@pytest.fixture
def practice() -> Assessment:
    """A practice whose questions carry the letter P."""
    assessment = AssessmentFactory(purpose=Purpose.PRACTICE)
    plant_form(assessment, "P")
    return assessment


@pytest.fixture
def enrolment(practice: Assessment) -> Enrolment:
    """Somebody who has that practice beside a test with canaries of its own, which is still to be taken."""
    test = AssessmentFactory()
    for letter in "AB":
        plant_form(test, letter)
    day = timezone.localdate() + timedelta(days=1)
    enrolment: Enrolment = EnrolmentFactory(
        cohort__assessment=test, cohort__starts_on=day, cohort__ends_on=day
    )
    Assignment.objects.create(cohort=enrolment.cohort, occasion=Occasion.PRACTICE, assessment=practice)
    return enrolment


@pytest.fixture
def crawler(client: Client, enrolment: Enrolment) -> Crawler:
    sign_in_as(client, enrolment.participant)
    return Crawler(client)


@pytest.fixture
def attempt(crawler: Crawler, enrolment: Enrolment, practice: Assessment) -> Attempt:
    """The practice, begun."""
    address = reverse("learning:start_assigned", args=[Occasion.PRACTICE, practice.pk])
    assert crawler.send("post", address).status == 303
    return Attempt.objects.get(enrolment=enrolment)


def rule(assessment: Assessment, occasion: str, moment: str, level: int) -> None:
    ReviewRule.objects.create(assessment=assessment, occasion=occasion, moment=moment, level=level)


def mark_all(attempt: Attempt) -> None:
    marker = make_staff("pemeriksa")
    for item in AttemptItem.objects.filter(attempt=attempt, earned=None):
        mark_item(item=item, level=0, actor=marker)


@pytest.mark.parametrize("level", LEVELS)
def test_a_practice_shows_what_its_level_allows(
    crawler: Crawler, enrolment: Enrolment, attempt: Attempt, practice: Assessment, level: ReviewLevel
) -> None:
    rule(practice, Occasion.PRACTICE, ReviewMoment.HANDED_IN, level)
    before = allowed_at(ReviewLevel.NOTHING, own="P")
    crawler.crawl(starts(enrolment))
    take(crawler, attempt)
    hand_in(crawler, attempt)
    crawler.crawl(starts(enrolment))
    assert leaks(crawler.answers, before) == {}, "before it is marked nobody sees more than the questions"

    mark_all(attempt)
    crawler.answers.clear()
    crawler.crawl(starts(enrolment))
    assert leaks(crawler.answers, allowed_at(level, own="P")) == {}
    shown = seen(crawler.answers)
    assert (shown >= FEEDBACK - {("P", "why")}) == (level >= ReviewLevel.FEEDBACK)
    assert (shown >= KEY) == (level >= ReviewLevel.KEY)
    assert any(answer.status == 200 and "/jawaban/" in answer.address for answer in crawler.answers) == (
        level >= ReviewLevel.RIGHT_WRONG
    )


def test_a_test_shows_no_more_than_points_while_anybody_may_still_take_it(
    crawler: Crawler, enrolment: Enrolment
) -> None:
    """Whatever its rules say: the key of one would be everybody's."""
    test = enrolment.cohort.assessment
    for moment in ReviewMoment.values:
        rule(test, Occasion.PRE, moment, ReviewLevel.KEY)
    assert crawler.send("post", reverse("learning:start", args=[Occasion.PRE])).status == 303
    attempt = Attempt.objects.get(enrolment=enrolment)
    take(crawler, attempt)
    hand_in(crawler, attempt)
    mark_all(attempt)
    crawler.crawl(starts(enrolment))
    assert leaks(crawler.answers, allowed_at(ReviewLevel.SCORE, own="A")) == {}
    assert seen(crawler.answers) >= {("A", "stem")}


@pytest.mark.parametrize("level", [ReviewLevel.SCORE, ReviewLevel.FEEDBACK, ReviewLevel.KEY])
def test_a_test_that_is_over_shows_its_level_and_nothing_of_the_other_form(
    crawler: Crawler, enrolment: Enrolment, level: ReviewLevel
) -> None:
    test = enrolment.cohort.assessment
    rule(test, Occasion.PRE, ReviewMoment.CLOSED, level)
    assert crawler.send("post", reverse("learning:start", args=[Occasion.PRE])).status == 303
    attempt = Attempt.objects.get(enrolment=enrolment)
    take(crawler, attempt)
    hand_in(crawler, attempt)
    mark_all(attempt)
    long_ago = timezone.localdate() - timedelta(days=9)
    type(enrolment.cohort).objects.filter(pk=enrolment.cohort.pk).update(starts_on=long_ago, ends_on=long_ago)
    crawler.answers.clear()
    crawler.crawl(starts(enrolment))
    assert leaks(crawler.answers, allowed_at(level, own="A") | allowed_at(0, own="P")) == {}
    assert (("A", "feedback") in seen(crawler.answers)) == (level >= ReviewLevel.FEEDBACK)
    assert (("A", "accepted_text") in seen(crawler.answers)) == (level >= ReviewLevel.KEY)
