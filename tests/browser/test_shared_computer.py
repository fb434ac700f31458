"""The next person at a shared computer sees nothing of the last one, whatever key is pressed."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Error, Page

from lms.people.domain import issue_pin
from lms.people.models import Participant
from tests.browser.conftest import SignIn
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.browser
CANARY = "Kenari Rahasia"
WayOut = Callable[[Page, SignIn], None]

# What the document holds: text, attributes, and what stands in its fields.
DOM = "() => document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(i => i.value)"
STORES = """async () => {
  const kept = [{...localStorage}, {...sessionStorage}, window.caches ? await caches.keys() : []];
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => done(open.result);
      open.onerror = fail;
    });
    for (const store of db.objectStoreNames) {
      kept.push(await new Promise(done => {
        db.transaction(store).objectStore(store).getAll().onsuccess = event => done(event.target.result);
      }));
    }
    db.close();
  }
  return JSON.stringify(kept) + document.cookie;
}"""


@pytest.fixture
def canary() -> Iterator[tuple[Participant, str]]:
    participant = ParticipantFactory(full_name=CANARY, dusun="Kenari")
    return participant, issue_pin(participant=participant)


@pytest.fixture
def later() -> Iterator[Callable[[int], Any]]:
    """Let seconds pass for the server, not for the page."""
    travels: list[Any] = []

    def travel(seconds: int) -> None:
        moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
        travels.append(time_machine.travel(moment))
        travels[-1].start()

    yield travel
    for started in reversed(travels):
        started.stop()


@pytest.fixture(params=["signs out", "is idle", "makes room for another", "is not this person"])
def way_out(request: pytest.FixtureRequest, later: Callable[[int], None]) -> WayOut:
    def signs_out(page: Page, sign_in: SignIn) -> None:
        page.click("form[data-sign-out] button")
        page.wait_for_url(f"**{reverse('people:sign_in')}")

    def is_idle(page: Page, sign_in: SignIn) -> None:
        later(601)
        page.goto(reverse("people:sign_in"))

    def makes_room(page: Page, sign_in: SignIn) -> None:
        signs_out(page, sign_in)
        other = ParticipantFactory(full_name="Melati Berikutnya")
        sign_in(page, other, issue_pin(participant=other))

    def is_not_this_person(page: Page, sign_in: SignIn) -> None:
        signs_out(page, sign_in)
        person = Participant.objects.get(full_name=CANARY)
        page.fill("[name=code]", person.code)
        page.fill("[name=pin]", issue_pin(participant=person))
        page.click("main form button")
        page.wait_for_url(f"**{reverse('people:confirm')}")
        signs_out(page, sign_in)

    ways = {
        "signs out": signs_out,
        "is idle": is_idle,
        "makes room for another": makes_room,
        "is not this person": is_not_this_person,
    }
    return ways[request.param]


@pytest.fixture(params=["with scripts", "scripts did not load"])
def scripts(request: pytest.FixtureRequest, page: Page) -> None:
    if request.param == "scripts did not load":
        page.route("**/*.js", lambda route: route.abort())


def documents_on_the_way_back(page: Page, steps: int = 3) -> Iterator[str]:
    """Every state of the document, watched closely while the browser goes back."""
    for _ in range(steps):
        page.evaluate("() => { setTimeout(() => history.back()) }")
        for _ in range(12):
            page.wait_for_timeout(60)
            try:
                yield page.evaluate(DOM)
            except Error:
                continue  # between two documents


def test_this_browser_keeps_whole_pages_for_going_back_even_with_no_store(page: Page) -> None:
    """What the tests below are about is switched on: without it they would prove nothing."""
    bare = {"body": "<p>Satu</p>", "content_type": "text/html", "headers": {"Cache-Control": "no-store"}}
    page.route("**/masuk/", lambda route: route.fulfill(**bare))
    page.goto(reverse("people:sign_in"))
    page.evaluate("() => { window.kept = true }")
    page.goto("/tidak-ada/")
    page.evaluate("() => { setTimeout(() => history.back()) }")
    page.wait_for_function("() => window.kept === true")


@pytest.mark.usefixtures("scripts")
def test_going_back_never_shows_the_last_person(
    page: Page, sign_in: SignIn, canary: tuple[Participant, str], way_out: WayOut
) -> None:
    sign_in(page, *canary)
    assert CANARY in page.evaluate(DOM)
    page.goto(reverse("portal:dashboard"))
    assert CANARY in page.evaluate(DOM)

    way_out(page, sign_in)

    documents = list(documents_on_the_way_back(page))
    assert documents
    assert not [document for document in documents if CANARY in document or canary[1] in document]


def test_nothing_of_the_person_stays_in_the_browser(
    page: Page, sign_in: SignIn, canary: tuple[Participant, str], way_out: WayOut
) -> None:
    sign_in(page, *canary)
    way_out(page, sign_in)
    kept = page.evaluate(STORES)
    for trace in (CANARY, canary[0].code, canary[1], str(canary[0].pk)):
        assert trace not in kept


def test_a_page_left_open_signs_out_by_itself_after_ten_minutes(
    page: Page, sign_in: SignIn, canary: tuple[Participant, str]
) -> None:
    page.clock.install()
    sign_in(page, *canary)
    page.clock.fast_forward("08:30")
    page.wait_for_selector("[data-idle-stay]:visible")
    page.clock.fast_forward("02:00")
    page.wait_for_url(f"**{reverse('people:sign_in')}")
    assert page.locator(".bb-message--info").is_visible()
    page.clock.resume()
    assert not [document for document in documents_on_the_way_back(page) if CANARY in document]


def test_saying_i_am_still_here_keeps_the_person_signed_in(
    page: Page, sign_in: SignIn, canary: tuple[Participant, str]
) -> None:
    page.clock.install()
    sign_in(page, *canary)
    page.clock.fast_forward("08:30")
    with page.expect_response(lambda answer: answer.request.method == "POST") as beat:
        page.click("[data-idle-stay]")
    assert beat.value.status == 204
    page.clock.fast_forward("02:00")
    assert CANARY in page.evaluate(DOM)
    assert page.locator("[data-idle-warning]").is_hidden()


def test_a_tab_of_the_last_person_leaves_when_somebody_else_has_signed_in(
    page: Page, sign_in: SignIn, canary: tuple[Participant, str]
) -> None:
    page.clock.install()
    sign_in(page, *canary)
    second = page.context.new_page()
    second.goto(reverse("portal:dashboard"))
    second.click("form[data-sign-out] button")
    other = ParticipantFactory(full_name="Melati Berikutnya")
    sign_in(second, other, issue_pin(participant=other))

    page.bring_to_front()
    page.clock.fast_forward("01:35")
    page.dispatch_event("body", "keydown")
    page.clock.fast_forward("00:06")
    page.wait_for_function("() => document.body.innerText.includes('Melati Berikutnya')")
    assert CANARY not in page.evaluate(DOM)
