"""Which lesson may be opened when: the order of a course, prerequisites, and what a training opens anyway."""

import uuid

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import CourseOrder
from courses.models import CoursePage, LessonPage, ModulePage
from courses.rows import PageRow
from lms.cohorts.models import Cohort, Enrolment
from lms.learning import datasets
from lms.learning.datasets import CourseLines, LessonLine, ModuleLine, course_lines
from lms.learning.domain import complete_lesson, start_attempt, submit_attempt
from lms.learning.models import LessonProgress
from tests.factories import EnrolmentFactory, make_course, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.lessons import NOTE_BLOCK, PRACTICE_BLOCK

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    course = make_course(modules=3, lessons=2)
    return EnrolmentFactory(cohort__course=course, cohort__pretest_first=False)


@pytest.fixture
def reader(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client


def lessons_of(enrolment: Enrolment) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path"))


def modules_of(enrolment: Enrolment) -> list[ModulePage]:
    return list(ModulePage.objects.descendant_of(enrolment.cohort.course).order_by("path"))


def set_order(enrolment: Enrolment, order: str) -> None:
    CoursePage.objects.filter(pk=enrolment.cohort.course_id).update(order=order)
    enrolment.cohort.course.refresh_from_db()


def require(module: ModulePage, *earlier: ModulePage) -> None:
    module.prerequisites = list(earlier)
    module.save()


def opened(reader: Client, enrolment: Enrolment) -> list[bool]:
    return [reader.get(lesson.url).status_code == 200 for lesson in lessons_of(enrolment)]


def test_a_free_course_is_open_everywhere(reader: Client, enrolment: Enrolment) -> None:
    assert opened(reader, enrolment) == [True] * 6


def test_one_after_the_other_opens_the_next_when_one_is_done(reader: Client, enrolment: Enrolment) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    first, _second, third = lessons_of(enrolment)[:3]
    assert opened(reader, enrolment) == [True] + [False] * 5
    refused = reader.get(third.url)
    assert refused.status_code == 403
    assert first.title in refused.content.decode()
    assert f'href="{first.url}"' in refused.content.decode()
    complete_lesson(enrolment=enrolment, lesson=first)
    assert opened(reader, enrolment) == [True, True] + [False] * 4
    assert not LessonProgress.objects.filter(lesson=third).exists()


def test_whatever_is_sent_into_a_closed_lesson_is_refused(reader: Client, enrolment: Enrolment) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    closed = lessons_of(enrolment)[3]
    for end in ("selesai/", f"latihan/{PRACTICE_BLOCK}/", f"catatan/{NOTE_BLOCK}/"):
        assert reader.post(f"/pelajaran/{closed.pk}/{end}", {"text": "x"}).status_code == 403
    assert not LessonProgress.objects.exists()


def test_done_leads_to_the_lesson_that_opens_with_it(reader: Client, enrolment: Enrolment) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    first, second, third = lessons_of(enrolment)[:3]
    assert reader.post(f"/pelajaran/{first.pk}/selesai/")["Location"] == second.url
    assert reader.post(f"/pelajaran/{second.pk}/selesai/")["Location"] == third.url


def test_a_module_waits_for_its_prerequisites_and_no_other_does(reader: Client, enrolment: Enrolment) -> None:
    one, _two, three = modules_of(enrolment)
    require(three, one)
    assert opened(reader, enrolment) == [True] * 4 + [False] * 2
    refused = reader.get(lessons_of(enrolment)[4].url).content.decode()
    assert one.title in refused
    assert f'href="{lessons_of(enrolment)[0].url}"' in refused
    for lesson in lessons_of(enrolment)[:2]:
        complete_lesson(enrolment=enrolment, lesson=lesson)
    assert opened(reader, enrolment) == [True] * 6


def test_what_was_done_stays_open(reader: Client, enrolment: Enrolment) -> None:
    last = lessons_of(enrolment)[-1]
    complete_lesson(enrolment=enrolment, lesson=last)
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    assert reader.get(last.url).status_code == 200


def test_a_course_after_the_pre_test(reader: Client, enrolment: Enrolment) -> None:
    set_order(enrolment, CourseOrder.AFTER_PRE_TEST)
    assert opened(reader, enrolment) == [False] * 6
    assert "/tes/pre/mulai/" in reader.get(lessons_of(enrolment)[0].url).content.decode()
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    assert opened(reader, enrolment) == [True] * 6


@pytest.mark.parametrize("order", CourseOrder.values)
def test_a_training_opens_all_lessons_at_once(reader: Client, enrolment: Enrolment, order: str) -> None:
    set_order(enrolment, order)
    require(modules_of(enrolment)[2], modules_of(enrolment)[0])
    Cohort.objects.update(all_lessons_open=True)
    assert opened(reader, enrolment) == [True] * 6


def test_opening_all_leaves_the_pre_test_where_the_training_asks_for_it(
    reader: Client, enrolment: Enrolment
) -> None:
    Cohort.objects.update(all_lessons_open=True, pretest_first=True)
    assert opened(reader, enrolment) == [False] * 6


@pytest.mark.parametrize("state", ["tutup", "arsip"])
def test_after_the_training_everything_is_open_for_reading(
    reader: Client, enrolment: Enrolment, state: str
) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    Cohort.objects.update(state=state)
    assert opened(reader, enrolment) == [True] * 6


def test_staff_meet_no_order(client: Client, enrolment: Enrolment) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    client.force_login(make_staff())
    assert client.get(lessons_of(enrolment)[5].url).status_code == 200


@pytest.mark.parametrize("place", ["course", "module", "own"])
def test_outlines_say_in_words_what_opens_later(reader: Client, enrolment: Enrolment, place: str) -> None:
    set_order(enrolment, CourseOrder.SEQUENTIAL)
    course, module = enrolment.cohort.course, modules_of(enrolment)[0]
    address = {"course": course.url, "module": module.url, "own": "/pelajaran-saya/"}[place]
    with_locks = reader.get(address).content.decode()
    Cohort.objects.update(all_lessons_open=True)
    without = reader.get(address).content.decode()
    waiting = {"course": 'bb-quiet bb-small">(', "module": "bb-badge--waiting", "own": "bb-badge--waiting"}
    assert with_locks.count(waiting[place]) == {"course": 5, "module": 1, "own": 5}[place]
    assert waiting[place] not in without


# Where one was


def test_who_comes_back_goes_on_where_one_was(reader: Client, enrolment: Enrolment) -> None:
    lessons = lessons_of(enrolment)
    complete_lesson(enrolment=enrolment, lesson=lessons[5])
    reader.get(lessons[3].url)
    reader.get(lessons[1].url)
    assert course_lines(enrolment).resume.page.title == lessons[1].title
    reader.get(lessons[3].url)
    lines = course_lines(enrolment)
    assert (lines.resume, lines.last_read) == (lines.lessons[3], lines.lessons[3])
    assert f'href="{lessons[3].url}"' in reader.get("/beranda/").content.decode()
    complete_lesson(enrolment=enrolment, lesson=lessons[3])
    lines = course_lines(enrolment)
    assert lines.resume == lines.lessons[0]
    assert lines.last_read == lines.lessons[3]


def test_the_share_is_rounded_down_and_said_with_its_figures(reader: Client, enrolment: Enrolment) -> None:
    for lesson in lessons_of(enrolment)[:5]:
        complete_lesson(enrolment=enrolment, lesson=lesson)
    assert course_lines(enrolment).share * 100 == 83
    for place in ("/beranda/", "/pelajaran-saya/", enrolment.cohort.course.url):
        content = reader.get(place).content.decode()
        assert "83\u00a0%" in content, place


# Whatever the order and whatever was done


@st.composite
def courses(draw: st.DrawFn) -> CourseLines:
    modules = []
    for number in range(draw(st.integers(1, 4))):
        lessons = tuple(
            LessonLine(_row(f"{number}.{place}"), number * 10 + place, opened=False, done=draw(st.booleans()))
            for place in range(draw(st.integers(0, 3)))
        )
        modules.append(ModuleLine(_row(f"m{number}"), lessons, number))
    order = draw(st.sampled_from([CourseOrder.FREE, CourseOrder.SEQUENTIAL]))
    return CourseLines(None, tuple(modules), True, order, has_prerequisites=True)


def _row(title: str) -> PageRow:
    return PageRow(0, title, 0, title, "", uuid.uuid5(uuid.NAMESPACE_URL, title), "id")


@given(lines=courses(), data=st.data())
def test_a_course_never_locks_itself(lines: CourseLines, data: st.DataObject) -> None:
    """Whatever modules require of each other, forwards, backwards or of themselves, some lesson that is not
    done is open, and what one is sent to do first is open as well or leads to what is."""
    keys = [module.page.translation_key for module in lines.modules]
    needs = {module.module_id: set(data.draw(st.lists(st.sampled_from(keys)))) for module in lines.modules}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(datasets, "prerequisite_keys", lambda path: needs)
        undone = [line for line in lines.lessons if not line.done]
        assert bool(undone) == (lines.next_lesson is not None)
        assert lines.resume in (None, *undone)
        for line in undone:
            first = lines.first_before(line)
            if first is not None and first.line is not None:
                assert not first.line.done
                assert lines.lessons.index(first.line) < lines.lessons.index(line)
            if first is not None and first.module is not None:
                assert first.module.done < first.module.total
        assert all(lines.is_open(line) for line in lines.lessons if line.done)
