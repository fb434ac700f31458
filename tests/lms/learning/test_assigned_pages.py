"""The participant's side of an assigned lesson: it waits, opens, is answered and is done."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from assessments.models import LegalBasis, Question
from courses.models import LessonPage
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import assign_lesson
from lms.learning.models import Completion, LessonAssignment, LessonProgress, PracticeAnswer
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.lessons import option, practise
from tests.lms.learning.rules import finish, lesson_of, make_basis, make_update_lesson, publish, revoke
from tests.lms.learning.test_lesson_pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def basis(enrolment: Enrolment) -> LegalBasis:
    old = make_basis()
    finish(enrolment, publish(lesson_of(enrolment), old))
    revoke(old, by=make_basis("146", number=16, year=2026))
    return old


@pytest.fixture
def lesson(basis: LegalBasis) -> LessonPage:
    return make_update_lesson(basis)


@pytest.fixture
def question(lesson: LessonPage) -> Question:
    return Question.objects.get(code="P-U1.2")


@pytest.fixture
def reader(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client


def assign(enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis) -> LessonAssignment:
    assign_lesson(enrolments=[enrolment.pk], lesson=lesson, basis=basis, assigned_by=None)
    return LessonAssignment.objects.get()


def test_it_opens_only_for_who_has_it(
    reader: Client, enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    assert reader.get(lesson.url).status_code == 403
    assign(enrolment, lesson, basis)
    assert reader.get(lesson.url).status_code == 200
    stranger = Client()
    sign_in_as(stranger, EnrolmentFactory().participant)
    assert stranger.get(lesson.url).status_code == 403


def test_the_own_page_says_why_and_leads_there(
    reader: Client, enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    assert lesson.url not in reader.get("/beranda/").content.decode()
    assign(enrolment, lesson, basis)
    text = reader.get("/beranda/").content.decode()
    assert lesson.url in text
    assert "PP 43/2014 Ps 114" in text
    assert "PP 16/2026 Ps 146" in text


@pytest.mark.parametrize("state", list(CohortState)[2:])
def test_it_is_read_answered_and_done_in_every_state_that_people_see(
    reader: Client,
    enrolment: Enrolment,
    lesson: LessonPage,
    basis: LegalBasis,
    question: Question,
    state: CohortState,
) -> None:
    Completion.objects.create(enrolment=enrolment)
    Cohort.objects.filter(pk=enrolment.cohort_id).update(state=state)
    assignment = assign(enrolment, lesson, basis)
    before = list(LessonProgress.objects.values()), list(Completion.objects.values())
    assert reader.get(lesson.url).status_code == 200
    assignment.refresh_from_db()
    assert assignment.opened_at is not None
    done = f"/pelajaran/{lesson.pk}/selesai/"
    assert "#latihan-1" in reader.post(done)["Location"]
    assert practise(reader, lesson, question, option(question, right=False)).status_code in (302, 303)
    assert PracticeAnswer.objects.get().enrolment == enrolment
    assert reader.post(done)["Location"] == "/beranda/"
    assignment.refresh_from_db()
    assert assignment.done_at is not None
    assert lesson.url not in reader.get("/beranda/").content.decode()
    assert reader.get(lesson.url).status_code == 200
    assert before == (list(LessonProgress.objects.values()), list(Completion.objects.values()))


def test_its_neighbours_stay_closed_and_are_not_shown(
    reader: Client, enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    other = lesson.copy(update_attrs={"slug": "p1-2", "title": "Pelajaran tetangga", "code": "U1.3"})
    other.save_revision().publish()
    assign(enrolment, lesson, basis)
    assert "Pelajaran tetangga" not in reader.get(lesson.url).content.decode()
    assert reader.get(LessonPage.objects.get(pk=other.pk).url).status_code == 403


def test_a_lesson_of_the_own_course_that_changed_is_done_anew(
    reader: Client, enrolment: Enrolment, basis: LegalBasis
) -> None:
    """It was done when it taught the old rule; now it waits, and doing it leaves the first moment."""
    own = lesson_of(enrolment)
    first = LessonProgress.objects.get().completed_at
    assignment = assign(enrolment, own, basis)
    assert reader.post(f"/pelajaran/{own.pk}/selesai/")["Location"] == "/beranda/"
    assignment.refresh_from_db()
    assert assignment.done_at is not None
    assert LessonProgress.objects.get().completed_at == first


def test_a_lesson_of_the_own_course_is_done_with_both(
    reader: Client, enrolment: Enrolment, basis: LegalBasis
) -> None:
    own = lesson_of(enrolment, 1)
    assignment = assign(enrolment, own, basis)
    reader.post(f"/pelajaran/{own.pk}/selesai/")
    assignment.refresh_from_db()
    assert assignment.done_at is not None
    assert LessonProgress.objects.get(lesson=own).completed_at is not None


def test_a_lesson_that_waits_costs_the_own_page_three_queries_at_most_however_many_wait(
    reader: Client, enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    reader.get("/beranda/")
    none = queries_of(reader, "/beranda/")
    assign(enrolment, lesson, basis)
    one = queries_of(reader, "/beranda/")
    for number in range(2):
        another = make_update_lesson(basis, slug=f"pembaruan-{number}", code=f"U2.{number}")
        assign_lesson(enrolments=[enrolment.pk], lesson=another, basis=basis, assigned_by=None)
    reader.get("/beranda/")  # New pages: what is kept of the course is read anew.
    assert queries_of(reader, "/beranda/") == one <= none + 2


def test_the_search_does_not_call_it_closed(
    reader: Client, enrolment: Enrolment, lesson: LessonPage, basis: LegalBasis
) -> None:
    with translation.override("id"):
        closed = gettext("Opens after you enrol")
    assert closed in reader.get("/cari/?q=Juni").content.decode()
    assign(enrolment, lesson, basis)
    assert closed not in reader.get("/cari/?q=Juni").content.decode()
