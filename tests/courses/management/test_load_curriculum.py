"""``manage.py load_curriculum`` as a maintainer uses it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from assessments.models import Outcome
from assessments.questions.base import PRACTICE_BANK
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.curricula import write_bank, write_whole_lessons
from tests.factories import make_single

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return write_bank(tmp_path)


def run(*options: str, **paths: Any) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("load_curriculum", *options, stdout=out, **paths)
    return out.getvalue()


def test_it_loads_and_tells_how_much(curriculum: Path, bank: Path) -> None:
    assert "Pages: 20 new" in run(folder=curriculum, bank=bank)
    assert "Pages: 0 new, 0 updated, 20 unchanged, 0 kept." in run(folder=curriculum, bank=bank)
    assert Outcome.objects.count() == 2


def test_a_quiet_run_tells_only_what_changed(curriculum: Path, bank: Path) -> None:
    assert "Pages: 20 new" in run(folder=curriculum, bank=bank, verbosity=0)
    LessonPage.objects.get(code="M1.1", locale__language_code="id").unpublish()
    assert run(folder=curriculum, bank=bank, verbosity=0) == ""


def test_it_names_the_page_that_it_left(curriculum: Path, bank: Path) -> None:
    run(folder=curriculum, bank=bank)
    LessonPage.objects.get(code="M1.1", locale__language_code="id").unpublish()
    assert "kursus/M1.1 (id), unpublished in the admin" in run(folder=curriculum, bank=bank)


def test_a_check_fails_as_long_as_a_run_would_change_something(curriculum: Path, bank: Path) -> None:
    with pytest.raises(CommandError) as caught:
        run("--check", folder=curriculum, bank=bank)
    assert caught.value.returncode == 1
    assert not CoursePage.objects.exists()
    assert not Outcome.objects.exists()
    run(folder=curriculum, bank=bank)
    with pytest.raises(CommandError, match="The curriculum has problems"):
        run("--check", folder=curriculum, bank=bank)


def test_a_check_of_a_whole_and_loaded_curriculum_is_one_line(curriculum: Path, bank: Path) -> None:
    write_whole_lessons(curriculum)
    run(folder=curriculum, bank=bank)
    question = make_single("P-M1.1", bank=PRACTICE_BANK)
    question.outcomes.set(Outcome.objects.all())
    question.save()
    [line] = run("--check", folder=curriculum, bank=bank).splitlines()
    assert line.startswith(
        "Checked: 6 lessons, 0 problems; 0 pages to create, 0 to update, 20 as in the files"
    )


def test_a_check_names_the_lesson_and_what_is_wrong(curriculum: Path, bank: Path) -> None:
    run(folder=curriculum, bank=bank)
    out = StringIO()
    with pytest.raises(CommandError) as caught, translation.override("en"):
        call_command("load_curriculum", "--check", folder=curriculum, bank=bank, stdout=out)
    assert caught.value.returncode == 1
    assert "M1.1 (id): has no block “practice”" in out.getvalue()
    assert "M1.2 (id): has no text" in out.getvalue()


def test_a_malformed_file_is_one_readable_message(curriculum: Path, bank: Path) -> None:
    (curriculum / "kursus" / "m1-awal" / "1-2-dua.id.md").write_text("rusak")
    with pytest.raises(CommandError, match=r"^kursus/m1-awal/1-2-dua\.id\.md:1: "):
        run(folder=curriculum, bank=bank)


def test_the_bundled_curriculum_loads() -> None:
    run()
    for language in ("id", "en"):
        assert CoursePage.objects.filter(locale__language_code=language, live=True).count() == 2
        assert ModulePage.objects.filter(locale__language_code=language, live=True).count() == 8
        assert LessonPage.objects.filter(locale__language_code=language, live=True).count() == 34
    assert LessonPage.objects.get(code="M3.1", locale__language_code="en").body
    assert "0 new, 0 updated, 98 unchanged, 0 kept" in run()
