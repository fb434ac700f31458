"""Load the bundled question bank, or one of your own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assessments.imports import BUNDLED_BANK, load_bank


class Command(BaseCommand):
    help = "Adds outcomes, questions and tests from a bank folder. Records that exist stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=BUNDLED_BANK,
            help="folder with outcomes.yaml, items.yaml and assessments.yaml (default: the bundled bank)",
        )

    def handle(self, *args: Any, folder: Path, verbosity: int = 1, **options: Any) -> None:
        try:
            report = load_bank(folder)
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, "Nothing was loaded."])) from error
        if verbosity:
            self.stdout.write("\n".join(report.lines()))
