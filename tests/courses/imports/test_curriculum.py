"""Loading makes the tree once, and never goes over what a person has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageLogEntry, Revision

from courses.imports.pages import LoadReport
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.curricula import lesson_file

Load = Callable[..., LoadReport]
FIRST = "m1-awal/1-1-satu.id.md"

pytestmark = pytest.mark.django_db


def lesson(code: str, language: str = "id") -> LessonPage:
    return LessonPage.objects.get(code=code, locale__language_code=language)


def rewrite(curriculum: Path, old: str, new: str, file: str = FIRST) -> None:
    path = curriculum / "kursus" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def edit_as_a_person(page: Page, *, publish: bool = True, **fields: object) -> None:
    user, _created = get_user_model().objects.get_or_create(username="pelatih", is_superuser=True)
    page = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish(user=user)


def tree(language: str) -> list[str]:
    course = CoursePage.objects.get(locale__language_code=language)
    return [page.title for page in course.get_descendants(inclusive=True).live()]


# The first run


def test_the_tree_follows_the_files_in_both_languages(load: Load) -> None:
    report = load()
    assert tree("id") == [
        "Kursus desa", "Modul M1", "Pelajaran M1.1", "Pelajaran M1.2", "Modul M2", "Pelajaran M2.1",
    ]  # fmt: skip
    assert tree("en") == [
        "Village course", "Module M1", "Lesson M1.1", "Lesson M1.2", "Module M2", "Lesson M2.1",
    ]  # fmt: skip
    assert not report.kept
    assert {locale.language_code for locale in Locale.objects.all()} == {"id", "en"}


def test_a_page_and_its_translation_know_each_other(load: Load) -> None:
    load()
    for page in CoursePage, ModulePage, LessonPage:
        for original in page.objects.filter(locale__language_code="id"):
            assert original.get_translation(Locale.objects.get(language_code="en")).slug == original.slug


def test_a_lesson_holds_what_its_file_says(load: Load) -> None:
    load()
    page = lesson("M1.1")
    assert page.title == "Pelajaran M1.1"
    assert page.outcome_text == "Peserta dapat menjelaskan M1.1."
    assert page.minutes == 8
    assert [outcome.code for outcome in page.outcomes.all()] == ["H1"]
    assert [block.block_type for block in page.body] == ["paragraph", "heading", "steps", "remember"]
    assert [str(basis) for basis in page.legal_bases.all()] == ["UU 6/2014 Ps 79"]
    assert page.live
    own = [field.field_name for field in page.search_fields if field not in Page.search_fields]
    assert own == ["search_text"]


def test_modules_know_their_outcomes_and_what_one_can_do(load: Load) -> None:
    load()
    module = ModulePage.objects.get(code="M1", locale__language_code="id")
    assert {outcome.code for outcome in module.outcomes.all()} == {"H1", "D1"}
    assert module.can_do.splitlines() == ["menyebut langkah", "menulis usulan"]
    assert module.lesson_hours == 4
    english = ModulePage.objects.get(code="M1", locale__language_code="en")
    assert english.can_do == "name the steps"


def test_blocks_of_a_translation_have_the_ids_of_the_original(load: Load) -> None:
    load()
    original, translated = (list(lesson("M1.1", language).body.raw_data) for language in ("id", "en"))
    assert [block["id"] for block in original] == [block["id"] for block in translated]
    assert all(step["id"] for step in original[2]["value"]["steps"])


# The second run


def test_a_second_run_writes_nothing(load: Load) -> None:
    load()
    before = (Revision.objects.count(), PageLogEntry.objects.count())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load()
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    assert (Revision.objects.count(), PageLogEntry.objects.count()) == before
    assert not report.has_changes
    assert not report.kept
    assert len(report.unchanged) == 20


def test_a_changed_file_updates_an_untouched_page(load: Load, curriculum: Path) -> None:
    load()
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    report = load()
    assert report.updated == ["kursus/M1.1 (id)"]
    assert "Usul ditemukan." in str(lesson("M1.1").body)
    assert not load().has_changes


def test_an_update_can_be_undone_from_the_history(load: Load, curriculum: Path) -> None:
    load()
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    load()
    first = lesson("M1.1").revisions.order_by("pk").first()
    assert "hilang" in str(first.as_object().body)


def test_changed_outcomes_of_a_lesson_are_taken_over(load: Load, curriculum: Path) -> None:
    load()
    rewrite(curriculum, "outcomes: [H1]", "outcomes: [D1]")
    load()
    assert [outcome.code for outcome in lesson("M1.1").outcomes.all()] == ["D1"]


def test_a_lesson_added_in_the_middle_comes_to_its_place(load: Load, curriculum: Path) -> None:
    load()
    module = curriculum / "kursus" / "m1-awal"
    for stem, code in (("1-0-nol", "M1.0"), ("1-5-setengah", "M1.5")):
        (module / f"{stem}.id.md").write_text(lesson_file(code, slug=stem, body=""))
    rewrite(
        curriculum, "[1-1-satu, 1-2-dua]", "[1-0-nol, 1-1-satu, 1-5-setengah, 1-2-dua]", "m1-awal/module.yaml"
    )
    load()
    assert tree("id")[1:6] == [
        "Modul M1",
        "Pelajaran M1.0",
        "Pelajaran M1.1",
        "Pelajaran M1.5",
        "Pelajaran M1.2",
    ]
    assert tree("en")[1:6] == ["Module M1", "Lesson M1.0", "Lesson M1.1", "Lesson M1.5", "Lesson M1.2"]
    assert Page.find_problems() == ([], [], [], [], [])
    assert not load().has_changes


# What people have changed


def test_an_edited_lesson_keeps_its_edit_though_the_file_changed_too(load: Load, curriculum: Path) -> None:
    load()
    edit_as_a_person(lesson("M1.1"), title="Judul pelatih")
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    report = load()
    assert lesson("M1.1").title == "Judul pelatih"
    assert "hilang" in str(lesson("M1.1").body)
    assert [name for name, _reason in report.kept] == ["kursus/M1.1 (id)"]


def test_an_edit_without_a_revision_is_kept_too(load: Load, curriculum: Path) -> None:
    load()
    page = lesson("M1.1")
    page.minutes = 25
    page.save()
    rewrite(curriculum, "minutes: 8", "minutes: 9")
    load()
    assert lesson("M1.1").minutes == 25


def test_edited_outcomes_are_kept(load: Load, curriculum: Path) -> None:
    load()
    page = lesson("M1.1")
    page.outcomes = []
    page.save()
    rewrite(curriculum, "minutes: 8", "minutes: 9")
    load()
    assert not lesson("M1.1").outcomes.exists()


def test_a_draft_is_not_buried(load: Load, curriculum: Path) -> None:
    load()
    edit_as_a_person(lesson("M1.1"), publish=False, title="Konsep")
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    load()
    assert lesson("M1.1").get_latest_revision_as_object().title == "Konsep"


def test_a_return_to_an_older_version_is_kept(load: Load, curriculum: Path) -> None:
    load()
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    load()
    user = get_user_model().objects.create(username="pelatih", is_superuser=True)
    old = lesson("M1.1").revisions.order_by("pk").first().as_object()
    old.save_revision(user=user).publish(user=user)
    load()
    assert "hilang" in str(lesson("M1.1").body)


def test_an_unpublished_lesson_stays_unpublished(load: Load, curriculum: Path) -> None:
    load()
    lesson("M1.1").unpublish()
    rewrite(curriculum, "Usul **hilang**.", "Usul ditemukan.")
    load()
    assert not lesson("M1.1").live


def test_a_deleted_lesson_does_not_come_back(load: Load) -> None:
    load()
    lesson("M1.1").delete()
    report = load()
    assert "Pelajaran M1.1" not in tree("id")
    assert [name for name, _reason in report.kept] == ["kursus/M1.1 (id)"]


def test_nothing_comes_back_below_a_deleted_module(load: Load) -> None:
    load()
    ModulePage.objects.get(code="M1", locale__language_code="id").delete()
    load()
    assert tree("id") == ["Kursus desa", "Modul M2", "Pelajaran M2.1"]


def test_a_moved_lesson_stays_where_it_was_put(load: Load) -> None:
    load()
    lesson("M1.2").move(lesson("M1.1"), pos="left")
    load()
    assert tree("id")[2:4] == ["Pelajaran M1.2", "Pelajaran M1.1"]


def test_a_lesson_written_by_a_trainer_stays(load: Load) -> None:
    load()
    module = ModulePage.objects.get(code="M1", locale__language_code="id")
    module.add_child(
        instance=LessonPage(title="Milik pelatih", code="X1", outcome_text="…", locale=module.locale)
    )
    load()
    assert "Milik pelatih" in tree("id")


# Checking, and what goes wrong


def test_a_check_writes_nothing_and_tells_what_would_change(load: Load) -> None:
    report = load(check=True)
    assert len(report.created) == 20
    assert not CoursePage.objects.exists()
    load()
    assert not load(check=True).has_changes


def test_malformed_files_leave_the_site_as_it_was(load: Load, curriculum: Path) -> None:
    (curriculum / "kursus" / "m2-lanjut" / "2-1-tiga.id.md").write_text("rusak")
    with pytest.raises(ValidationError):
        load()
    assert not CoursePage.objects.exists()


def test_an_outcome_that_the_bank_lacks_is_named(load: Load, curriculum: Path) -> None:
    rewrite(curriculum, "outcomes: [H1]", "outcomes: [H1, ZZ]")
    with pytest.raises(ValidationError) as caught:
        load()
    assert "kursus/M1.1 (id)" in caught.value.messages[0]
    assert "ZZ" in caught.value.messages[0]
    assert not CoursePage.objects.exists()
