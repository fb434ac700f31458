"""A new trainer writes a lesson with nothing but the screen; a second reader approves; it is read."""

import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from courses.domain import REVIEWER, set_team
from courses.models import LessonPage, ModulePage
from lms.cohorts.models import Enrolment
from lms.people.domain import issue_pin
from lms.people.management.roles import TRAINER, set_up_roles
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow, SignIn
from tests.factories import CohortFactory, EnrolmentFactory, make_single, make_staff

pytestmark = [
    pytest.mark.browser,
    # Wagtail leaves the temporary file of a picture that it drew to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PASSWORD = "rahasia-panjang-sekali-7"
# Milliseconds: the server draws pictures and previews anew.
SLOW = 15_000
TITLE = "Menulis usul yang jelas"
WORDS = "Warga menulis usul. Kader membaca usul itu di depan semua orang."


@pytest.fixture
def enrolment(site: str) -> Enrolment:
    """A participant in a training whose lessons are open, a trainer in the team of its course, a reader."""
    enrolment = EnrolmentFactory(cohort=CohortFactory(pretest_first=False))
    set_up_roles()
    set_team(course=enrolment.cohort.course, users=[_staff("penulis", TRAINER, enrolment)])
    _staff("pemeriksa", REVIEWER, enrolment)
    make_single("P-M1.9", bank="latihan")
    return enrolment


def _staff(username: str, group: str, enrolment: Enrolment) -> Any:
    user = make_staff(username, organisation=enrolment.cohort.organisation)
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name=group))
    return user


def sign_in_to_admin(page: Page, username: str) -> None:
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def add_block(page: Page, icon: str) -> Locator:
    """Choose a block by its sign, below all others."""
    body = page.locator("[data-contentpath=body]").first
    there = body.locator("[data-streamfield-child]:not([data-streamfield-child] *)").count()
    body.locator("button.c-sf-add-button").last.click()
    page.locator(f".w-combobox__option:has(use[href='#icon-{icon}'])").first.click()
    expect(body.locator("[data-streamfield-child]:not([data-streamfield-child] *)")).to_have_count(there + 1)
    return body.locator("[data-streamfield-child]").last


def write(page: Page, block: Locator, words: str) -> None:
    block.locator("[contenteditable=true]").click()
    page.keyboard.type(words)


def upload_picture(page: Page, block: Locator) -> None:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "#9C3A2C").save(file, "JPEG")
    block.locator("button[data-chooser-action-choose]").click()
    page.locator(".modal [role=tab]").last.click()
    page.set_input_files(
        ".modal input[type=file]",
        {"name": "balai.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()},
    )
    page.fill(".modal [role=tabpanel]:not([hidden]) input[name$=title]", "Balai desa")
    page.locator(".modal [role=tabpanel]:not([hidden]) button[type=submit]").click()
    expect(block.locator("img")).to_have_attribute("src", re.compile("balai"), timeout=SLOW)
    block.locator("input[name$='-alt']").fill("Warga duduk melingkar di balai desa.")


def write_lesson(page: Page) -> None:
    page.fill("#id_title", TITLE)
    page.fill("#id_code", "M1.9")
    page.fill("#id_outcome_text", "Peserta dapat menulis usul yang jelas.")
    page.locator("input[name=outcomes]").first.check()
    write(page, add_block(page, "pilcrow"), WORDS)
    upload_picture(page, add_block(page, "image"))
    case = add_block(page, "history")
    case.locator("input[name$='-title']").fill("Bak air di Dusun Melati")
    write(page, case, "Dua usul, satu anggaran. Warga memilih bersama.")
    question = add_block(page, "help")
    question.locator("button[data-chooser-action-choose]").click()
    page.locator(".modal table a").first.click()
    expect(question.locator("input[type=hidden][value='P-M1.9']")).to_be_attached(timeout=SLOW)
    write(page, add_block(page, "pick"), "Tulislah usul dengan jelas.")


def preview(page: Page) -> None:
    """The panel opens as wide as a phone, and shows what was typed."""
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.locator("h1")).to_have_text(TITLE, timeout=SLOW)
    expect(frame.locator("article")).to_contain_text(WORDS, timeout=SLOW)
    assert page.locator("#w-preview-iframe").evaluate("frame => frame.clientWidth") == 360


def approve(page: Page) -> None:
    sign_in_to_admin(page, "pemeriksa")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("footer [data-workflow-action-name=approve]:visible").first.click()
    page.wait_for_url(lambda url: "/edit/" not in url)


def test_from_the_first_word_to_the_first_reader(
    site: str, enrolment: Enrolment, open_window: OpenWindow, sign_in: SignIn
) -> None:
    author = open_window(site, viewport=DESKTOP)
    problems: list[str] = []
    author.on("pageerror", lambda problem: problems.append(str(problem)))
    sign_in_to_admin(author, "penulis")
    module = ModulePage.objects.get()
    author.goto(reverse("wagtailadmin_explore", args=[module.pk]))
    author.locator(f"a[href$='/{module.pk}/add_subpage/']:visible").first.click()
    write_lesson(author)
    expect(author.locator("[data-lesson-size=line]")).to_contain_text("27", timeout=SLOW)
    preview(author)
    author.locator("footer .w-dropdown__toggle").last.click()
    author.locator("button[name=action-submit]").click()
    author.wait_for_url(f"**{reverse('wagtailadmin_explore', args=[module.pk])}")
    assert not LessonPage.objects.get(title=TITLE).live
    assert problems == []

    approve(open_window(site, viewport=DESKTOP))
    lesson = LessonPage.objects.get(title=TITLE)
    assert lesson.live

    reader = open_window(site, viewport=PHONE)
    sign_in(reader, enrolment.participant, issue_pin(participant=enrolment.participant))
    reader.goto(lesson.url)
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("article")).to_contain_text(WORDS)
    expect(reader.locator("article img")).to_have_attribute("alt", "Warga duduk melingkar di balai desa.")
    expect(reader.locator("article")).to_contain_text("Bak air di Dusun Melati")
