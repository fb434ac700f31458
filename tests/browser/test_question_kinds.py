"""Every kind of question in a browser: axe finds nothing, it fits a phone, and a keyboard is enough.

The pages hold what ``{% question %}`` draws, with the site's own style sheet and script, and nothing else.
"""

import random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.templatetags.static import static
from django.utils.translation import override
from playwright.sync_api import Page

from assessments.questions.base import DONT_KNOW, Question, read_answer
from assessments.templatetags.questions import question as draw
from tests.assessments.questions.support import loaded, posted
from tests.browser.conftest import PHONE, OpenWindow
from tests.factories import ALL_MAKERS, make_media

pytestmark = pytest.mark.browser
KINDS = sorted(ALL_MAKERS)
SMALLEST = 44
SCRIPTS = ("fields", "answer")
NARROWEST = 320
ERROR = "Jawaban ini belum bisa dibaca. Coba lagi."

# What somebody without a mouse presses, after Tab has reached the first field.
ONE_OF = ["Space", "ArrowDown"]
KEYS: dict[str, list[str]] = {
    "single": ONE_OF,
    "true_false": ONE_OF,
    "picture": ONE_OF,
    "likert": ONE_OF,
    "multiple": ["Space", "Tab", "Tab", "Space"],
    "numeric": [*"12", ",", *"5"],
    "matching": ["ArrowDown", "Tab", "ArrowDown", "ArrowDown"],
    "ordering": ["ArrowDown", "Tab", "ArrowDown", "ArrowDown"],
    "short_answer": [*"rkp", "Space", *"desa"],
    "likert_matrix": ["Space", "Tab", "Space", "ArrowDown", "ArrowDown"],
    "open_text": [*"Kami", "Enter", *"ramai"],
}


@pytest.fixture
def window(open_window: OpenWindow, site: str) -> Page:
    return open_window(site)


def spoken(kind: str) -> Any:
    """A question of the kind with a picture and a recording."""
    picture, recording = make_media(f"{kind}-gambar"), make_media(f"{kind}-suara", kind="audio")
    return loaded(ALL_MAKERS[kind](image=picture, audio=recording))


def payload_of(question: Question) -> dict[str, Any]:
    return question.participant_payload(question.draw_order(random.Random(1)))


def guessed(question: Question) -> Any:
    rng = random.Random(1)
    files = {"files": ["8be1a8f2-67a4-4c55-b2a1-c86b7d6fbd34"]}
    return files if question.takes_files else question.guess(question.draw_order(rng), rng)


def open_page(page: Page, *drawn: str, title: str = "Soal") -> None:
    """Show what was drawn on a page of the site."""
    sheet = static("lms/css/lms.css")
    scripts = "".join(f'<script src="{static(f"lms/js/{name}.js")}"></script>' for name in SCRIPTS)
    html = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{sheet}"></head><body><main class="bb-main">'
        f"<form>{''.join(drawn)}</form></main>{scripts}</body></html>"
    )
    page.route("**/kinds/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/kinds/")
    page.unroute("**/kinds/")


def assert_sound(page: Page, what: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        faults = Axe().run(page).response["violations"]
        found = [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in faults]
        assert (what, scheme, found) == (what, scheme, [])
    page.set_viewport_size({"width": NARROWEST, "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, what
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_sound_empty_answered_and_refused(window: Page, kind: str) -> None:
    question = spoken(kind)
    payload = payload_of(question)
    with override("id"):
        for what, response, error in (
            ("empty", None, ""),
            ("answered", guessed(question), ""),
            ("refused", guessed(question), ERROR),
            ("not known", DONT_KNOW, ""),
        ):
            open_page(window, draw(payload, response, error, dont_know=True))
            assert_sound(window, f"{kind}, {what}")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_tapped_is_large_enough_for_a_thumb(window: Page, kind: str) -> None:
    question = spoken(kind)
    open_page(window, draw(payload_of(question), guessed(question), dont_know=True))
    boxes = window.evaluate(
        """() => [...document.querySelectorAll('label, select, input, textarea, button')]
            .filter((e) => !(e.tagName === 'INPUT' && /radio|checkbox/.test(e.type)))
            .filter((e) => !(e.tagName === 'LABEL' && e.closest('h1, .bb-field, .bb-match-row')))
            .filter((e) => e.offsetParent !== null)
            .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])"""
    )
    assert boxes
    assert [box for box in boxes if box[1] < SMALLEST] == []


def test_all_kinds_stand_on_one_page(window: Page) -> None:
    with override("id"):
        drawn = [
            draw(payload_of(question), guessed(question), ERROR, field=f"q{n}", dont_know=True, level=2)
            for n, question in enumerate((spoken(kind) for kind in KINDS), start=1)
        ]
    open_page(window, "<h1>Semua soal</h1>", *drawn)
    assert_sound(window, "all kinds")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("kind", sorted(KEYS))
def test_a_keyboard_is_enough(open_window: OpenWindow, site: str, kind: str, scripts: bool) -> None:
    page = open_window(site, scripts=scripts)
    question = loaded(ALL_MAKERS[kind]())
    order = question.draw_order(random.Random(1))
    open_page(page, draw(question.participant_payload(order)))
    keys = KEYS[kind]
    if kind == "ordering" and scripts:
        # The buttons take the place of the lists: the first one leads down, and the order is complete.
        keys = ["Tab", "Enter"]
    for key in ["Tab", *keys]:
        page.keyboard.press(key)
    response = read_answer(type(question), posted(fields_in(page)), order, offers_dont_know=False)
    assert response is not None
    assert question.describe(response)
    assert page.evaluate("document.activeElement.matches('main *')")


def fields_in(page: Page) -> dict[str, list[str]]:
    """What the form on the page would send."""
    fields: dict[str, list[str]] = {}
    for field in page.query_selector_all("main [name]"):
        kind = field.get_attribute("type")
        if kind in ("radio", "checkbox") and not field.is_checked():
            continue
        value = field.get_attribute("value") if kind in ("radio", "checkbox") else field.input_value()
        fields.setdefault(str(field.get_attribute("name")), []).append(str(value))
    return fields


def test_a_file_is_chosen_by_keyboard(window: Page) -> None:
    open_page(window, draw(payload_of(loaded(ALL_MAKERS["task"]()))))
    window.keyboard.press("Tab")
    with window.expect_file_chooser():
        window.keyboard.press("Space")


def test_ticking_more_than_was_asked_for_is_told_at_once(window: Page) -> None:
    question = loaded(ALL_MAKERS["multiple"]())
    with override("id"):
        open_page(window, draw(payload_of(question)))
    status = window.locator("[role=status]")
    for row in range(4):
        assert status.text_content() == ""
        window.locator("main label").nth(row).click()
    assert status.text_content() == "Anda memilih 4, diminta 3."
    window.locator("main label").nth(0).click()
    assert status.text_content() == ""


def test_every_kind_is_answered_by_keyboard_here() -> None:
    assert {*KEYS, "task"} == set(ALL_MAKERS)
