"""Pages on which staff look at attempts and act on them: who gets in, what is shown, what follows."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.certificates.domain import issue_certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.domain.staff import void_attempt
from lms.learning.models import Attempt, AttemptRecord, Completion, LessonProgress
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import Organisation
from tests.factories import EnrolmentFactory, OrganisationFactory, make_staff
from tests.helpers import grant
from tests.lms.learning.answers import answer, hand_in

pytestmark = pytest.mark.django_db
Staff = Callable[..., Client]


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def staff(enrolment: Enrolment) -> Staff:
    """A browser of somebody with a role in an organisation, the cohort's own unless given."""

    def sign_in(role: str, organisation: Organisation | None = None) -> Client:
        set_up_roles()
        own = organisation or enrolment.cohort.organisation
        user = make_staff(f"{role}-{uuid.uuid4().hex[:6]}", organisation=own)
        group = Group.objects.filter(name=role).first()
        if group is not None:
            user.groups.add(group)
        client = Client()
        client.force_login(user)
        client.user = user  # type: ignore[attr-defined]
        return client

    return sign_in


def page_of(attempt: Attempt, name: str = "attempt", *more: Any) -> str:
    return reverse(f"learning_attempts:{name}", args=[attempt.enrolment.cohort_id, attempt.pk, *more])


def room_of(cohort: Cohort, action: str) -> str:
    return reverse("learning_attempts:room_action", args=[cohort.pk, "pre", cohort.assessment_id, action])


def list_of(cohort: Cohort) -> str:
    return reverse("learning_attempts:cohort", args=[cohort.pk])


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# ------------------------------------------------------------------ the list


def test_the_list_says_where_everybody_stands(attempt: Attempt, staff: Staff) -> None:
    cohort = attempt.enrolment.cohort
    answer(attempt.items.first())
    EnrolmentFactory(cohort=cohort, participant__full_name="Belum Mulai")
    hand_in(start_attempt(enrolment=EnrolmentFactory(cohort=cohort), occasion="pre"))
    page = text_of(staff(TRAINER), list_of(cohort))
    for words in ("being answered, 1 of 6", "not begun", "handed in", "13 of 13", "Belum Mulai"):
        assert words in page


def test_a_void_attempt_is_shown_as_such_and_the_person_as_not_begun(attempt: Attempt, staff: Staff) -> None:
    void_attempt(attempt=attempt, actor=make_staff("lain"), reason="Orang lain")
    page = text_of(staff(TRAINER), list_of(attempt.enrolment.cohort))
    assert "<strong>1</strong> void" in page
    assert "<strong>1</strong> not begun" in page


def test_the_list_takes_as_many_queries_for_three_people_as_for_one(attempt: Attempt, staff: Staff) -> None:
    client, cohort = staff(TRAINER), attempt.enrolment.cohort
    text_of(client, list_of(cohort))
    counts = []
    for people in (1, 3):
        while cohort.enrolments.count() < people:
            other = start_attempt(enrolment=EnrolmentFactory(cohort=cohort), occasion="pre")
            hand_in(other) if people == 2 else answer_first(other)
        with CaptureQueriesContext(connection) as captured:
            text_of(client, list_of(cohort))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def answer_first(attempt: Attempt) -> None:
    open_sitting(attempt=attempt)
    answer(attempt.items.first())


@pytest.mark.parametrize("role", [ORGANISER, TRAINER])
def test_staff_of_another_organisation_find_nothing(attempt: Attempt, staff: Staff, role: str) -> None:
    client = staff(role, OrganisationFactory())
    cohort = attempt.enrolment.cohort
    for address in (
        list_of(cohort),
        page_of(attempt),
        page_of(attempt, "action", "void"),
        room_of(cohort, "pause"),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "x"}).status_code == 404
    assert not AttemptRecord.objects.exists()


def test_an_attempt_is_found_only_below_its_own_training(attempt: Attempt, staff: Staff) -> None:
    beside = EnrolmentFactory(cohort__organisation=attempt.enrolment.cohort.organisation)
    wrong = reverse("learning_attempts:attempt", args=[beside.cohort_id, attempt.pk])
    assert staff(ORGANISER).get(wrong).status_code == 404


def test_who_may_only_look_is_offered_and_allowed_nothing(attempt: Attempt, staff: Staff) -> None:
    client = staff("nobody")
    grant(client.user, "learning.view_attempt")  # type: ignore[attr-defined]
    assert "/void/" not in text_of(client, page_of(attempt))
    client.post(page_of(attempt, "action", "void"), {"reason": "x"})
    attempt.refresh_from_db()
    assert attempt.voided_at is None


# ------------------------------------------------------------------ one attempt


def test_the_page_of_an_attempt_tells_what_was_answered_and_what_before(
    attempt: Attempt, staff: Staff
) -> None:
    item = attempt.items.get(kind="numeric")
    answer(item, {"response": "1000"}, sequence=1)
    answer(item, {"response": "2000"}, sequence=2)
    page = text_of(staff(TRAINER), page_of(attempt))
    assert "2.000" in page or "2000" in page
    assert "1 earlier or late answer" in page


def test_keys_are_shown_only_to_who_may_read_questions(attempt: Attempt, staff: Staff) -> None:
    hand_in(attempt, right_items=0)
    client = staff("nobody")
    grant(client.user, "learning.view_attempt")  # type: ignore[attr-defined]
    assert "Key:" not in text_of(client, page_of(attempt))
    grant(client.user, "assessments.view_question")  # type: ignore[attr-defined]
    assert "Key:" in text_of(client, page_of(attempt))


