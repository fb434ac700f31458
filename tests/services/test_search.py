"""The search on PostgreSQL: what its own way with words would do otherwise."""

import pytest
from django.db import connection

from courses.models import LessonPage
from courses.search import PageSource
from tests.courses.trees import blocks, make_tree

pytestmark = [pytest.mark.services, pytest.mark.django_db]


def found(words: list[str], *, every: bool = True) -> list[int]:
    source = PageSource("lesson", "", 1, LessonPage, "body")
    return [each.pk for each in source.find(words, every=every, language="id")]


def test_words_are_neither_cut_nor_left_out() -> None:
    assert connection.vendor == "postgresql"
    lesson = make_tree().lesson
    text = "<p>PP 16/2026, Ps 146 ayat (6)-(7): the plans of villages</p>"
    lesson.body = blocks([{"type": "paragraph", "value": text}])
    lesson.save()
    for words in (["2026"], ["pp", "16"], ["7"], ["the"], ["plans", "villages"]):
        assert found(words) == [lesson.pk], words
    assert found(["plan"]) == []
    assert found(["plan", "plans"], every=False) == [lesson.pk]
    lesson.unpublish()
    assert found(["2026"]) == []
