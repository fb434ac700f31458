"""The stylesheet keeps its promises: contrast, size, and nothing a browser of 2020 does not know."""

import gzip
import re

import pytest

from tests.lms.ui.stylesheet import STATIC, contrast, rules, source, tokens

THEMES = ["light", "dark"]
GROUNDS = ["paper", "surface", "sunk", "indigo-wash", "madder-wash", "leaf-wash", "turmeric-wash"]


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_ink_reads_at_seven_to_one_on_every_ground(theme: str, ground: str) -> None:
    token = tokens(theme)
    assert contrast(token["ink"], token[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["quiet", "indigo", "indigo-deep", "madder", "leaf"])
def test_coloured_words_read_at_four_and_a_half_to_one(theme: str, ground: str, colour: str) -> None:
    token = tokens(theme)
    assert contrast(token[colour], token[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("words", "ground"), [("on-indigo", "indigo"), ("on-indigo", "indigo-deep"), ("on-turmeric", "turmeric")]
)
def test_words_on_filled_shapes_read_at_seven_to_one(theme: str, words: str, ground: str) -> None:
    token = tokens(theme)
    assert contrast(token[words], token[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_and_the_focus_ring_stand_out(theme: str, ground: str) -> None:
    token = tokens(theme)
    assert contrast(token["edge"], token[ground]) >= 3
    assert contrast(token["indigo"], token[ground]) >= 3


def test_colours_are_named_once_and_used_by_name() -> None:
    rest = source().split(".bb-main", 1)[1].split("@media print", 1)[0]
    stray = set(re.findall(r"#[0-9a-f]{3,6}\b", rest))
    assert stray <= {"#f1ece2"}, "the logo's plate in the dark is the one exception"


def test_the_stylesheet_stays_below_eight_kilobytes() -> None:
    assert len(gzip.compress((STATIC / "css" / "lms.css").read_bytes())) <= 8 * 1024


TOO_NEW = [
    *(":has(", ":where(", ":is("),
    *("aspect-ratio", "inset:", "color-mix", "oklch", "dvh"),
    *("@layer", "@container", "@import", "@font-face"),
]


@pytest.mark.parametrize("feature", TOO_NEW)
def test_nothing_a_browser_of_2020_does_not_know(feature: str) -> None:
    assert feature not in source()


def test_gaps_are_only_used_in_grids() -> None:
    with_gap = [
        (selector, body)
        for selector, body in rules()
        if re.search(r"(?<![\w-])(grid-)?(row-|column-)?gap\s*:", body)
    ]
    assert with_gap, "the scan finds the grids"
    flexible = {selector for selector, body in rules() if re.search(r"display:\s*(inline-)?flex", body)}
    assert [selector for selector, _ in with_gap if selector in flexible] == []


def test_nothing_is_loaded_from_another_host() -> None:
    assert set(re.findall(r"url\(([^)]*)\)", source())) == {"../img/weave.svg"}


@pytest.mark.parametrize("name", ["weave.svg", "band.svg", "logo.svg", "favicon.svg"])
def test_drawings_are_small_and_carry_no_script(name: str) -> None:
    text = (STATIC / "img" / name).read_text(encoding="utf-8")
    assert len(text.encode()) < 1500
    assert "<script" not in text
    assert "href" not in text


def test_the_focus_ring_is_three_pixels_and_motion_is_asked_for() -> None:
    text = source()
    assert ":focus { outline: 3px solid var(--indigo)" in text
    before_the_question = text.split("@media (prefers-reduced-motion: no-preference)")[0]
    assert "transition" not in before_the_question
    assert "animation" not in text
