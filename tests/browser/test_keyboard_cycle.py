"""A whole test with the keyboard alone: begin, answer each kind, look over, hand in. In both layouts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from assessments.enums import Layout
from assessments.models import Assessment
from lms.learning.models import AttemptItem
from lms.learning.queries import current_answers
from lms.people.domain import issue_pin
from tests.browser.conftest import OpenWindow, SignIn
from tests.browser.test_question_kinds import KEYS
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.browser
# A page of all questions has some hundred stops.
STOPS = 300
BOX = "(({top, bottom}) => [top, bottom, innerHeight])(document.activeElement.getBoundingClientRect())"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element; it must be seen there."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            box = page.evaluate(BOX)
            assert box[1] >= 0, selector
            assert box[0] <= box[2], selector
            return
    pytest.fail(f"no way to {selector} by Tab")


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page, item: AttemptItem, field: str, *, scripts: bool) -> None:
    moving = scripts and item.kind == "ordering"
    stop = "button[data-move=down]" if moving else f'[name="{field}"], [name^="{field}-"]'
    tab_to(page, f":is({stop}):not([type=hidden])")
    for key in ["Enter"] if moving else KEYS[item.kind]:
        page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("layout", Layout.values)
def test_a_test_is_taken_by_keyboard(
    open_window: OpenWindow, site: str, sign_in: SignIn, layout: str, scripts: bool
) -> None:
    enrolment: Any = EnrolmentFactory()
    Assessment.objects.update(layout=layout)
    page = open_window(site, scripts=scripts)
    sign_in(page, enrolment.participant, issue_pin(participant=enrolment.participant))
    page.goto("/tes/pre/mulai/")
    press(page, "main form button")
    attempt = enrolment.attempts.get()
    for item in attempt.items.order_by("position"):
        one_page = layout == Layout.ONE_PAGE
        answer(page, item, f"q{item.position}" if one_page else "response", scripts=scripts)
        if not one_page:
            press(page, "button.bb-button--big[name=go]")
    if layout == Layout.ONE_PAGE:
        press(page, "button.bb-button--big[name=go]")
    assert re.search(r"/periksa/$", page.url)
    press(page, 'form[action$="/kumpulkan/"] button')
    assert re.search(r"/hasil/$", page.url)
    attempt.refresh_from_db()
    assert attempt.score is not None
    answers = current_answers(attempt)
    assert [item.kind for item in attempt.items.all() if answers.get(item.pk) is None] == []
