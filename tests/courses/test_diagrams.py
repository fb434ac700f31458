"""The drawings of lessons: whole in both languages, small, without style or script, true to their text."""

import re
from xml.etree import ElementTree

import pytest

from courses.diagrams import DIAGRAMS
from courses.templatetags.drawings import balanced, room, width_of
from tests.courses.diagrams import (
    ALTERNATIVE,
    LANGUAGES,
    TEMPLATES,
    alternatives,
    drawn,
    labels,
    places,
)
from tests.lms.ui.stylesheet import rules

every_drawing = pytest.mark.parametrize("name", DIAGRAMS)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@every_drawing
@in_both_languages
def test_a_drawing_is_one_picture_with_the_words_of_its_lesson(name: str, language: str) -> None:
    root = ElementTree.fromstring(drawn(name, language).strip())
    assert root.tag == "svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == ALTERNATIVE
    assert len(labels(ElementTree.tostring(root, "unicode"))) >= 3


@every_drawing
@in_both_languages
def test_a_drawing_weighs_less_than_four_kilobytes(name: str, language: str) -> None:
    assert len(drawn(name, language).encode()) < 4096


@every_drawing
@in_both_languages
def test_a_drawing_has_no_style_no_script_and_no_address(name: str, language: str) -> None:
    svg = drawn(name, language)
    for element in ElementTree.fromstring(svg.strip()).iter():
        assert element.tag in {"svg", "defs", "g", "use", "path", "circle", "text", "tspan"}
        assert not {key for key in element.attrib if key == "style" or key.startswith("on")}
        if "href" in element.attrib:
            assert element.get("href", "").startswith(f"#{name}-"), "an id of its own"
        if "id" in element.attrib:
            assert element.get("id", "").startswith(f"{name}-")


@every_drawing
def test_a_drawing_takes_its_colours_from_the_stylesheet(name: str) -> None:
    root = ElementTree.fromstring(drawn(name, "id").strip())
    known = {selector.partition(".bb-dia .")[2] for selector, _ in rules()}
    used = {element.get("class", "") for element in root.iter()} - {"", "bb-dia"}
    assert used
    assert used <= known
    colours = {element.get(key) for element in root.iter() for key in ("fill", "stroke")} - {None}
    assert colours <= {"none", "currentColor"}


@every_drawing
@in_both_languages
def test_no_letter_is_smaller_than_thirteen(name: str, language: str) -> None:
    root = ElementTree.fromstring(drawn(name, language).strip())
    assert root.get("viewBox", "").startswith("0 0 288 ")
    sizes = [float(element.get("font-size", "13")) for element in root.iter()]
    assert min(sizes) >= 13


@every_drawing
@in_both_languages
def test_the_longest_word_of_a_label_fits_its_place(name: str, language: str) -> None:
    for place in places(name, language):
        wide = room(place.width, size=place.size, bold=place.bold)
        assert all(width_of(line) <= wide for line in balanced(place.text, wide)), place.text


@every_drawing
def test_a_drawing_shows_every_figure_that_its_text_names(name: str) -> None:
    for lesson, _, alternative in [entry for entry in alternatives() if entry[1] == name]:
        language = lesson.rsplit(".", 2)[1]
        shown = set(re.findall(r"\d+", " ".join(labels(drawn(name, language).strip()))))
        assert set(re.findall(r"\d+", alternative)) <= shown, lesson


def test_every_drawing_is_registered_and_every_name_is_drawn() -> None:
    drawings = {path.stem for path in (TEMPLATES / "courses" / "diagrams").glob("*.html")} - {"frame"}
    assert drawings == set(DIAGRAMS)
    assert {used for _, used, _ in alternatives()} <= drawings
