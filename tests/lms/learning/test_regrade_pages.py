"""The dry run, its confirmation and the list of regrades."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Question
from assessments.registry import correction_url
from lms.certificates.domain import issue_certificate
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.models import Attempt, AttemptRecord, Completion, Regrade
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import StaffMembership
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, make_staff
from tests.lms.learning.corrected import choose, correct, single_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def wrong(attempt: Attempt) -> Question:
    return Question.objects.get(pk=single_of(attempt).question_id)


@pytest.fixture
def corrected(wrong: Question) -> Question:
    return correct(wrong, key=1)


def browser(role: str, organisation: Any) -> Client:
    set_up_roles()
    user = make_staff(f"staf-{role}", organisation=organisation)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def organiser(attempt: Attempt) -> Client:
    return browser(ORGANISER, attempt.enrolment.cohort.organisation)


def plan_page(wrong: Question, corrected: Question) -> str:
    return reverse("learning_regrade:plan", args=[wrong.pk, corrected.pk])


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def state_on(client: Client, address: str) -> str:
    return client.get(address).context["plan"].state


def test_the_dry_run_names_who_would_change_and_their_certificates(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    choose(attempt, 1)
    unchanged = EnrolmentFactory(cohort=attempt.enrolment.cohort, participant__full_name="Tetap Sama")
    other = start_attempt(enrolment=unchanged, occasion="pre")
    open_sitting(attempt=other)
    choose(other, 2)
    Completion.objects.create(enrolment=attempt.enrolment)
    certificate = issue_certificate(enrolment=attempt.enrolment)
    page = text_of(organiser, plan_page(wrong, corrected))
    assert "1 of 2 attempts would change." in page
    assert "Nothing has been changed yet." in page
    assert attempt.enrolment.participant.full_name in page
    assert certificate.number in page
    assert "Tetap Sama" not in page
    assert "Tetap Sama" in text_of(organiser, plan_page(wrong, corrected) + "?all")
    assert not AttemptRecord.objects.exists()


def test_the_dry_run_takes_as_many_queries_for_three_people_as_for_one(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    choose(attempt, 1)
    text_of(organiser, plan_page(wrong, corrected))
    counts = []
    for more in (0, 2):
        for _number in range(more):
            other = start_attempt(enrolment=EnrolmentFactory(cohort=attempt.enrolment.cohort), occasion="pre")
            open_sitting(attempt=other)
            choose(other, 1)
        with CaptureQueriesContext(connection) as captured:
            text_of(organiser, plan_page(wrong, corrected))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_confirming_regrades_and_shows_what_was_done(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    choose(attempt, 1)
    address = plan_page(wrong, corrected)
    response = organiser.post(address, {"reason": "Kunci salah", "state": state_on(organiser, address)})
    done = Regrade.objects.get()
    assert response["Location"] == reverse("learning_regrade:done", args=[done.pk])
    page = text_of(organiser, response["Location"])
    assert "0 → 1" in page
    assert "Kunci salah" in page
    assert "Kunci salah" in text_of(organiser, reverse("learning_regrade:index"))


def test_without_a_reason_nothing_happens(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    choose(attempt, 1)
    address = plan_page(wrong, corrected)
    response = organiser.post(address, {"reason": "", "state": state_on(organiser, address)})
    assert "Say why." in response.content.decode()
    assert not Regrade.objects.exists()


def test_a_list_that_has_changed_since_is_shown_again_with_the_reason(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    address = plan_page(wrong, corrected)
    state = state_on(organiser, address)
    choose(attempt, 1)
    response = organiser.post(address, {"reason": "Kunci salah", "state": state})
    page = response.content.decode()
    assert "Something has changed since you looked." in page
    assert "Kunci salah" in page
    assert response.context["plan"].state in page
    assert not Regrade.objects.exists()


def test_attempts_of_other_organisations_are_counted_and_stay(
    attempt: Attempt, wrong: Question, corrected: Question
) -> None:
    choose(attempt, 1)
    client = browser(ORGANISER, OrganisationFactory())
    own = EnrolmentFactory(
        cohort=CohortFactory(assessment=attempt.assessment, organisation=client_organisation(client))
    )
    mine = start_attempt(enrolment=own, occasion="pre")
    open_sitting(attempt=mine)
    choose(mine, 1)
    address = plan_page(wrong, corrected)
    page = text_of(client, address)
    assert "1 attempt of other organisations stays as it is" in page
    assert attempt.enrolment.participant.full_name not in page
    client.post(address, {"reason": "Kunci salah", "state": state_on(client, address)})
    attempt.refresh_from_db()
    mine.refresh_from_db()
    assert (attempt.score, mine.score) == (0, 1)


def client_organisation(client: Client) -> Any:
    return StaffMembership.objects.get(user_id=client.session["_auth_user_id"]).organisation


def test_trainers_do_not_regrade(attempt: Attempt, wrong: Question, corrected: Question) -> None:
    client = browser(TRAINER, attempt.enrolment.cohort.organisation)
    assert client.get(plan_page(wrong, corrected)).status_code == 302
    client.post(plan_page(wrong, corrected), {"reason": "Kunci salah", "state": "x"})
    assert not Regrade.objects.exists()


def test_what_is_no_correction_says_so(wrong: Question, corrected: Question, organiser: Client) -> None:
    assert "not a correction" in text_of(organiser, plan_page(corrected, wrong))
    missing = reverse("learning_regrade:plan", args=[wrong.pk, 999_999])
    assert organiser.get(missing).status_code == 404


def test_corrections_that_wait_are_listed_until_they_are_applied(
    attempt: Attempt, wrong: Question, corrected: Question, organiser: Client
) -> None:
    choose(attempt, 1)
    index = reverse("learning_regrade:index")
    assert plan_page(wrong, corrected) in text_of(organiser, index)
    address = plan_page(wrong, corrected)
    organiser.post(address, {"reason": "Kunci salah", "state": state_on(organiser, address)})
    assert "No attempt waits for a regrade." in text_of(organiser, index)


def test_the_question_knows_the_way_to_the_dry_run(
    attempt: Attempt, wrong: Question, corrected: Question
) -> None:
    assert correction_url(corrected) == plan_page(wrong, corrected)
    assert correction_url(wrong) is None
