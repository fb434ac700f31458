"""What the state of a training means to its people."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lms.cohorts.models import Cohort, Enrolment
from lms.followup.domain import save_action
from lms.ids import new_id
from lms.learning.domain import complete_lesson, start_attempt, submit_attempt
from lms.learning.models import LessonProgress
from tests.factories import CohortFactory, EnrolmentFactory
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


def enrolled(state: str, **fields: Any) -> Enrolment:
    return EnrolmentFactory(cohort=CohortFactory(state=state, **fields))


def browser(enrolment: Enrolment) -> Client:
    client = Client()
    sign_in_as(client, enrolment.participant)
    return client


def lesson_of(enrolment: Enrolment) -> Any:
    return enrolment.cohort.course.get_descendants().last().specific


def test_a_planned_training_says_so_and_shows_nothing_else() -> None:
    enrolment = enrolled("rencana", title="Pelatihan perencanaan Loonuna")
    client = browser(enrolment)
    body = client.get(reverse("portal:dashboard")).content.decode()
    assert "Pelatihan perencanaan Loonuna" in body
    assert reverse("learning:start", args=["pre"]) not in body
    assert client.get(reverse("board:board")).status_code == 404
    assert client.get(reverse("learning:start", args=["pre"])).status_code == 404


def test_a_planned_training_does_not_push_the_running_one_aside() -> None:
    running = enrolled("berlangsung", title="Yang berlangsung")
    EnrolmentFactory(
        participant=running.participant,
        cohort=CohortFactory(
            state="rencana", title="Yang nanti", starts_on="2030-01-01", ends_on="2030-01-02"
        ),
    )
    body = browser(running).get(reverse("portal:dashboard")).content.decode()
    assert "Yang berlangsung" in body
    assert "Yang nanti" not in body


def test_in_an_open_training_the_pre_test_begins_and_the_post_test_waits() -> None:
    enrolment = enrolled("buka")
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    with pytest.raises(ValidationError) as refused:
        start_attempt(enrolment=enrolment, occasion="post")
    assert refused.value.code == "stage"
    response = browser(enrolment).get(reverse("learning:start", args=["post"]))
    assert response.status_code == 403
    assert refused.value.messages[0] in response.content.decode()


@pytest.mark.parametrize("state", ["rencana", "tutup", "arsip"])
def test_no_test_begins_before_or_after(state: str) -> None:
    with pytest.raises(ValidationError) as refused:
        start_attempt(enrolment=enrolled(state), occasion="pre")
    assert refused.value.code == "stage"


def test_who_has_begun_hands_in_after_closing() -> None:
    attempt = start_attempt(enrolment=enrolled("berlangsung"), occasion="pre")
    Cohort.objects.update(state="tutup")
    assert submit_attempt(attempt=attempt).score == 0


def test_after_closing_lessons_are_open_without_the_pre_test() -> None:
    enrolment = enrolled("tutup")
    response = browser(enrolment).get(lesson_of(enrolment).url)
    assert response.status_code == 200


def test_the_archive_keeps_lessons_to_read_and_records_nothing() -> None:
    enrolment = enrolled("arsip")
    client, lesson = browser(enrolment), lesson_of(enrolment)
    assert client.get(lesson.url).status_code == 200
    assert client.post(reverse("learning:lesson_done", args=[lesson.pk])).status_code in (302, 303)
    assert not LessonProgress.objects.exists()
    with pytest.raises(ValidationError) as refused:
        complete_lesson(enrolment=enrolment, lesson=lesson)
    assert refused.value.code == "stage"
    assert client.get(reverse("portal:dashboard")).status_code == 200
    assert client.get(reverse("certificates:own")).status_code == 200


def test_plans_go_on_after_closing_and_rest_in_the_archive() -> None:
    enrolment = enrolled("tutup")
    fields = {
        "title": "Musyawarah dusun",
        "phase": "pra_musdes",
        "deadline": enrolment.cohort.ends_on,
        "person_in_charge": "Kepala Dusun",
        "indicator": "1 Berita Acara",
        "evidence_expected": "Berita Acara",
    }
    save_action(enrolment=enrolment, action_id=new_id(), fields=fields)
    Cohort.objects.update(state="arsip")
    with pytest.raises(ValidationError) as refused:
        save_action(enrolment=enrolment, action_id=new_id(), fields=fields)
    assert refused.value.code == "stage"
