"""The facilitator watches the class while participants work: nothing is loaded anew, and one tap helps."""

import re
import uuid
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, Request, expect

from lms.cohorts.models import Enrolment
from lms.learning.domain import start_attempt
from lms.people.domain import issue_pin
from lms.people.domain.budgets import take_try, try_was_wrong
from lms.people.models import Participant
from tests.browser.conftest import OpenWindow, SignIn
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.browser
ACTIONS = ("learning.view_attempt", "learning.manage_attempt", "people.issue_pin_participant")
NEWS = re.compile(r"/pantau/kabar/")
TRUE_FALSE = 3  # its place in the pre-test


@pytest.fixture
def people(site: str) -> list[Enrolment]:
    first = EnrolmentFactory(form_order="AB", participant__full_name="Ana Bere")
    second = EnrolmentFactory(cohort=first.cohort, form_order="AB", participant__full_name="Bela Mau")
    return [first, second]


@pytest.fixture
def facilitator(site: str, people: list[Enrolment], open_window: OpenWindow) -> Any:
    """``facilitator(**window)``: a phone that shows the class, with a clock that the test moves."""
    user = make_staff("fasilitator", organisation=people[0].cohort.organisation)
    grant(user, "cohorts.view_cohort", *ACTIONS)
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value

    def watch(**window: Any) -> Page:
        page = open_window(site, **window)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
        address = f"/admin/angkatan/{people[0].cohort_id}/pantau/"
        if not window.get("scripts", True):
            page.goto(address)
            return page
        page.clock.install()
        page.goto(address)
        page.evaluate("() => { window.kept = true }")
        return page

    return watch


def card(page: Page, enrolment: Enrolment) -> Locator:
    return page.locator(f"#p-{enrolment.pk.hex}")


def next_look(page: Page, status: int = 200) -> None:
    """Let the page ask once more, and not by loading itself anew."""
    with page.expect_response(NEWS) as answer:
        page.clock.fast_forward("00:11")
    assert answer.value.status == status
    assert page.evaluate("() => window.kept === true")


def lock_out(person: Participant) -> None:
    for _time in range(5):
        try_was_wrong(take_try(code=person.code, device=uuid.uuid4().hex))


def test_a_participant_who_signs_in_and_answers_is_seen_without_a_reload(
    page: Page, sign_in: SignIn, facilitator: Any, people: list[Enrolment]
) -> None:
    watch = facilitator()
    mine, other = card(watch, people[0]), card(watch, people[1])
    mine.locator("summary").click()
    other.locator("summary").focus()
    next_look(watch, 204)

    sign_in(page, people[0].participant, issue_pin(participant=people[0].participant))
    next_look(watch)
    expect(mine.locator(".lv-here--here")).to_be_visible()
    expect(watch.locator(".lv-head .lv-here--here strong")).to_have_text("1")

    attempt = start_attempt(enrolment=people[0], occasion="pre")
    page.goto(f"/tes/{attempt.pk}/soal/{TRUE_FALSE}/")
    page.click('label[for="id_response-true"]')
    expect(page.locator("[data-save-state].is-saved")).to_be_visible()
    pause = mine.locator('[data-key^="pause"]')
    next_look(watch)
    expect(mine.locator(".lv-doing")).to_contain_text(str(TRUE_FALSE))
    expect(pause).to_be_visible()
    # The card was opened before, and the focus was on another one.
    assert mine.locator("details").evaluate("box => box.open")
    assert other.locator("summary").evaluate("summary => summary === document.activeElement")

    pause.focus()
    page.goto(f"/tes/{attempt.pk}/soal/{TRUE_FALSE + 1}/")
    next_look(watch)
    expect(mine.locator(".lv-doing")).to_contain_text(str(TRUE_FALSE + 1))
    assert pause.evaluate("button => button === document.activeElement")


