"""Practice questions in lessons: what is kept, what is told when, and what a lesson waits for."""

import random
import uuid

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from assessments.domain import is_used, new_version
from courses.models import LessonPage
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import complete_lesson, credit_lessons
from lms.learning.models import LessonProgress, PracticeAnswer
from lms.learning.queries.practice import practice_for, practice_places
from tests.factories import ALL_MAKERS, EnrolmentFactory, MeetingFactory, make_course, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.lessons import (
    PRACTICE_BLOCK,
    block_of,
    make_practice_question,
    option,
    practise,
    put_into_lesson,
    tries,
)
from tests.lms.learning.test_lesson_pages import in_english, queries_of

pytestmark = pytest.mark.django_db
_FOREIGN = "This answer does not belong to this question. Reload the page and choose again."
_UNREADABLE = "The answer could not be read. Open the question again, then answer. Nothing is lost."
KINDS = ["single", "multiple", "true_false", "numeric", "matching", "ordering"]


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def lesson(enrolment: Enrolment) -> LessonPage:
    return LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path").first()


def said(text: str) -> str:
    """A sentence in the language of the pages."""
    with translation.override("id"):
        return gettext(text)


def shown(client: Client, lesson: LessonPage, query: str = "") -> str:
    reply = client.get(f"{lesson.url}{query}")
    assert reply.status_code == 200
    return reply.content.decode()


# What is told, and when


