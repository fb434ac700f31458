"""The participant's own page, walked from the first sign-in to the certificate."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Enrolment
from lms.learning.domain import complete_lesson, start_attempt, submit_attempt
from lms.learning.models import Completion
from tests.factories import EnrolmentFactory, MeetingFactory, ParticipantFactory
from tests.helpers import sign_in_as
from tests.lms.followup.factories import make_action
from tests.lms.learning.answers import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__require_plan=False, cohort__min_attendance_percent=None)


@pytest.fixture
def participant(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client


def page(client: Client, prefix: str = "/en") -> str:
    reply = client.get(f"{prefix}/beranda/")
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def next_button(content: str) -> str:
    """The address of the one big button; empty if there is none."""
    found = re.findall(r'class="bb-button bb-button--big" href="([^"]+)"', content)
    assert len(found) <= 1
    return found[0] if found else ""


def test_the_page_leads_from_the_pre_test_to_the_certificate(
    participant: Client, enrolment: Enrolment
) -> None:
    walked = [next_button(page(participant))]
    pre = start_attempt(enrolment=enrolment, occasion="pre")
    walked.append(next_button(page(participant)))
    submit_attempt(attempt=pre)
    lessons = list(LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path"))
    for lesson in lessons:
        walked.append(next_button(page(participant)))
        complete_lesson(enrolment=enrolment, lesson=lesson)
    walked.append(next_button(page(participant)))
    post = start_attempt(enrolment=enrolment, occasion="post")
    hand_in(post, right_items=0)
    walked.append(next_button(page(participant)))
    hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    walked.append(next_button(page(participant)))
    post_url = "/en/tes/post/mulai/"
    assert walked == [
        "/en/tes/pre/mulai/",
        "/en/tes/pre/mulai/",
        *[lesson.url for lesson in lessons],
        post_url,
        post_url,
        "/en/sertifikat/",
    ]


def test_the_plan_comes_after_the_post_test(client: Client) -> None:
    enrolment = EnrolmentFactory()
    sign_in_as(client, enrolment.participant)
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    content = page(client)
    assert next_button(content) == "/en/rencana/"
    assert "Write down what you will do" in content
    make_action(enrolment)
    content = page(client)
    assert next_button(content) == "/en/rencana/"
    assert "Look it over, then hand it in." in content


def test_who_can_only_wait_gets_no_button_and_sees_what_is_missing(client: Client) -> None:
    enrolment = EnrolmentFactory(cohort__require_plan=False)
    sign_in_as(client, enrolment.participant)
    meeting = MeetingFactory(cohort=enrolment.cohort, lesson_hours=4)
    record_attendance(meeting=meeting, enrolment=enrolment, status="alpa", recorded_by=None)
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    content = page(client)
    assert next_button(content) == ""
    assert "0 of 4 lesson hours attended; at least 80% is needed." in content
    assert content.count(">not met yet<") == 1
    assert not Completion.objects.exists()


def test_rows_say_how_tests_stand_and_lead_to_results(participant: Client, enrolment: Enrolment) -> None:
    assert ">not open<" in page(participant)
    pre = hand_in(start_attempt(enrolment=enrolment, occasion="pre"), right_items=4)
    content = page(participant)
    assert "6 of 13 points" in content
    assert f"/en/tes/{pre.pk}/hasil/" in content


def test_modules_show_how_many_lessons_are_done(participant: Client, enrolment: Enrolment) -> None:
    assert "0 of 2 lessons" in page(participant)
    lesson = LessonPage.objects.descendant_of(enrolment.cohort.course).first()
    complete_lesson(enrolment=enrolment, lesson=lesson)
    assert "1 of 2 lessons" in page(participant)


def test_a_course_without_lessons_says_so(participant: Client, enrolment: Enrolment) -> None:
    for module in enrolment.cohort.course.get_children():
        module.specific.unpublish()
    assert "The modules of this course are being written." in page(participant)


def test_who_is_enrolled_nowhere_is_told_whom_to_ask(client: Client) -> None:
    sign_in_as(client, ParticipantFactory())
    assert "You are not in a training yet" in page(client)


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/beranda/")["Location"] == "/masuk/?next=%2Fberanda%2F"


def test_the_newest_training_is_shown_and_another_can_be_chosen(
    participant: Client, enrolment: Enrolment
) -> None:
    other = EnrolmentFactory(participant=enrolment.participant, cohort__title="Pelatihan lama")
    shown = "<h1>Pelatihan lama</h1>"
    first = page(participant)
    reply = participant.post("/beranda/angkatan/", {"enrolment": str(other.pk)})
    assert (reply.status_code, reply["Location"]) == (303, "/beranda/")
    assert shown in page(participant)
    reply = participant.post("/beranda/angkatan/", {"enrolment": str(enrolment.pk)})
    assert shown not in page(participant)
    assert "Pelatihan lama" in first


@pytest.mark.parametrize("asked", ["", "x", "\x00", "46770f41-7b27-42dd-859f-568220d0c9d8", "foreign"])
def test_a_training_that_is_not_the_own_is_not_there(participant: Client, asked: str) -> None:
    value = str(EnrolmentFactory().pk) if asked == "foreign" else asked
    assert participant.post(reverse("portal:choose_enrolment"), {"enrolment": value}).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("simulated", [True, False])
def test_simulated_data_is_marked_in_both_languages(client: Client, prefix: str, simulated: bool) -> None:
    enrolment = EnrolmentFactory(cohort__is_simulated=simulated)
    sign_in_as(client, enrolment.participant)
    assert ("bb-simulated" in page(client, prefix)) is simulated


def test_the_page_names_nobody_in_its_title(client: Client) -> None:
    enrolment = EnrolmentFactory(participant__full_name="Maria Canary")
    sign_in_as(client, enrolment.participant)
    title = re.search(r"<title>(.*?)</title>", page(client))
    assert title is not None
    assert "Canary" not in title[1]
