"""``manage.py import_questions``: what it takes, what it says, how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from assessments.models import Question

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "questions"


def run(file: Path, *options: str) -> tuple[int, Any]:
    out = io.StringIO()
    try:
        call_command("import_questions", str(file), "--format", "json", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_dry_run_says_and_does_not() -> None:
    code, account = run(DATA / "moodle.xml", "--bank", "desa", "--dry-run")
    assert code == 0
    assert (account["found"], account["taken"], account["saved"], account["dry_run"]) == (12, 8, 0, True)
    assert account["unknown_types"] == {"description": 1, "cloze": 1, "ddwtos": 1}
    assert [row["where"] for row in account["refused"]] == ["Soal 9 “Tanpa kunci”"]
    assert not Question.objects.exists()


def test_it_saves_and_a_second_time_finds_all_there() -> None:
    assert run(DATA / "moodle.xml", "--bank", "desa")[1]["saved"] == 8
    code, account = run(DATA / "moodle.xml", "--bank", "desa")
    assert (code, account["taken"], account["already"]) == (0, 0, 8)
    assert Question.objects.filter(bank="desa").count() == 8


def test_a_refused_file_ends_with_one_and_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(b"<!DOCTYPE q [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><quiz>&a;</quiz>")
    code, account = run(file)
    assert code == 1
    assert account["error"].endswith(".")
    # No question was found, so none is counted as refused.
    assert account["found"] == account["taken"] == account["already"] == len(account["refused"]) == 0


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "besar.xml"
    with file.open("wb") as opened:
        opened.truncate(100_000_000)
    code, account = run(file)
    assert code == 1
    assert "5 MB" in account["error"]


def test_a_missing_file_ends_with_one(tmp_path: Path) -> None:
    assert run(tmp_path / "tidak-ada.gift")[0] == 1


def test_words_for_people() -> None:
    out = io.StringIO()
    call_command("import_questions", str(DATA / "desa.aiken.txt"), stdout=out)
    assert "Took 2" in out.getvalue()
    assert "Refused: Baris 15" in out.getvalue()


def test_words_for_people_when_the_file_is_refused(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_questions", str(tmp_path / "tidak-ada.gift"), stdout=out)
    assert out.getvalue().startswith("tidak-ada.gift was not read: ")