def test_who_is_locked_out_gets_in_after_one_tap(
    page: Page, sign_in: SignIn, facilitator: Any, people: list[Enrolment]
) -> None:
    person = people[1].participant
    pin = issue_pin(participant=person)
    page.goto("/masuk/")
    for _time in range(5):
        page.fill("[name=code]", person.code)
        page.fill("[name=pin]", "000000" if pin != "000000" else "111111")
        page.click("main form button")
        page.wait_for_load_state()
    watch = facilitator()
    assert Axe().run(watch, context=".tc").response["violations"] == []
    watch.click("[data-show=help]")
    expect(card(watch, people[0])).to_be_hidden()
    unlock = card(watch, people[1]).locator('[data-key="unlock"]')
    with watch.expect_navigation():
        unlock.click()
    expect(unlock).to_have_count(0)
    expect(card(watch, people[1]).locator("details[open]")).to_be_visible()
    sign_in(page, person, pin)
    expect(page.locator("form[data-sign-out]")).to_be_visible()


def test_a_test_is_paused_in_two_taps_with_the_reason_that_was_chosen(
    facilitator: Any, people: list[Enrolment]
) -> None:
    attempt = start_attempt(enrolment=people[0], occasion="pre")
    watch = facilitator()
    watch.select_option("#live-reason", index=1)
    reason = watch.locator("#live-reason").input_value()
    card(watch, people[0]).locator("summary").click()
    with watch.expect_navigation():
        card(watch, people[0]).locator('[data-key^="pause"]').click()
    expect(card(watch, people[0]).locator('[data-key^="resume"]')).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.paused_at is not None
    assert attempt.records.get().reason == reason


def test_the_search_leaves_who_fits_and_sends_nothing(facilitator: Any, people: list[Enrolment]) -> None:
    watch = facilitator()
    sent: list[Request] = []
    watch.on("request", lambda request: None if "/static/" in request.url else sent.append(request))
    watch.fill("[name=q]", "bela")
    expect(card(watch, people[0])).to_be_hidden()
    expect(card(watch, people[1])).to_be_visible()
    watch.fill("[name=q]", "bela x")
    expect(watch.locator("[data-none]")).to_be_visible()
    watch.press("[name=q]", "Enter")
    assert sent == []


def test_a_page_that_nobody_looks_at_rests(facilitator: Any, people: list[Enrolment]) -> None:
    watch = facilitator()
    asked: list[Request] = []
    watch.on("request", lambda request: asked.append(request) if NEWS.search(request.url) else None)
    look_away = """hidden => {
        Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    watch.evaluate(look_away, True)
    watch.clock.fast_forward("05:00")
    assert asked == []
    with watch.expect_response(NEWS):
        watch.evaluate(look_away, False)


def test_a_cut_line_is_said_and_forgotten_when_it_is_back(facilitator: Any, people: list[Enrolment]) -> None:
    watch = facilitator()
    watch.route(NEWS, lambda route: route.abort())
    with watch.expect_event("requestfailed"):
        watch.clock.fast_forward("00:11")
    expect(watch.locator("[data-cut]")).to_be_visible()
    assert re.search(r"\d\d:\d\d", watch.locator("[data-cut]").inner_text())
    watch.unroute(NEWS)
    next_look(watch, 204)
    expect(watch.locator("[data-cut]")).to_be_hidden()


def test_nothing_is_wider_than_a_small_phone(facilitator: Any, people: list[Enrolment]) -> None:
    start_attempt(enrolment=people[0], occasion="pre")
    lock_out(people[1].participant)
    watch = facilitator(viewport=(320, 640))
    for enrolment in people:
        card(watch, enrolment).locator("summary").click()
    assert watch.evaluate("() => document.documentElement.scrollWidth") == 320
    small = [
        target.evaluate("element => element.textContent.trim()")
        for target in watch.locator(".tc summary, .tc button, .lv-actions a, .lv-chip, .tc select").all()
        if target.is_visible() and target.bounding_box()["height"] < 44  # type: ignore[index]
    ]
    assert small == []


def test_without_a_script_the_class_is_looked_at_by_links(facilitator: Any, people: list[Enrolment]) -> None:
    lock_out(people[1].participant)
    watch = facilitator(scripts=False)
    watch.click("[data-show=help]")
    expect(card(watch, people[0])).to_be_hidden()
    expect(card(watch, people[1])).to_be_visible()
    watch.click("[data-again]")
    expect(card(watch, people[0])).to_be_hidden()
    watch.click('[data-key="unlock"]')
    expect(watch.locator('[data-key="unlock"]')).to_have_count(0)
