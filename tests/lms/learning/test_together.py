"""Lessons studied together in a meeting: credited to who was there, and taken back from them alone."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from lms.cohorts.domain import record_meeting
from lms.cohorts.models import Cohort, Enrolment, Meeting
from lms.learning.domain import complete_lesson, credit_lessons, open_lesson, take_back_lesson
from lms.learning.models import LessonProgress
from lms.people.management.roles import TRAINER, set_up_roles
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory, make_staff
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory(pretest_first=False)


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return MeetingFactory(cohort=cohort)


@pytest.fixture
def lessons(cohort: Cohort) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(cohort.course).order_by("path"))


@pytest.fixture
def room(cohort: Cohort, meeting: Meeting) -> list[Enrolment]:
    """Present, late and excused."""
    people = [EnrolmentFactory(cohort=cohort) for _each in range(3)]
    answers = dict(zip(people, ("hadir", "terlambat", "izin"), strict=True))
    record_meeting(meeting=meeting, statuses=answers, recorded_by=None)
    return people


@pytest.fixture
def trainer(cohort: Cohort) -> Client:
    set_up_roles()
    user = make_staff("pelatih", organisation=cohort.organisation)
    user.groups.add(Group.objects.get(name=TRAINER))
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def done(lesson: LessonPage) -> dict[Any, str]:
    """By enrolment, how the lesson was studied by those who have done it."""
    rows = LessonProgress.objects.filter(lesson=lesson, completed_at__isnull=False)
    return dict(rows.values_list("enrolment_id", "mode"))


def test_lessons_are_credited_to_all_who_were_there(
    meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    panitia = make_staff()
    credited = credit_lessons(meeting=meeting, lessons=lessons, credited_by=panitia)
    assert (credited.people, credited.given) == (2, 4)
    for lesson in lessons:
        assert done(lesson) == {room[0].pk: "bersama", room[1].pk: "bersama"}
    row = LessonProgress.objects.filter(lesson=lessons[0]).first()
    assert row is not None
    assert (row.meeting, row.credited_by) == (meeting, panitia)
    assert RecordLogEntry.objects.get(action="learning.lessons_credited").data["given"] == 4


def test_what_somebody_has_done_alone_is_neither_overwritten_nor_taken_back(
    meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    alone, credited, _away = room
    first = complete_lesson(enrolment=alone, lesson=lessons[0])
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    assert done(lessons[0]) == {alone.pk: "sendiri", credited.pk: "bersama"}
    assert take_back_lesson(meeting=meeting, lesson=lessons[0], taken_back_by=None) == 1
    assert done(lessons[0]) == {alone.pk: "sendiri"}
    first_now = LessonProgress.objects.get(pk=first.pk)
    assert first_now.completed_at == first.completed_at


def test_who_does_a_credited_lesson_alone_keeps_it(
    meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    complete_lesson(enrolment=room[0], lesson=lessons[0])
    take_back_lesson(meeting=meeting, lesson=lessons[0], taken_back_by=None)
    assert done(lessons[0]) == {room[0].pk: "sendiri"}


def test_a_second_meeting_takes_back_only_its_own(
    cohort: Cohort, meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    second = MeetingFactory(cohort=cohort)
    record_meeting(meeting=second, statuses=dict.fromkeys(room, "hadir"), recorded_by=None)
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    assert credit_lessons(meeting=second, lessons=lessons[:1], credited_by=None).given == 1
    assert take_back_lesson(meeting=second, lesson=lessons[0], taken_back_by=None) == 1
    assert set(done(lessons[0])) == {room[0].pk, room[1].pk}


def test_an_opened_lesson_stays_opened_when_the_credit_is_taken_back(
    meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    open_lesson(enrolment=room[0], lesson=lessons[0])
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    take_back_lesson(meeting=meeting, lesson=lessons[0], taken_back_by=None)
    assert LessonProgress.objects.filter(enrolment=room[0], completed_at=None, mode="sendiri").exists()


def test_repeating_reaches_only_who_came_to_the_list_meanwhile(
    cohort: Cohort, meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    late = EnrolmentFactory(cohort=cohort)
    record_meeting(meeting=meeting, statuses={late: "hadir"}, recorded_by=None)
    assert credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None).given == 1


def test_a_lesson_of_another_course_is_refused(meeting: Meeting, room: list[Enrolment]) -> None:
    foreign = LessonPage.objects.descendant_of(CohortFactory().course).first()
    with pytest.raises(ValidationError) as refused:
        credit_lessons(meeting=meeting, lessons=[foreign], credited_by=None)
    assert refused.value.code == "other_course"
    assert not LessonProgress.objects.exists()


def test_together_without_a_meeting_is_refused_by_the_database(
    room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    row = complete_lesson(enrolment=room[0], lesson=lessons[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        LessonProgress.objects.filter(pk=row.pk).update(mode="bersama")


def test_a_trainer_credits_and_takes_back_from_the_page_of_the_meeting(
    trainer: Client, meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage]
) -> None:
    address = reverse("learning_together", args=[meeting.cohort_id, meeting.pk])
    page = trainer.get(reverse("cohort:meeting", args=[meeting.cohort_id, meeting.pk]))
    assert address in page.content.decode()
    assert trainer.post(address).status_code == 400
    assert trainer.post(address, {"lessons": [lessons[0].pk]}).status_code == 302
    assert [each.credited for each in trainer.get(address).context["lessons"]] == [2, 0]
    assert trainer.post(address, {"take_back": lessons[0].pk}).status_code == 302
    assert done(lessons[0]) == {}
    assert trainer.post(address, {"take_back": "x"}).status_code == 404


def test_with_nobody_there_the_page_says_to_tick_first(
    trainer: Client, meeting: Meeting, lessons: list[LessonPage]
) -> None:
    address = reverse("learning_together", args=[meeting.cohort_id, meeting.pk])
    refused = trainer.post(address, {"lessons": [lessons[0].pk]})
    assert refused.status_code == 400
    assert refused.context["problem"]


def test_participants_see_what_was_studied_together(
    meeting: Meeting, room: list[Enrolment], lessons: list[LessonPage], client: Client
) -> None:
    credit_lessons(meeting=meeting, lessons=lessons[:1], credited_by=None)
    sign_in_as(client, room[0].participant)
    dashboard = client.get(reverse("portal:dashboard")).context["dashboard"]
    assert [module.together for module in dashboard.lines.modules] == [1]
    module = client.get(lessons[0].get_parent().url)
    assert module.context["request"].course_visit.module.together_keys == {lessons[0].translation_key}
    lesson = client.get(lessons[0].url)
    assert lesson.context["request"].lesson_visit.line.together
