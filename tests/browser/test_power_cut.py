"""The power goes while somebody takes a test. What the page called saved is there afterwards, once."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.conftest import OpenWindow, SignIn
from tests.browser.support import NEXT, STATE, Walk
from tests.browser.support_installation import Installation, prepare

pytestmark = pytest.mark.browser
SAVING = "**/simpan/"
# The outbox waits twice as long after each failure, and a server needs seconds to start.
PATIENCE = 60_000
EVENTS = "SELECT lower(id) FROM learning_answerevent"
ANSWERED = "SELECT count(DISTINCT item_id) FROM learning_answerevent"
RESULTS = "SELECT score, max_score, submitted_at IS NOT NULL FROM learning_attempt"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("power") / "var"
    prepare(var)
    return var


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Iterator[Installation]:
    var = tmp_path / "var"
    shutil.copytree(prepared, var)
    running = Installation(var)
    running.start()
    yield running
    running.cut_power()


class Log:
    """Ids of the answers that a server told this browser it has."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()

    def listen(self, page: Page) -> None:
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.method == "POST" and "/soal/" in response.url and response.status in (200, 303):
            (event_id,) = parse_qs(response.request.post_data or "")["client_id"]
            self.acknowledged.add(event_id.replace("-", ""))


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def sit_down(
    open_window: OpenWindow, installation: Installation, sign_in: SignIn, log: Log
) -> Callable[[], Walk]:
    """Open a browser that nobody used before, sign in, and begin or go on with the pre-test."""

    def begin() -> Walk:
        page = open_window(installation.address)
        log.listen(page)
        person: Any = SimpleNamespace(code=installation.card["code"])
        sign_in(page, person, installation.card["pin"])
        walk = Walk(page)
        walk.do_the_next_thing()
        walk.press("main form button")
        return walk

    return begin


def expect_state(walk: Walk, state: str, msgid: str, **patience: Any) -> None:
    box = walk.page.locator(STATE)
    with translation.override("id"):
        expect(box).to_have_text(gettext(msgid), **patience)
    expect(box).to_have_class(re.compile(rf"\bis-{state}\b"))


def is_waiting(walk: Walk) -> None:
    expect_state(walk, "waiting", "Waiting to be sent")


def is_saved(walk: Walk) -> None:
    expect_state(walk, "saved", "Saved", timeout=PATIENCE)


def position_of(page: Page) -> int:
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


def hand_in(walk: Walk) -> None:
    assert walk.page.locator(".bb-rows .bb-row").count() == 0, "nothing is left empty"
    walk.press('form[action$="/kumpulkan/"] button')


def nothing_was_lost(installation: Installation, log: Log) -> None:
    """One row for each acknowledged answer and no other, and one result with all points."""
    stored = [row[0] for row in installation.rows(EVENTS)]
    assert sorted(stored) == sorted(log.acknowledged)
    answers = installation.card["answers"]
    assert installation.rows(ANSWERED) == [(len(answers),)]
    assert installation.rows(RESULTS) == [(13, 13, 1)]


def cut_before_it_arrives(installation: Installation) -> Callable[[Route], None]:
    def handle(route: Route) -> None:
        installation.cut_power()
        route.continue_()

    return handle


def cut_before_it_is_acknowledged(installation: Installation) -> Callable[[Route], None]:
    """The server has filed the answer, and dies before the browser hears of it."""

    def handle(route: Route) -> None:
        assert route.fetch().status == 200
        installation.cut_power()
        route.abort()

    return handle


def test_the_same_browser_goes_on_after_each_power_cut(
    sit_down: Callable[[], Walk], installation: Installation, log: Log
) -> None:
    walk = sit_down()
    answers = installation.card["answers"]
    for kind, response in answers[:2]:
        walk.answer(kind, response)
        walk.press(NEXT)

    # Between two answers.
    installation.cut_power()
    walk.give(*answers[2])
    is_waiting(walk)
    installation.start()
    is_saved(walk)
    walk.press(NEXT)

    # In the moment after the answer, from either side of its being filed.
    for place, cut in ((3, cut_before_it_arrives), (4, cut_before_it_is_acknowledged)):
        walk.page.route(SAVING, cut(installation), times=1)
        walk.give(*answers[place])
        is_waiting(walk)
        expect(walk.page.locator(STATE)).not_to_have_class(re.compile(r"\bis-saved\b"))
        installation.start()
        is_saved(walk)
        walk.press(NEXT)

    walk.answer(*answers[5])
    walk.press(NEXT)
    hand_in(walk)
    nothing_was_lost(installation, log)


def test_another_browser_goes_on_where_the_person_was(
    sit_down: Callable[[], Walk], installation: Installation, log: Log
) -> None:
    walk = sit_down()
    answers = installation.card["answers"]
    for kind, response in answers[:3]:
        walk.answer(kind, response)
        walk.press(NEXT)
    assert installation.rows(ANSWERED) == [(3,)]
    installation.cut_power()
    walk.give(*answers[3])
    is_waiting(walk)
    walk.page.context.close()

    installation.start()
    again = sit_down()
    assert position_of(again.page) == 4, "the first question without an answer that the server has"
    assert again.page.locator("a.bb-square.is-answered").count() == 3
    for kind, response in answers[3:]:
        again.answer(kind, response)
        again.press(NEXT)
    hand_in(again)
    nothing_was_lost(installation, log)
