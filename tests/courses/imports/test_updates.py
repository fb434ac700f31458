"""Lessons that bring an old rule up to date say so in their files, and follow them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ReferenceIndex

from assessments.models import LegalBasis
from courses.imports.pages import LoadReport
from courses.legal import pages_citing
from courses.models import CoursePage, LessonPage
from tests.courses.curricula import COURSE
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


def second_course(curriculum: Path, kind: str) -> None:
    """A course without modules, whose folder comes first in the alphabet."""
    folder = curriculum / "aturan"
    folder.mkdir()
    text = COURSE.replace("slug: kursus", "slug: aturan").replace("[m1-awal, m2-lanjut]", "[]")
    (folder / "course.yaml").write_text(f"kind: {kind}\n{text}")


def test_a_course_of_lessons_about_changed_rules_comes_after_the_trainings(
    load: Load, curriculum: Path
) -> None:
    second_course(curriculum, "updates")
    load()
    kinds = CoursePage.objects.filter(locale__language_code="id").order_by("path")
    assert [(page.slug, page.kind) for page in kinds] == [("kursus", ""), ("aturan", "updates")]
    assert not load().has_changes


def test_a_course_loaded_before_there_were_kinds_gets_its_own(load: Load, curriculum: Path) -> None:
    second_course(curriculum, '""')
    load()
    file = curriculum / "aturan" / "course.yaml"
    file.write_text(file.read_text().replace('kind: ""', "kind: updates"))
    assert sorted(load().updated) == ["aturan (en)", "aturan (id)"]
    assert set(CoursePage.objects.filter(slug="aturan").values_list("kind", flat=True)) == {"updates"}


def test_a_kind_that_there_is_not_stops_the_load(load: Load, curriculum: Path) -> None:
    second_course(curriculum, "seminar")
    with pytest.raises(ValidationError, match=r"aturan/course\.yaml.*kind"):
        load()
