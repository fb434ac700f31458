"""Make the PDFs again that a restored backup of the database did not bring along."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.certificates.domain import restore_missing_files


class Command(BaseCommand):
    help = "Ask the worker for every certificate whose PDF is not on the disk."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{restore_missing_files()} certificates will be made again")
