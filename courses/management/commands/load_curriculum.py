"""Load the bundled curriculum into Wagtail pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from assessments.imports import BUNDLED_BANK
from courses.imports.curriculum import BUNDLED, load_curriculum
from courses.imports.pages import LoadReport


class Command(BaseCommand):
    help = "Load questions, courses, modules and lessons from files. Safe to repeat: edits of people stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit with 1 if a run would change something"
        )
        parser.add_argument("--folder", type=Path, default=BUNDLED)
        parser.add_argument("--bank", type=Path, default=BUNDLED_BANK)

    def handle(self, *args: Any, check: bool, folder: Path, bank: Path, **options: Any) -> None:
        try:
            report = load_curriculum(folder, bank=bank, check=check)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        # Quiet (``--verbosity 0``, as on every start of the site): told only if something changed.
        if options["verbosity"] or report.has_changes:
            self._tell(report, check=check)
        if check and report.has_changes:
            raise CommandError(_("The site differs from the files."), returncode=1)

    def _tell(self, report: LoadReport, *, check: bool) -> None:
        for line in report.bank.lines():
            self.stdout.write(line)
        if check:
            for name in report.created:
                self.stdout.write(_("Would create: %(page)s") % {"page": name})
            for name in report.updated:
                self.stdout.write(_("Would update: %(page)s") % {"page": name})
        for name, reason in report.kept:
            self.stdout.write(_("Left as it is: %(page)s, %(reason)s") % {"page": name, "reason": reason})
        counts = {
            "created": len(report.created),
            "updated": len(report.updated),
            "unchanged": len(report.unchanged),
            "kept": len(report.kept),
        }
        summary = _("Pages: %(created)d new, %(updated)d updated, %(unchanged)d unchanged, %(kept)d kept.")
        self.stdout.write(summary % counts)
