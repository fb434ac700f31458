"""Two records of one person become one: progress through lessons, alone and together in a meeting."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from courses.models import LessonPage
from lms.cohorts.models import Attendance, Enrolment, Meeting
from lms.learning.domain import complete_lesson, open_lesson
from lms.learning.domain.lessons import credit_lessons, progress_id, take_back_lesson
from lms.learning.models import LessonProgress
from tests.factories import CohortFactory, MeetingFactory, make_staff
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 4, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def pair() -> tuple[Enrolment, Enrolment]:
    people = two_records()
    cohort = CohortFactory(organisation=people[0].organisation, require_plan=False)
    return both_in(cohort, people, form_order="BA")


def merge_pair(pair: tuple[Enrolment, Enrolment]) -> Enrolment:
    merge(pair[0].participant, pair[1].participant)
    return Enrolment.objects.get(pk=pair[0].pk)


def test_lessons_are_put_together_with_the_earlier_moments(pair: tuple[Enrolment, Enrolment]) -> None:
    both, one = LessonPage.objects.descendant_of(pair[0].cohort.course).order_by("path")[:2]
    for enrolment in pair:
        complete_lesson(enrolment=enrolment, lesson=both)
    complete_lesson(enrolment=pair[1], lesson=one)
    early = NOON - timedelta(days=2)
    LessonProgress.objects.filter(enrolment=pair[1]).update(opened_at=early, completed_at=early)
    merged = merge_pair(pair)
    rows = {row.lesson_id: row for row in LessonProgress.objects.filter(enrolment=merged)}
    assert {row.completed_at for row in rows.values()} == {early}
    assert set(rows) == {both.pk, one.pk}


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("own_is_kept", [True, False])
def test_a_lesson_done_alone_wins_over_a_credited_one(
    pair: tuple[Enrolment, Enrolment], own_is_kept: bool, own_first: bool
) -> None:
    """As when a credited lesson is done alone: taking the credit back leaves it, with the earlier moment."""
    own, other = pair if own_is_kept else pair[::-1]
    lesson, meeting = credited(other, NOON + timedelta(days=1))
    complete_lesson(enrolment=own, lesson=lesson)
    moment = NOON + timedelta(days=0 if own_first else 2)
    LessonProgress.objects.filter(enrolment=own).update(completed_at=moment)
    merged = merge_pair(pair)
    row = LessonProgress.objects.get()
    assert (row.enrolment, row.mode, row.meeting, row.credited_by) == (merged, "sendiri", None, None)
    assert row.completed_at == min(moment, NOON + timedelta(days=1))
    assert take_back_lesson(meeting=meeting, lesson=lesson, taken_back_by=make_staff("lain")) == 0


@pytest.mark.parametrize("other_is_kept", [True, False])
def test_a_credit_stays_one_beside_a_lesson_that_was_only_opened(
    pair: tuple[Enrolment, Enrolment], other_is_kept: bool
) -> None:
    opened, other = pair[::-1] if other_is_kept else pair
    lesson, meeting = credited(other, NOON)
    open_lesson(enrolment=opened, lesson=lesson)
    merge_pair(pair)
    row = LessonProgress.objects.get()
    assert (row.mode, row.meeting, row.completed_at) == ("bersama", meeting, NOON)
    assert row.credited_by is not None


@pytest.mark.parametrize("mine_first", [True, False])
def test_of_two_credits_the_earlier_one_stays_with_its_meeting(
    pair: tuple[Enrolment, Enrolment], mine_first: bool
) -> None:
    days = (1, 2) if mine_first else (2, 1)
    meetings = {
        day: credited(one, NOON + timedelta(days=day))[1] for one, day in zip(pair, days, strict=True)
    }
    record = merge(pair[0].participant, pair[1].participant)
    row = LessonProgress.objects.get()
    assert (row.meeting, row.completed_at) == (meetings[1], NOON + timedelta(days=1))
    met = record.moved["learning"][0]["lessons"]["met"][0]
    assert {met["meeting"], met["other"]["meeting"]} == {one.pk for one in meetings.values()}


def credited(enrolment: Enrolment, moment: datetime) -> tuple[LessonPage, Meeting]:
    """The first lesson, studied together in a meeting of its own."""
    lesson = LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path").first()
    meeting = MeetingFactory(cohort=enrolment.cohort)
    Attendance.objects.create(meeting=meeting, enrolment=enrolment, status="hadir")
    user = make_staff(f"pelatih-{meeting.pk}")
    credit_lessons(meeting=meeting, lessons=[lesson], credited_by=user)
    LessonProgress.objects.filter(enrolment=enrolment).update(completed_at=moment)
    return lesson, meeting


def test_a_lesson_that_moved_is_opened_and_finished_again_without_a_second_row(
    pair: tuple[Enrolment, Enrolment],
) -> None:
    """Its key is derived from the enrolment: under the old one, the next opening would find nothing."""
    lesson = LessonPage.objects.descendant_of(pair[0].cohort.course).first()
    open_lesson(enrolment=pair[1], lesson=lesson)
    merged = merge_pair(pair)
    done = complete_lesson(enrolment=merged, lesson=lesson)
    assert done.pk == progress_id(enrolment=merged, lesson=lesson)
    assert LessonProgress.objects.count() == 1