def test_the_history_is_told_with_reasons(attempt: Attempt, staff: Staff) -> None:
    client = staff(TRAINER)
    client.post(page_of(attempt, "action", "pause"), {"reason": "Listrik padam"})
    page = text_of(client, page_of(attempt))
    assert "Listrik padam" in page
    # A record without figures shows none.
    assert "→" not in page


# ------------------------------------------------------------------ doing something


@pytest.mark.parametrize("action", ["pause", "hand-in", "void"])
def test_an_action_asks_why_and_then_is_done(attempt: Attempt, staff: Staff, action: str) -> None:
    client = staff(TRAINER)
    address = page_of(attempt, "action", action)
    assert "Reason" in text_of(client, address)
    assert client.post(address, {"reason": ""}).status_code == 200
    assert not AttemptRecord.objects.exists()
    response = client.post(address, {"reason": "Listrik padam"})
    assert response["Location"] == page_of(attempt)
    record = AttemptRecord.objects.get()
    assert (record.reason, record.actor) == ("Listrik padam", client.user)  # type: ignore[attr-defined]


def test_reopening_lists_what_rests_on_it_and_what_was_read_since(attempt: Attempt, staff: Staff) -> None:
    hand_in(attempt)
    enrolment = attempt.enrolment
    Completion.objects.create(enrolment=enrolment)
    certificate = issue_certificate(enrolment=enrolment)
    lesson = enrolment.cohort.course.get_descendants().last().specific
    LessonProgress.objects.create(
        id=uuid.uuid4(), enrolment=enrolment, lesson=lesson, opened_at=timezone.now()
    )
    page = text_of(staff(TRAINER), page_of(attempt, "action", "reopen"))
    assert certificate.number in page
    assert enrolment.participant.full_name in page
    assert "13 points of this attempt" in page
    assert "1 lesson was opened" in page
    assert "The lessons are closed" in page


def test_voiding_says_whether_the_test_can_be_taken_again(attempt: Attempt, staff: Staff) -> None:
    client = staff(TRAINER)
    hand_in(attempt)
    assert "can begin again" in text_of(client, page_of(attempt, "action", "void"))
    start_attempt(enrolment=attempt.enrolment, occasion="post")
    assert "cannot be taken again" in text_of(client, page_of(attempt, "action", "void"))


def test_minutes_are_asked_for_only_under_a_limit(attempt: Attempt, staff: Staff) -> None:
    client = staff(TRAINER)
    hand_in(attempt)
    assert 'name="minutes"' not in text_of(client, page_of(attempt, "action", "reopen"))
    Attempt.objects.filter(pk=attempt.pk).update(time_limit_seconds=600)
    assert 'name="minutes"' in text_of(client, page_of(attempt, "action", "reopen"))


def test_a_refusal_is_said_on_the_page_with_what_was_typed(attempt: Attempt, staff: Staff) -> None:
    hand_in(attempt)
    start_attempt(enrolment=attempt.enrolment, occasion="post")
    typed = {"reason": "Salah tekan", "minutes": "0"}
    response = staff(TRAINER).post(page_of(attempt, "action", "reopen"), typed)
    page = response.content.decode()
    assert "has begun a later attempt" in page
    assert "Salah tekan" in page


def test_an_action_that_is_not_possible_any_more_leads_back(attempt: Attempt, staff: Staff) -> None:
    response = staff(TRAINER).get(page_of(attempt, "action", "resume"))
    assert response["Location"] == page_of(attempt)


def test_an_unknown_action_is_not_found(attempt: Attempt, staff: Staff) -> None:
    client = staff(TRAINER)
    assert client.get(page_of(attempt, "action", "delete")).status_code == 404
    assert client.get(room_of(attempt.enrolment.cohort, "delete")).status_code == 404


def test_a_room_is_paused_from_its_page(attempt: Attempt, staff: Staff) -> None:
    client, cohort = staff(TRAINER), attempt.enrolment.cohort
    page = text_of(client, room_of(cohort, "pause"))
    assert attempt.enrolment.participant.full_name in page
    response = client.post(room_of(cohort, "pause"), {"reason": "Listrik padam"})
    assert response["Location"] == list_of(cohort)
    attempt.refresh_from_db()
    assert attempt.paused_at is not None


def test_an_empty_room_says_that_nobody_is_concerned(enrolment: Enrolment, staff: Staff) -> None:
    assert "Nobody is concerned" in text_of(staff(TRAINER), room_of(enrolment.cohort, "pause"))


# ------------------------------------------------------------------ the page of the training


def test_the_training_tells_whose_completion_no_longer_holds(attempt: Attempt, staff: Staff) -> None:
    enrolment = attempt.enrolment
    Completion.objects.create(enrolment=enrolment)
    certificate = issue_certificate(enrolment=enrolment)
    client = staff(ORGANISER)
    hub = reverse("cohort:hub", args=[enrolment.cohort_id])
    assert "To decide" not in text_of(client, hub)
    void_attempt(attempt=attempt, actor=make_staff("lain"), reason="Orang lain")
    page = text_of(client, hub)
    assert "To decide" in page
    assert certificate.number in page
