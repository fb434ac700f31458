"""``manage.py backup FILE``: a safe copy of the running SQLite database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.portal.backups import BackupError, backup_sqlite


class Command(BaseCommand):
    help = "Copy the running SQLite database safely to FILE and verify the copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            size = backup_sqlite(file.absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {size:,} bytes, verified.")
