"""A backup is whole, checked, and never overwrites."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lms.people.models import Village
from lms.portal import backups


def villages_in(copy: Path) -> list[str]:
    with closing(sqlite3.connect(copy)) as database:
        return [name for (name,) in database.execute("SELECT name FROM people_village")]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_copy_holds_what_was_committed(tmp_path: Path) -> None:
    Village.objects.create(name="Loonuna")
    call_command("backup", tmp_path / "copy.sqlite3", verbosity=0)
    assert villages_in(tmp_path / "copy.sqlite3") == ["Loonuna"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_nothing_but_the_copy_is_left_in_the_folder(tmp_path: Path) -> None:
    backups.backup_sqlite(tmp_path / "copy.sqlite3")
    assert [file.name for file in tmp_path.iterdir()] == ["copy.sqlite3"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_copy_is_for_its_owner_only(tmp_path: Path) -> None:
    backups.backup_sqlite(tmp_path / "copy.sqlite3")
    assert (tmp_path / "copy.sqlite3").stat().st_mode & 0o077 == 0


@pytest.mark.sqlite
@pytest.mark.django_db
def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_text("last week's backup")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", target)
    assert target.read_text() == "last week's backup"


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("backup", tmp_path / "nowhere" / "copy.sqlite3")


@pytest.mark.django_db
def test_another_database_is_refused_with_its_own_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(backups.BackupError, match="pg_dump"):
        backups.backup_sqlite(tmp_path / "copy.sqlite3")
