"""What staff see of surveys: sums and texts, never so early or of so few that they tell who it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Assessment
from assessments.questions.tallies import of_steps, of_words
from lms.cohorts.models import Assignment, Cohort
from lms.learning.desk.surveys import FEWEST, survey_results
from lms.learning.domain import open_sitting, start_attempt, submit_anonymous, submit_attempt
from lms.learning.models import Attempt
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, make_staff
from tests.lms.learning.answers import answer, posted
from tests.lms.learning.training import make_survey

pytestmark = pytest.mark.django_db
WORDS = "Bagian anggaran terlalu cepat"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory()


def send(cohort: Cohort, survey: Assessment, step: int | None, text: str = "") -> None:
    given = ["" if step is None else str(step), text]
    data = {place: posted({"response": value}) for place, value in enumerate(given, start=1)}
    submit_anonymous(enrolment=EnrolmentFactory(cohort=cohort), assessment=survey, data=data)


def close(survey: Assessment) -> None:
    Assignment.objects.filter(assessment=survey).update(closes_at=timezone.now() - timedelta(minutes=1))


def page_of(cohort: Cohort, **of_staff: Any) -> Any:
    set_up_roles()
    user = make_staff("pelatih-survei", **{"organisation": cohort.organisation, **of_staff})
    user.groups.add(Group.objects.get(name=TRAINER))
    client = Client()
    client.force_login(user)
    return client.get(reverse("learning_surveys", args=[cohort.pk]))


def test_answers_are_counted_with_the_steps_that_nobody_chose_and_texts_are_told(cohort: Cohort) -> None:
    survey = make_survey(cohort)
    for step in (5, 5, 4, 2, None):
        send(cohort, survey, step, WORDS if step in (2, None) else "")
    close(survey)
    (result,) = survey_results(cohort)
    assert (result.answered, result.held) == (5, "")
    scale, texts = result.questions
    assert [count for _words, count in scale.tallies[0].counts] == [0, 1, 0, 1, 2]
    assert (scale.tallies[0].median, scale.left_out) == (4.5, 1)
    assert (texts.tallies[0].texts, texts.left_out) == ((WORDS, WORDS), 3)
    page = page_of(cohort).content.decode()
    assert page.count(WORDS) == 2
    assert "5 of 5 enrolled people answered" in page
    assert "1 person left it out" in page


def test_while_an_anonymous_survey_may_be_answered_only_the_number_is_shown(cohort: Cohort) -> None:
    survey = make_survey(cohort)
    for _person in range(FEWEST + 1):
        send(cohort, survey, 4, WORDS)
    page = page_of(cohort).content.decode()
    assert "6 of 6 enrolled people answered" in page
    assert WORDS not in page
    assert "it has no closing time yet" in page


def test_the_end_of_the_training_does_not_open_a_survey_that_can_still_be_answered(cohort: Cohort) -> None:
    survey = make_survey(cohort)
    for _person in range(FEWEST):
        send(cohort, survey, 4, WORDS)
    Cohort.objects.filter(pk=cohort.pk).update(starts_on="2018-06-11", ends_on="2018-06-11")
    cohort.refresh_from_db()
    assert survey_results(cohort)[0].held == "open"


def test_fewer_than_five_answers_are_shown_to_nobody(cohort: Cohort) -> None:
    survey = make_survey(cohort)
    for _person in range(FEWEST - 1):
        send(cohort, survey, 4, WORDS)
    close(survey)
    assert survey_results(cohort)[0].held == "few"
    page = page_of(cohort).content.decode()
    assert WORDS not in page
    assert "Fewer than 5 people answered" in page


def test_a_survey_with_names_counts_what_was_handed_in_and_not_void(cohort: Cohort) -> None:
    survey = make_survey(cohort, "likert", is_anonymous=False)
    attempts = []
    for step in (1, 3, 3, 5):
        attempt = start_attempt(
            enrolment=EnrolmentFactory(cohort=cohort), occasion="survey", assessment=survey
        )
        open_sitting(attempt=attempt)
        for sequence, chosen in enumerate((2, step), start=1):
            answer(attempt.items.get(), {"response": str(chosen)}, sequence=sequence)
        attempts.append(attempt)
    for attempt in attempts[:3]:
        submit_attempt(attempt=attempt)
    Attempt.objects.filter(pk=attempts[0].pk).update(voided_at=timezone.now())
    (result,) = survey_results(cohort)
    assert result.answered == 2
    assert [count for _words, count in result.questions[0].tallies[0].counts] == [0, 0, 2, 0, 0]


def test_another_organisation_has_no_such_page(cohort: Cohort) -> None:
    elsewhere = CohortFactory(organisation=OrganisationFactory())
    assert page_of(elsewhere, organisation=cohort.organisation).status_code == 404


def test_a_training_without_surveys_says_so(cohort: Cohort) -> None:
    assert "This training has no survey" in page_of(cohort).content.decode()


def queries_with(questions: int) -> int:
    cohort = CohortFactory()
    survey = make_survey(cohort, *["likert"] * questions)
    for _person in range(FEWEST * questions):
        data = {place: posted({"response": "3"}) for place in range(1, questions + 1)}
        submit_anonymous(enrolment=EnrolmentFactory(cohort=cohort), assessment=survey, data=data)
    close(survey)
    with CaptureQueriesContext(connection) as seen:
        (result,) = survey_results(cohort)
    assert len(result.questions) == questions
    return len(seen)


def test_queries_do_not_grow_with_questions_and_people() -> None:
    assert queries_with(1) == queries_with(3)


@given(st.lists(st.integers(1, 5)))
def test_every_answer_on_a_scale_is_counted_once(steps: list[int]) -> None:
    tally = of_steps("", ["a", "b", "c", "d", "e"], steps)
    assert sum(count for _words, count in tally.counts) == tally.n == len(steps)
    assert len(tally.counts) == 5


@given(st.lists(st.lists(st.sampled_from("abc"), unique=True)))
def test_options_are_counted_by_people_the_most_frequent_first(answers: list[list[str]]) -> None:
    tally = of_words(answers)
    assert tally.n == len(answers)
    assert dict(tally.counts) == {
        option: sum(option in chosen for chosen in answers) for chosen in answers for option in chosen
    }
    assert [count for _words, count in tally.counts] == sorted(dict(tally.counts).values(), reverse=True)
