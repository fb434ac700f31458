"""How a person goes through the site: reads, taps, types. Works with and without scripts."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from assessments.questions.base import Question
from lms.learning.models import AttemptItem

STATE = "[data-save-state]"
NEXT = "button[name=go][value=next], button.bb-button--big[name=go][value=review]"
WRONG_NUMBER = "424.242"


class Walk:
    """One person's way through the site. ``documents`` holds every page as the browser drew it."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts
        self.documents: list[str] = []

    def look(self) -> None:
        """Keep what the browser shows now, what stands in its fields included."""
        fields = "() => [...document.querySelectorAll('input, textarea')].map(field => field.value).join(' ')"
        self.documents.append(self.page.content() + self.page.evaluate(fields))

    def open(self, address: str) -> int:
        """Type an address. Returns the status of the answer."""
        response = self.page.goto(address)
        self.look()
        assert response is not None
        return response.status

    def press(self, selector: str) -> None:
        """Click what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.look()

    def do_the_next_thing(self) -> None:
        """From one's own page, press the one big button."""
        self.page.goto("/beranda/")
        self.look()
        self.press(".bb-card--next a.bb-button")

    def give(self, kind: str, response: Any) -> None:
        """Answer the question on the screen, and wait for nothing."""
        FILL[kind](self, response)

    def answer(self, kind: str, response: Any) -> None:
        """Answer the question on the screen and, where a script saves it, wait for "saved"."""
        self.give(kind, response)
        if self.scripts:
            expect(self.page.locator(STATE)).to_have_class(re.compile(r"\bis-saved\b"))
        self.look()


def _tick(walk: Walk, response: Any) -> None:
    for value in [response] if isinstance(response, str) else response:
        walk.page.click(f'label[for="id_response-{value}"]')


def _type(walk: Walk, response: Any) -> None:
    walk.page.fill("[name=response]", response)


def _choose(walk: Walk, response: Any) -> None:
    for left, right in response.items():
        walk.page.select_option(f'select[name="response-{left}"]', right)


def _order(walk: Walk, response: Any) -> None:
    if not walk.scripts:
        for step, place in response.items():
            walk.page.select_option(f'select[name="response-{step}"]', str(place))
        return
    for step, place in sorted(response.items(), key=lambda entry: int(entry[1])):
        row = walk.page.locator(f'[data-order-row]:has(select[name="response-{step}"])')
        above = row.evaluate("row => [...row.parentNode.children].indexOf(row)") - (place - 1)
        for _ in range(above):
            row.locator("[data-move=up]").click()
    if walk.page.locator("[data-order].is-unanswered").count():
        walk.page.click("[data-order] + button")  # "this order is right"


FILL: dict[str, Callable[[Walk, Any], None]] = {
    "single": _tick,
    "multiple": _tick,
    "true_false": _tick,
    "numeric": _type,
    "matching": _choose,
    "ordering": _order,
}


def _swapped(response: dict[str, Any]) -> dict[str, Any]:
    """Each key with the value of the next one."""
    values = list(response.values())
    return dict(zip(response, [*values[1:], values[0]], strict=True))


# Responses that earn nothing.
WRONG: dict[str, Callable[[Question, AttemptItem], Any]] = {
    "single": lambda question, item: next(o for o in item.option_order if o != question.correct_response()),
    "multiple": lambda question, item: [o for o in item.option_order if o not in question.correct_response()],
    "true_false": lambda question, item: "false" if question.correct_response() == "true" else "true",
    "numeric": lambda question, item: WRONG_NUMBER,
    "matching": lambda question, item: _swapped(question.correct_response()),
    "ordering": lambda question, item: {
        step: len(item.option_order) + 1 - place for step, place in question.correct_response().items()
    },
}
