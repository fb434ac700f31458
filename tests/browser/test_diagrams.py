"""The drawings of lessons on the narrowest screen: every word whole, apart from the others, legible."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from courses.diagrams import DIAGRAMS
from tests.courses.diagrams import LANGUAGES, drawn
from tests.lms.ui.stylesheet import source

pytestmark = pytest.mark.browser

NARROWEST = 320
MEASURE = """
() => [...document.querySelectorAll('svg')].map(svg => ({
  name: svg.parentNode.id,
  height: svg.viewBox.baseVal.height,
  scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width,
  lowest: Math.max(...[...svg.querySelectorAll('path, circle')].map(shape => {
    const box = shape.getBBox();
    return box.y + box.height;
  })),
  texts: [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBBox();
    return {
      words: text.textContent,
      size: parseFloat(getComputedStyle(text).fontSize),
      left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height,
    };
  }),
}))
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def drawings(request: pytest.FixtureRequest, browser: Browser) -> list[dict[str, Any]]:
    """What the browser measures of every drawing on a page 320 points wide."""
    figures = "".join(f'<figure id="{name}">{drawn(name, request.param)}</figure>' for name in DIAGRAMS)
    page = browser.new_page(viewport={"width": NARROWEST, "height": 740})
    page.set_content(
        f'<!doctype html><html lang="{request.param}"><style>{source()}</style>'
        f'<body><main class="bb-main"><div class="bb-prose">{figures}</div></main></body></html>'
    )
    measured: list[dict[str, Any]] = page.evaluate(MEASURE)
    page.close()
    assert [one["name"] for one in measured] == list(DIAGRAMS)
    return measured


def test_no_word_and_no_line_leaves_its_drawing(drawings: list[dict[str, Any]]) -> None:
    outside = [
        (drawing["name"], text["words"])
        for drawing in drawings
        for text in drawing["texts"]
        if text["left"] < 0 or text["top"] < 0 or text["right"] > 288 or text["bottom"] > drawing["height"]
    ]
    assert outside == []
    assert [one["name"] for one in drawings if one["lowest"] > one["height"]] == []


def test_no_word_lies_on_another(drawings: list[dict[str, Any]]) -> None:
    touching = [
        (drawing["name"], one["words"], other["words"])
        for drawing in drawings
        for position, one in enumerate(drawing["texts"])
        for other in drawing["texts"][:position]
        if one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] + 2 < other["bottom"]  # a box of letters is higher than its letters
        and other["top"] + 2 < one["bottom"]
    ]
    assert touching == []


def test_letters_are_thirteen_points_high_at_least(drawings: list[dict[str, Any]]) -> None:
    small = [
        (drawing["name"], text["words"])
        for drawing in drawings
        for text in drawing["texts"]
        if text["size"] * drawing["scale"] < 12.99
    ]
    assert small == []
