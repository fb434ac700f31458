"""Lessons that bring an old rule up to date say so in their files, and follow them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from wagtail.models import ReferenceIndex

from assessments.models import LegalBasis
from courses.imports.pages import LoadReport
from courses.legal import pages_citing
from courses.models import LessonPage
from tests.lms.learning.rules import make_basis

Load = Callable[..., LoadReport]
FIRST = "kursus/m1-awal/1-1-satu.id.md"

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> LegalBasis:
    # What the lessons of the small curriculum rest on.
    if not LegalBasis.objects.filter(citation="UU 6/2014 Ps 79").exists():
        make_basis("79", kind="UU", number=6)
    return make_basis()


def updated(language: str = "id") -> list[str]:
    lesson = LessonPage.objects.get(code="M1.1", locale__language_code=language)
    return [basis.citation for basis in lesson.updates.all()]


def test_the_file_says_what_a_lesson_updates_in_any_way_of_writing_it(
    load: Load, curriculum: Path, old: LegalBasis
) -> None:
    load()
    assert updated() == []
    path = curriculum / FIRST
    text = path.read_text()
    path.write_text(text.replace("minutes: 8\n", "minutes: 8\nupdates:\n  - PP 43/2014 Pasal 114\n"))
    load()
    assert updated() == ["PP 43/2014 Ps 114"]
    assert load().unchanged
    assert updated() == ["PP 43/2014 Ps 114"]
    path.write_text(text)
    load()
    assert updated() == []


def test_a_lesson_about_a_change_does_not_rest_on_the_old_rule(
    load: Load, curriculum: Path, old: LegalBasis
) -> None:
    """Else its author would be asked to look at it because the rule is revoked."""
    path = curriculum / FIRST
    path.write_text(path.read_text().replace("minutes: 8\n", "minutes: 8\nupdates:\n  - PP 43/2014 Ps 114\n"))
    load()
    assert updated() == ["PP 43/2014 Ps 114"]
    assert not pages_citing([old.pk])
    assert not ReferenceIndex.get_references_to(old).exists()
