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
            "--check",
            action="store_true",
            help="write nothing; exit with 1 if a run would change something or the curriculum has problems",
        )
        parser.add_argument("--folder", type=Path, default=BUNDLED)
        parser.add_argument("--bank", type=Path, default=BUNDLED_BANK)

    def handle(self, *args: Any, check: bool, folder: Path, bank: Path, **options: Any) -> None:
        try:
            report = load_curriculum(folder, bank=bank, check=check)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        if check:
            self._tell_check(report)
        # Quiet (``--verbosity 0``, as on every start of the site): told only if something changed.
        elif options["verbosity"] or report.has_changes:
            self._tell(report)

    def _tell(self, report: LoadReport) -> None:
        for line in report.bank.lines():
            self.stdout.write(line)
        self._tell_kept(report)
        if any(report.terms.counts.values()):
            glossary = _(
                "Terms: %(created)d new, %(updated)d updated, %(unchanged)d unchanged, %(kept)d kept."
            )
            self.stdout.write(glossary % report.terms.counts)
        summary = _("Pages: %(created)d new, %(updated)d updated, %(unchanged)d unchanged, %(kept)d kept.")
        self.stdout.write(summary % report.counts)

    def _tell_kept(self, report: LoadReport) -> None:
        for name, reason in (*report.kept, *report.terms.kept):
            self.stdout.write(_("Left as it is: %(page)s, %(reason)s") % {"page": name, "reason": reason})

    def _tell_check(self, report: LoadReport) -> None:
        """What differs and what is wrong, a line each, then one line that says how it stands."""
        if report.bank.added:
            self.stdout.write(report.bank.lines()[0])
        for name in (*report.created, *report.terms.created):
            self.stdout.write(_("Would create: %(page)s") % {"page": name})
        for name in (*report.updated, *report.terms.updated):
            self.stdout.write(_("Would update: %(page)s") % {"page": name})
        self._tell_kept(report)
        for problem in report.problems:
            self.stdout.write(str(problem))
        counts = {"lessons": report.lessons, "problems": len(report.problems)} | report.counts
        summary = _(
            "Checked: %(lessons)d lessons, %(problems)d problems; %(created)d pages to create, "
            "%(updated)d to update, %(unchanged)d as in the files, %(kept)d left as people made them."
        )
        self.stdout.write(summary % counts)
        if report.has_changes:
            raise CommandError(_("The site differs from the files."), returncode=1)
        if report.problems:
            raise CommandError(_("The curriculum has problems."), returncode=1)
