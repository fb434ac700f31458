"""A private note is kept while it is written: the power may go at any time."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.models import LessonPage
from lms.learning.models import ReflectionNote
from lms.people.domain import issue_pin
from tests.browser.conftest import OpenWindow, SignIn
from tests.factories import EnrolmentFactory
from tests.lms.learning.lessons import put_into_lesson

pytestmark = pytest.mark.browser
FIELD = ".bb-box--reflection textarea"
STATE = "[data-note-state]"


@pytest.fixture
def enrolment(site: str) -> Any:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def lesson(enrolment: Any) -> LessonPage:
    page = LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path").first()
    return put_into_lesson(page)


@pytest.fixture
def reading(page: Page, enrolment: Any, lesson: LessonPage, sign_in: SignIn) -> Page:
    sign_in(page, enrolment.participant, issue_pin(participant=enrolment.participant))
    page.goto(lesson.url)
    return page


def test_it_is_there_after_the_window_was_lost(reading: Page, lesson: LessonPage) -> None:
    reading.locator(FIELD).press_sequentially("Usul dusun kami")
    expect(reading.locator(STATE)).to_have_text("Tersimpan saat Anda menulis.")
    assert ReflectionNote.objects.get().text == "Usul dusun kami"
    reading.reload()
    assert reading.input_value(FIELD) == "Usul dusun kami"


def test_leaving_the_page_keeps_the_last_words(reading: Page, lesson: LessonPage) -> None:
    reading.fill(FIELD, "Kata terakhir")
    reading.goto("/beranda/")
    # The browser goes on sending behind the next page: look until it is there.
    for _look in range(20):
        reading.goto(lesson.url)
        if reading.input_value(FIELD):
            break
    assert reading.input_value(FIELD) == "Kata terakhir"


def test_a_cut_line_is_told_and_the_note_sent_when_it_is_back(reading: Page, lesson: LessonPage) -> None:
    reading.context.set_offline(True)
    reading.locator(FIELD).press_sequentially("Tanpa sinyal")
    expect(reading.locator(STATE)).to_contain_text("Belum tersimpan")
    reading.context.set_offline(False)
    expect(reading.locator(STATE)).to_have_text("Tersimpan saat Anda menulis.", timeout=30_000)
    assert ReflectionNote.objects.get().text == "Tanpa sinyal"


def test_another_person_at_the_computer_finds_no_word_of_it(
    reading: Page, lesson: LessonPage, open_window: OpenWindow
) -> None:
    reading.locator(FIELD).press_sequentially("Rahasia")
    expect(reading.locator(STATE)).to_have_text("Tersimpan saat Anda menulis.")
    with reading.expect_navigation():
        reading.click("[data-sign-out] button")
    stored = "() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
    assert "Rahasia" not in reading.evaluate(stored)
    reading.go_back()
    assert reading.locator(FIELD).count() == 0
