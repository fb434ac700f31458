"""``manage.py evaluate_cohort CODE``: what a cohort learned, for people or for machines."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lms.cohorts.models import Cohort
from lms.evaluation.reports.cohort import Reader, report_on
from lms.evaluation.reports.text import report_as_dict, report_as_lines


class Command(BaseCommand):
    help = "Print what the people of a cohort gained between pre-test and post-test."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code of the cohort, for example LNN-2018")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--language",
            choices=[code for code, _ in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="language of the sentences",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.select_related("assessment", "village").filter(code=options["code"]).first()
        if cohort is None:
            raise CommandError(f"There is no cohort with the code {options['code']!r}.")
        with translation.override(options["language"]):
            report = report_on(cohort, Reader())
            if options["format"] == "json":
                self.stdout.write(json.dumps(report_as_dict(report), ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(report_as_lines(report)))
