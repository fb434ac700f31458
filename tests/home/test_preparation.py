"""Steps of ``prepare_site`` that are not told by starting the site."""

from pathlib import Path
from typing import Any

import pytest
from wagtail.search.models import IndexEntry

from courses.models import LessonPage
from home.preparation import fill_search_index
from tests.courses.trees import make_tree

pytestmark = pytest.mark.django_db


def test_a_site_from_before_the_search_is_read_once(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    make_tree()
    IndexEntry.objects.all().delete()
    assert list(LessonPage.objects.search("isi")) == []
    said: list[str] = []
    fill_search_index(said.append)
    assert len(LessonPage.objects.search("isi")) > 0
    fill_search_index(said.append)
    assert len(said) == 1
