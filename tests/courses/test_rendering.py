"""The kept text of a lesson: drawn once, new when it says something else, and never anything of a reader."""

import uuid
from typing import Any

import pytest
from django.core.cache import cache

from courses import rendering
from courses.models import LessonPage, TextStamp
from courses.rendering import blocks_of, text_parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def body(*blocks: tuple[str, Any]) -> Any:
    raw = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]
    return LessonPage._meta.get_field("body").stream_block.to_python(raw)


TEXT = (
    ("discuss", {"text": "<p>Sebelum judul.</p>"}),
    ("heading", "Judul <i>"),
    ("practice", "P-1"),
    ("paragraph", "<p>Isi.</p>"),
    ("reflection", {"prompt": "Kapan?"}),
    ("practice", "P-2"),
)


def test_a_text_comes_as_stretches_of_html_with_the_live_blocks_between() -> None:
    parts = text_parts(body(*TEXT), "id")
    assert [(part.kind, part.number) for part in parts] == [
        ("", 0),
        ("practice", 1),
        ("", 0),
        ("reflection", 1),
        ("practice", 2),
    ]
    assert "<h2>Judul &lt;i&gt;</h2>" in parts[0].html
    assert '<h2 class="bb-box-title">' in parts[0].html, "a box before the first heading is no h3"
    assert parts[2].html.strip() == "<p>Isi.</p>" or "Isi." in parts[2].html
    assert parts[1].box_level == 3


def test_it_is_drawn_once_and_afresh_when_it_says_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = rendering._draw
    monkeypatch.setattr(rendering, "_draw", lambda *given: drawn.append(1) or draw(*given))
    first = [part.html for part in text_parts(body(("paragraph", "<p>Satu</p>")), "id")]
    value = body(("paragraph", "<p>Dua</p>"))
    for _time in range(3):
        second = [part.html for part in text_parts(value, "id")]
    assert (len(drawn), first == second) == (2, False)
    text_parts(value, "en")
    assert len(drawn) == 3
    text_parts(value, "id", keep=False)
    assert len(drawn) == 4


def test_what_texts_depend_on_makes_them_new(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = rendering._draw
    monkeypatch.setattr(rendering, "_draw", lambda *given: drawn.append(1) or draw(*given))
    value = body(("paragraph", "<p>Satu</p>"))
    for _time in range(2):
        text_parts(value, "id")
    assert len(drawn) == 1
    TextStamp.objects.renew()
    text_parts(value, "id")
    assert len(drawn) == 2


def test_kept_html_is_still_html_and_markup_in_words_is_not() -> None:
    value = body(("heading", "<script>"), ("paragraph", "<p>Isi</p>"))
    for _time in range(2):
        (part,) = text_parts(value, "id")
        assert "&lt;script&gt;" in part.html
        assert "<p>Isi</p>" in part.html
        assert hasattr(part.html, "__html__")


def test_a_block_whose_identity_is_none_is_left_out() -> None:
    value = body(("practice", "P-1"))
    stored = dict(value.raw_data[0])
    for wrong in (None, "", "x"):
        broken = LessonPage._meta.get_field("body").stream_block.to_python([{**stored, "id": wrong}])
        assert list(blocks_of(broken, "practice")) == []
    assert [code for _key, code in blocks_of(value, "practice")] == ["P-1"]
