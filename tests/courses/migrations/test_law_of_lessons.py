"""Citations that lessons had as JSON become records of the register."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from assessments.models import LegalBasis
from courses.migrations import _law_of_lessons as migration
from courses.models import LessonPage
from tests.courses.trees import Tree, make_tree
from tests.law import make_basis

pytestmark = pytest.mark.django_db

LAW: list[Any] = [
    {
        "cite": "PP 16/2026 Ps 143 ayat (2)", "note": "Delapan tahun.", "checked_on": "2026-11-24",
        "status": "verified", "replaces": "PP 43/2014 Ps 115", "needs_check": True,
    },
    {"cite": "UU 6/2014 Ps 48, 69", "note": "Perangkat dan Perdes.", "status": "secondary"},
    "UU 6/2014 Ps 79 jo. UU 3/2024",
    {"cite": "Bahan program"},
]  # fmt: skip


class _Pages:
    """``LessonPage`` as it was: with ``legal_basis``."""

    def __init__(self, page: LessonPage) -> None:
        self._page = page

    def exclude(self, **_unused: Any) -> list[LessonPage]:
        return [self._page]

    def filter(self, **names: Any) -> Any:
        return LessonPage.objects.filter(**names)


class _Apps:
    """The apps of today with the lessons of then."""

    def __init__(self, page: LessonPage) -> None:
        self._page = page

    def get_model(self, app: str, name: str) -> Any:
        if name != "LessonPage":
            return apps.get_model(app, name)
        return type("Then", (), {"objects": _Pages(self._page), "legal_bases": LessonPage.legal_bases})


@pytest.fixture
def lesson() -> LessonPage:
    tree: Tree = make_tree()
    page = LessonPage.objects.get(pk=tree.lesson.pk)
    page.legal_bases.clear()
    page.save()
    page.legal_basis = LAW
    page.source_hash = migration._fingerprint(page, legal_basis=LAW)
    LegalBasis.objects.all().delete()
    return page


def run(page: LessonPage) -> None:
    migration.point_at_the_register(_Apps(page), SimpleNamespace(connection=connection))


def names(page: LessonPage) -> list[str]:
    return sorted(str(basis) for basis in LessonPage.objects.get(pk=page.pk).legal_bases.all())


EXPECTED = [
    "PP 16/2026 Ps 143 ayat (2)",
    "UU 6/2014 Ps 48",
    "UU 6/2014 Ps 69",
    "UU 6/2014 Ps 79 jo. UU 3/2024",
]


def test_each_place_becomes_a_record_with_what_the_lesson_said(lesson: LessonPage) -> None:
    run(lesson)
    assert names(lesson) == EXPECTED
    basis = LegalBasis.objects.get(citation="PP 16/2026 Ps 143 ayat (2)")
    assert (basis.summary, basis.known, basis.needs_check) == ("Delapan tahun.", "verified", True)
    assert basis.checked_on == datetime.date(2026, 11, 24)
    assert [str(each) for each in basis.replaces.all()] == ["PP 43/2014 Ps 115"]
    assert LegalBasis.objects.get(citation="UU 6/2014 Ps 69").known == "secondary"
    assert basis.source_hash == ""


def test_a_lesson_that_followed_its_file_goes_on_following_it(lesson: LessonPage) -> None:
    run(lesson)
    fresh = LessonPage.objects.get(pk=lesson.pk)
    assert fresh.source_hash == migration._fingerprint(fresh, legal_bases=EXPECTED)


def test_an_edited_lesson_stays_an_edited_one(lesson: LessonPage) -> None:
    lesson.source_hash = "lain"
    LessonPage.objects.filter(pk=lesson.pk).update(source_hash="lain")
    run(lesson)
    assert LessonPage.objects.get(pk=lesson.pk).source_hash == "lain"


def test_records_that_are_there_stay(lesson: LessonPage) -> None:
    make_basis("UU 6/2014 Ps 48", summary="Dari pemeriksa.")
    run(lesson)
    assert LegalBasis.objects.get(citation="UU 6/2014 Ps 48").summary == "Dari pemeriksa."
