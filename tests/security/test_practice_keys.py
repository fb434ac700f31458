"""The key of a practice question is nowhere before its first answer: no page, preview, search, or comment."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.search.backends import get_search_backend

from assessments.questions.base import Question
from courses.models import LessonPage
from lms.cohorts.models import Enrolment
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.lessons import practise, put_into_lesson
from tests.security.canaries import SHOWN, found_in, plant
from tests.security.crawler import Crawler
from tests.security.looking import leaks, seen

pytestmark = pytest.mark.django_db
KINDS = ("single", "multiple", "true_false", "numeric", "matching", "ordering")
OPEN = {("L", field) for field in SHOWN}


@pytest.fixture
def questions() -> list[Question]:
    return [plant(kind, "L", bank="latihan") for kind in KINDS]


@pytest.fixture
def lesson(questions: list[Question]) -> LessonPage:
    enrolment = EnrolmentFactory(cohort__pretest_first=False)
    page = LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path").first()
    return put_into_lesson(page, *questions)


def test_a_participant_meets_the_questions_and_no_key_wherever_the_lesson_leads(
    client: Client, lesson: LessonPage
) -> None:
    sign_in_as(client, Enrolment.objects.get().participant)
    crawler = Crawler(client)
    crawler.crawl([lesson.url, *(f"{lesson.url}?jawaban={number}" for number in range(1, 7))])
    assert leaks(crawler.answers, OPEN) == {}
    assert ("L", "stem") in seen(crawler.answers)


def test_a_form_that_was_not_taken_tells_no_key(
    client: Client, lesson: LessonPage, questions: list[Question]
) -> None:
    sign_in_as(client, Enrolment.objects.get().participant)
    for number, question in enumerate(questions):
        reply = practise(client, lesson, question, "", number=number)
        assert reply.status_code == 400
        assert found_in(reply.content.decode()) - OPEN == set()


def test_an_answer_to_one_question_tells_nothing_of_the_others(
    client: Client, lesson: LessonPage, questions: list[Question]
) -> None:
    sign_in_as(client, Enrolment.objects.get().participant)
    numeric = KINDS.index("numeric")
    practise(client, lesson, questions[numeric], "12", number=numeric)
    content = client.get(f"{lesson.url}?jawaban=1").content.decode()
    assert {kind for kind in KINDS if f"KENARI_{kind}_L_feedback" in content} <= {"numeric"}


@pytest.mark.parametrize("superuser", [False, True])
def test_a_preview_and_what_staff_read_show_no_key(
    client: Client, lesson: LessonPage, superuser: bool
) -> None:
    client.force_login(make_staff(is_superuser=superuser))
    crawler = Crawler(client)
    places = [
        f"{lesson.url}?jawaban=1",
        reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]),
        f"{reverse('wagtailadmin_pages:search')}?q=KENARI",
    ]
    answers = [crawler.send("get", place) for place in places]
    assert leaks(answers, OPEN) == {}
    assert ("L", "stem") in seen(answers)


def test_the_search_index_of_a_lesson_holds_no_word_of_its_question(lesson: LessonPage) -> None:
    backend = get_search_backend()
    for word in ("KENARI", "KENARI_single_L_rationale_Z", "KENARI_single_L_stem_Z"):
        assert not list(backend.search(word, LessonPage)), word
    assert "KENARI" not in str(lesson.body.get_prep_value())
