"""A real Chromium in front of a running site.

``CHROMIUM`` names the browser's program (default /usr/bin/chromium). Pages get everything that a village
computer gives them, the back/forward cache included: Playwright switches it off, and with it the one
thing that shows the last person's page to the next (SECURITY T1).
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Request, sync_playwright

from lms.people.models import Participant

# Playwright's synchronous API keeps an event loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SignIn = Callable[[Page, Participant, str], None]
OpenWindow = Callable[..., Page]
PHONE, DESKTOP = (360, 740), (1280, 800)


@pytest.fixture(scope="session")
def playwright(django_db_setup: None) -> Iterator[Playwright]:
    # Under Playwright's event loop Django uses another connection object than the one that was set up, and
    # without this it would not know what to restore after a flush (django_db_serialized_rollback).
    migrated = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as started:
        if migrated is not None:
            connection._test_serialized_contents = migrated  # type: ignore[attr-defined]
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield launched
    launched.close()


@pytest.fixture
def site(django_db_serialized_rollback: None, live_server: Any) -> str:
    """Address of the running site. What the migrations made (Wagtail's root page) is there in each test."""
    return str(live_server.url)


def _stand_still(page: Page) -> None:
    """Leave for an empty page, and be there.

    Chromium loses the order to close a page that is just arriving somewhere (crbug.com/536385539), and
    Playwright waits for its answer for ever.
    """
    while page.url != "about:blank":
        try:
            page.goto("about:blank")
        except Error as error:
            if "interrupted by another navigation" not in error.message:
                raise


@pytest.fixture
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """``open_window(address)``: a fresh window, 360 × 740 points, in which relative addresses lead there.

    Each is a browser of its own: cookies and storage are shared with no other window.
    """
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def open_one(address: str, *, viewport: tuple[int, int] = PHONE, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": viewport[0], "height": viewport[1]},
            locale="id-ID",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)

        def note(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:", "about:")):
                strangers.append(request.url)

        context.on("request", note)
        return context.new_page()

    yield open_one
    for context in contexts:
        for page in context.pages:
            _stand_still(page)
        context.close()
    assert strangers == [], "a page asked another server for something"


@pytest.fixture
def page(open_window: OpenWindow, site: str) -> Page:
    """A fresh window of 360 × 740 points in which relative addresses lead to the site."""
    return open_window(site)


@pytest.fixture
def sign_in() -> SignIn:
    """``sign_in(page, participant, pin)``: code and PIN, then yes to the name."""

    def enter(page: Page, participant: Participant, pin: str) -> None:
        page.goto(reverse("people:sign_in"))
        page.fill("[name=code]", participant.code)
        page.fill("[name=pin]", pin)
        page.click("main form button")
        page.wait_for_url(f"**{reverse('people:confirm')}*")
        page.click("main form:not([data-sign-out]) button")
        page.wait_for_url(lambda url: reverse("people:sign_in") not in url)

    return enter
