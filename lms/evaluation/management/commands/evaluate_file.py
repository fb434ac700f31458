"""``manage.py evaluate_file FILE``: what the people of a spreadsheet learned, for people or for machines."""

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lms.evaluation.exports.sheets import sheet_html, sheet_json, sheet_pdf
from lms.evaluation.imports import read_scores
from lms.evaluation.imports.numbers import parse_score
from lms.evaluation.reports.sheets import evaluate_sheet, published
from lms.evaluation.reports.sheets.text import sheet_lines


class Command(BaseCommand):
    help = (
        "Evaluate a CSV or XLSX file of scores. JSON holds everything, for whoever holds the file; text, "
        "html and pdf hide groups of fewer than five people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="total scores, scores by question, or letters with --key")
        parser.add_argument("--max", help="most points that can be got, for total scores")
        parser.add_argument("--group", default="", help="heading of the column that groups people")
        parser.add_argument("--key", type=Path, help="file of right letters: columns item and key")
        parser.add_argument(
            "--options", type=int, help="answers that a question offers, if the file does not show it"
        )
        parser.add_argument("--format", choices=["json", "text", "html", "pdf"], default="text")
        parser.add_argument("--output", type=Path, help="write here instead of printing")
        parser.add_argument("--title", default="", help="name of the training, for html and pdf")
        parser.add_argument(
            "--language",
            choices=[code for code, _ in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="language of the sentences",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                report = _evaluated(options)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from None
            self._put(_written(report, options), options["output"])

    def _put(self, content: str | bytes, place: Path | None) -> None:
        if place is not None:
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        elif isinstance(content, bytes):
            getattr(self.stdout, "buffer", sys.stdout.buffer).write(content)
        else:
            self.stdout.write(content)


def _evaluated(options: dict[str, Any]) -> dict[str, Any]:
    most = _most(options["max"])
    if options["options"] is not None and not 2 <= options["options"] <= 20:
        raise CommandError("--options must be between 2 and 20.")
    try:
        with ExitStack() as opened:
            file = opened.enter_context(options["file"].open("rb"))
            key = opened.enter_context(options["key"].open("rb")) if options["key"] else None
            sheet = read_scores(file, key=key, max_points=most, group=options["group"])
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from None
    return evaluate_sheet(sheet, options=options["options"])


def _most(text: str | None) -> Fraction | None:
    if text is None:
        return None
    value = parse_score(text).value
    if value is None or value <= 0:
        raise CommandError(f"--max must be a number above 0, not {text!r}.")
    return value


def _written(report: dict[str, Any], options: dict[str, Any]) -> str | bytes:
    if options["format"] == "json":
        return sheet_json(report)
    shown = published(report)
    if options["format"] == "html":
        return sheet_html(shown, title=options["title"])
    if options["format"] == "pdf":
        return sheet_pdf(shown, title=options["title"])
    return "\n".join(sheet_lines(shown))