def test_before_the_first_answer_nothing_of_the_key_is_on_the_page(
    participant: Client, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    for query in ("", "?jawaban=1"):
        content = shown(participant, lesson, query)
        assert "P-M1.1 pilihan 0" in content
        assert "alasan" not in content
        assert "umpan balik" not in content
        assert said("The right answer") not in content


def test_a_wrong_answer_tells_why_and_the_key_only_when_asked_or_after_the_second_try(
    participant: Client, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    wrong = option(question, right=False)
    reply = practise(participant, lesson, question, wrong)
    assert (reply.status_code, reply["Location"]) == (303, f"{lesson.url}#latihan-1")
    content = shown(participant, lesson)
    assert "P-M1.1 alasan 1" in content
    assert "P-M1.1 alasan 0" not in content
    assert "P-M1.1 umpan balik" in content
    assert said("The right answer") not in content
    assert said("The right answer") in shown(participant, lesson, "?jawaban=1")
    practise(participant, lesson, question, wrong)
    assert said("The right answer") in shown(participant, lesson)
    assert tries() == 2


def test_a_right_answer_says_so_and_may_be_tried_again(participant: Client, lesson: LessonPage) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    practise(participant, lesson, question, option(question, right=True))
    content = shown(participant, lesson)
    assert "bb-badge--done" in content
    assert "P-M1.1 alasan 0" in content
    assert f"/latihan/{PRACTICE_BLOCK}/" in content
    assert "bb-message--error" not in content


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_without_a_script(
    participant: Client, enrolment: Enrolment, lesson: LessonPage, kind: str
) -> None:
    question = ALL_MAKERS[kind](code="P-K", bank="latihan")
    put_into_lesson(lesson, question)
    asked = practice_for(practice_places(lesson), enrolment=enrolment, lesson_id=lesson.pk)[PRACTICE_BLOCK]
    right = asked.question.correct_response()
    if isinstance(right, dict):
        fields = {f"q1-{name}": value for name, value in right.items()}
    else:
        fields = {"q1": right if isinstance(right, list) else str(right).lower()}
    if kind == "true_false":
        fields = {"q1": "true" if right is True or right == "true" else str(right)}
    practise(participant, lesson, question, "", **fields)
    answer = PracticeAnswer.objects.get()
    assert (answer.earned, answer.question_id) == (answer.possible, question.pk)
    assert "bb-badge--done" in shown(participant, lesson)


def test_the_order_of_the_options_stays_the_same_for_one_person(
    enrolment: Enrolment, lesson: LessonPage
) -> None:
    put_into_lesson(lesson, make_practice_question())
    orders = [
        list(practice_for(practice_places(lesson), enrolment=who, lesson_id=lesson.pk)[PRACTICE_BLOCK].order)
        for who in (enrolment, enrolment, *EnrolmentFactory.create_batch(6))
    ]
    assert orders[0] == orders[1]
    assert len(set(map(tuple, orders))) > 1


# What is kept


def test_a_form_sent_twice_counts_once_and_an_old_form_with_another_answer_is_a_try(
    participant: Client, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    right, wrong, key = option(question, right=True), option(question, right=False), str(uuid.uuid4())
    for _time in range(2):
        practise(participant, lesson, question, wrong, client_id=key)
    assert tries() == 1
    practise(participant, lesson, question, right, client_id=key)
    assert [answer.earned for answer in PracticeAnswer.objects.all()] == [0, 1]


def test_the_id_of_somebody_elses_answer_takes_nothing_away(lesson: LessonPage, enrolment: Enrolment) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    key, value = str(uuid.uuid4()), option(question, right=True)
    for person in (enrolment, EnrolmentFactory(cohort=enrolment.cohort)):
        browser = Client()
        sign_in_as(browser, person.participant)
        practise(browser, lesson, question, value, client_id=key)
    assert PracticeAnswer.objects.values("enrolment").distinct().count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"q1": ""}, "Choose or write an answer first, then send it."),
        (
            {"q1": "00000000-0000-0000-0000-000000000000"},
            "This answer does not belong to this question. Reload the page and choose again.",
        ),
        ({"version": "1"}, "This question has been changed meanwhile. Read it again, then answer."),
        (
            {"client_id": "bukan-uuid"},
            "The answer could not be read. Open the question again, then answer. Nothing is lost.",
        ),
    ],
)
def test_what_cannot_be_taken_is_shown_again_with_the_reason(
    participant: Client, lesson: LessonPage, change: dict[str, str], sentence: str
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    fields = {"client_id": str(uuid.uuid4()), "version": str(question.pk), "q1": "x", **change}
    reply = participant.post(f"/pelajaran/{lesson.pk}/latihan/{PRACTICE_BLOCK}/", fields)
    assert reply.status_code == 400
    assert said(sentence) in reply.content.decode()
    assert "alasan" not in reply.content.decode()
    assert tries() == 0


def test_the_address_opened_by_hand_leads_to_the_question(participant: Client, lesson: LessonPage) -> None:
    put_into_lesson(lesson, make_practice_question())
    reply = participant.get(f"/pelajaran/{lesson.pk}/latihan/{PRACTICE_BLOCK}/")
    assert (reply.status_code, reply["Location"]) == (303, f"{lesson.url}#latihan-1")
    gone = participant.get(f"/pelajaran/{lesson.pk}/latihan/{uuid.uuid4()}/")
    assert (gone.status_code, gone["Location"]) == (303, lesson.url)


def test_an_answered_version_is_in_use_and_a_new_one_is_asked_afresh_but_not_missing(
    participant: Client, enrolment: Enrolment, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    assert not is_used(question)
    practise(participant, lesson, question, option(question, right=True))
    assert is_used(question)
    new_version(question)
    asked = practice_for(practice_places(lesson), enrolment=enrolment, lesson_id=lesson.pk)[PRACTICE_BLOCK]
    assert (asked.answered, asked.tries, asked.verdict) == (True, 0, "")


def test_what_an_author_mends_before_anybody_answered_is_seen_at_once(
    participant: Client, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    shown(participant, lesson)
    question.stem = "Kalimat yang diperbaiki"
    question.save_revision().publish()
    assert "Kalimat yang diperbaiki" in shown(participant, lesson)


def test_a_kept_training_takes_no_new_answers(
    participant: Client, enrolment: Enrolment, lesson: LessonPage
) -> None:
    question = make_practice_question()
    put_into_lesson(lesson, question)
    Cohort.objects.update(state="arsip")
    assert "/latihan/" not in shown(participant, lesson)
    practise(participant, lesson, question, option(question, right=True))
    assert tries() == 0


# Who is shown a question at all


@pytest.mark.parametrize("fields", [{"bank": "utama"}, {"live": False}, {"is_current": False}])
def test_what_is_no_practice_question_is_neither_shown_nor_missing(
    participant: Client, enrolment: Enrolment, lesson: LessonPage, fields: dict[str, object]
) -> None:
    put_into_lesson(lesson, make_practice_question(**fields))
    assert "pilihan 0" not in shown(participant, lesson)
    assert complete_lesson(enrolment=enrolment, lesson=lesson).completed_at


def test_staff_see_the_question_without_a_form_or_a_key(client: Client, lesson: LessonPage) -> None:
    put_into_lesson(lesson, make_practice_question())
    client.force_login(make_staff())
    content = shown(client, lesson, "?jawaban=1")
    assert "P-M1.1 pilihan 0" in content
    assert "/latihan/" not in content
    assert "alasan" not in content
    reply = client.post(f"/pelajaran/{lesson.pk}/latihan/{PRACTICE_BLOCK}/", {"q1": "x"})
    assert (reply.status_code, tries()) == (302, 0)


def test_a_lesson_of_another_course_takes_no_answer(participant: Client) -> None:
    other = make_course("lain")
    lesson = LessonPage.objects.descendant_of(other).first()
    question = make_practice_question()
    put_into_lesson(lesson, question)
    assert practise(participant, lesson, question, option(question, right=True)).status_code == 403
    assert tries() == 0


# What a lesson waits for


def test_a_lesson_is_done_once_each_question_was_answered_right_or_not(
    participant: Client, enrolment: Enrolment, lesson: LessonPage
) -> None:
    questions = [make_practice_question("P-1"), make_practice_question("P-2")]
    put_into_lesson(lesson, *questions)
    address = f"/pelajaran/{lesson.pk}/selesai/"
    for number, question in enumerate(questions):
        content = shown(participant, lesson)
        assert f'href="#latihan-{number + 1}"' in content
        reply = participant.post(address)
        assert reply["Location"] == f"{lesson.url}#latihan-{number + 1}"
        assert not LessonProgress.objects.filter(completed_at__isnull=False).exists()
        practise(participant, lesson, question, option(question, right=False), number=number)
    assert "#latihan-" not in shown(participant, lesson).partition("bb-card")[2]
    participant.post(address)
    assert LessonProgress.objects.get().completed_at is not None


def test_what_is_done_stays_done_when_a_question_is_added(
    participant: Client, enrolment: Enrolment, lesson: LessonPage
) -> None:
    done = complete_lesson(enrolment=enrolment, lesson=lesson).completed_at
    put_into_lesson(lesson, make_practice_question())
    assert "#latihan-1" not in shown(participant, lesson).partition("bb-card")[2]
    assert complete_lesson(enrolment=enrolment, lesson=lesson).completed_at == done


def test_studied_together_needs_no_answer(enrolment: Enrolment, lesson: LessonPage) -> None:
    put_into_lesson(lesson, make_practice_question())
    meeting = MeetingFactory(cohort=enrolment.cohort)
    record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    credited = credit_lessons(meeting=meeting, lessons=[lesson], credited_by=make_staff())
    assert credited.given == 1


def test_an_answer_in_one_language_counts_in_the_other(enrolment: Enrolment, lesson: LessonPage) -> None:
    question = make_practice_question()
    english = make_practice_question("P-M1.1-en")
    put_into_lesson(lesson, question)
    in_english(enrolment)
    page = lesson.get_translations().get().specific
    put_into_lesson(page, english)
    browser = Client()
    sign_in_as(browser, enrolment.participant)
    content = shown(browser, page)
    assert 'lang="en">P-M1.1-en pilihan 0' in content
    assert "Check my answer" in content
    practise(browser, page, english, option(english, right=True), prefix="/en")
    with translation.override("id"):
        assert complete_lesson(enrolment=enrolment, lesson=lesson).completed_at
    answer = PracticeAnswer.objects.get()
    assert (answer.lesson_id, answer.question_id) == (lesson.pk, english.pk)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow_with_the_questions_or_the_tries(
    participant: Client, enrolment: Enrolment, lesson: LessonPage, number: int
) -> None:
    questions = [ALL_MAKERS[kind](code=f"P-{kind}", bank="latihan") for kind in KINDS[:number]]
    put_into_lesson(lesson, *questions)
    rng = random.Random(1)
    for asked in practice_for(practice_places(lesson), enrolment=enrolment, lesson_id=lesson.pk).values():
        for _time in range(number):
            PracticeAnswer.objects.create(
                enrolment=enrolment,
                lesson=lesson,
                block_id=asked.place.block_id,
                question=asked.question,
                response=asked.question.guess(asked.order, rng),
                earned=0,
                possible=1,
            )
    participant.get("/beranda/")
    participant.get(lesson.url)
    assert queries_of(participant, lesson.url) <= _PLAIN + 3
    assert block_of(0) == PRACTICE_BLOCK


# Of a lesson with nothing to do in it, measured by the test of lesson pages.
_PLAIN = 17
