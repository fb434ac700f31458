"""A facilitator reads a test aloud and types sheets off paper: by keyboard alone, and over a bad line."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from lms.cohorts.models import Enrolment
from lms.learning.models import Attempt
from lms.learning.queries import current_answers
from tests.browser.conftest import DESKTOP, OpenWindow
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.browser

SAVED = re.compile(r"\bis-saved\b")


@pytest.fixture
def people(site: str) -> list[Enrolment]:
    first = EnrolmentFactory(form_order="AB", participant__full_name="Ana Bere")
    second = EnrolmentFactory(cohort=first.cohort, form_order="AB", participant__full_name="Bela Mau")
    return [first, second]


@pytest.fixture
def enter(site: str, people: list[Enrolment]) -> Any:
    """``enter(page)``: sign this browser in as the facilitator of the training."""
    user = make_staff("fasilitator", organisation=people[0].cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")

    def sign_in(page: Page) -> str:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
        return f"/admin/angkatan/{people[0].cohort_id}"

    return sign_in


def assert_accessible(page: Page) -> None:
    """What axe finds in our part of the page; the frame around it is Wagtail's."""
    found = Axe().run(page, context=".tc").response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, name: str) -> None:
    """Leave the page by a button, with the keyboard."""
    page.get_by_role("button", name=name).first.focus()
    with page.expect_navigation():
        press(page, "Enter")


def test_a_reading_by_keyboard_alone(page: Page, enter: Any, people: list[Enrolment]) -> None:
    page.goto(f"{enter(page)}/dibacakan/")
    assert_accessible(page)
    for box in page.locator("[name=people]").all():
        box.focus()
        press(page, "Space")
    go(page, "Bacakan paket A")
    assert_accessible(page)
    rows = page.locator("[data-row]")
    for place, letter in enumerate("BC"):
        rows.nth(place).locator(f"input[value={letter}]").focus()
        press(page, "Space")
        expect(rows.nth(place).locator("[data-state]")).to_have_class(SAVED)
    expect(page.locator("[data-waiting]")).to_have_text("Semua sudah menjawab.")
    go(page, "Soal berikutnya")
    assert_accessible(page)
    page.locator("[data-row] input[type=text]").first.focus()
    page.keyboard.type("abc")
    expect(rows.first.locator("[data-state]")).to_have_class(SAVED)
    go(page, "Periksa dan kumpulkan")
    assert_accessible(page)
    go(page, "Kumpulkan untuk 2 peserta")
    attempts = Attempt.objects.order_by("enrolment__participant__full_name")
    assert [(a.mode, a.closed_by, a.submitted_at is not None) for a in attempts] == [
        ("aloud", "staff", True)
    ] * 2
    first = attempts[0].items.get(position=1)
    assert current_answers(attempts[0])[first.pk] == first.option_order[1]
    second = attempts[1].items.get(position=1)
    assert current_answers(attempts[1])[second.pk] == second.option_order[2]


def test_a_tap_on_a_dead_line_stays_visible_and_arrives_later(
    page: Page, enter: Any, people: list[Enrolment]
) -> None:
    page.goto(f"{enter(page)}/dibacakan/")
    for box in page.locator("[name=people]").all():
        box.check()
    go(page, "Bacakan paket A")
    address = page.url

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/simpan/", cut)
    row = page.locator("[data-row]").first
    row.locator("label.ha-letter").nth(3).click()
    expect(row.locator("[data-state]")).to_have_text("belum terkirim, akan dicoba lagi")
    expect(page.locator("[data-trouble]")).to_be_visible()
    page.get_by_role("button", name="Soal berikutnya").click()
    assert page.url == address
    page.reload()
    expect(page.locator("[data-row]").first.locator("input[value=D]")).to_be_checked()
    page.unroute("**/simpan/", cut)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-row]").first.locator("[data-state]")).to_have_class(SAVED)
    attempt = Attempt.objects.get(enrolment=people[0])
    item = attempt.items.get(position=1)
    assert current_answers(attempt)[item.pk] == item.option_order[3]


def type_round(page: Page, number: str) -> None:
    """Two sheets: 1 A and B, 2 left, 3 B or S, 4 a number; with arrows and Enter."""
    page.locator("tbody input[type=text]").first.focus()
    page.keyboard.type("a")
    press(page, "Enter")
    page.keyboard.type("b")
    press(page, "ArrowUp", "ArrowRight", "ArrowRight")
    page.keyboard.type("s")
    press(page, "ArrowRight")
    page.keyboard.type(number)
    press(page, "ArrowDown")
    page.keyboard.type("35,5")


def test_the_grid_by_keyboard_alone(
    open_window: OpenWindow, site: str, enter: Any, people: list[Enrolment]
) -> None:
    page = open_window(site, viewport=DESKTOP)
    hub = enter(page)
    page.goto(f"{hub}/lembar/")
    assert_accessible(page)
    page.goto(f"{hub}/lembar/pre/A/1/")
    assert_accessible(page)
    type_round(page, "1.200.000")
    go(page, "Simpan putaran ini")
    page.goto(f"{hub}/lembar/pre/A/2/")
    type_round(page, "120000")
    go(page, "Simpan dan bandingkan")
    assert Attempt.objects.get().enrolment == people[1]
    page.goto(f"{hub}/lembar/pre/A/bandingkan/")
    assert_accessible(page)
    page.locator("input[value=first]").focus()
    press(page, "Space")
    go(page, "Putuskan dan masukkan")
    attempt = Attempt.objects.get(enrolment=people[0])
    answers = {item.position: current_answers(attempt).get(item.pk) for item in attempt.items.all()}
    assert answers[1] == attempt.items.get(position=1).option_order[0]
    assert (answers[2], answers[4]) == (None, "1.200.000")
    page.goto(f"{hub}/lembar/pre/{people[0].pk}/")
    assert_accessible(page)
    page.goto(f"{hub}/kertas/")
    assert_accessible(page)
