"""Import questions from a Moodle XML, GIFT or Aiken file, or from our workbook."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from assessments.imports import ImportPlan, plan_import, run_import
from assessments.imports.plan import PlanRow
from assessments.imports.reading import MAX_BYTES, refuse, too_large
from assessments.questions.base import DEFAULT_BANK


class Command(BaseCommand):
    help = "Imports questions from a file into a question bank and says what was and was not taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Moodle XML, GIFT, Aiken, or our workbook (.xlsx)")
        parser.add_argument(
            "--bank", default=DEFAULT_BANK, help=f"name of the bank (default: {DEFAULT_BANK})"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to report")

    def handle(self, *args: Any, file: Path, bank: str, dry_run: bool, format: str, **options: Any) -> None:
        try:
            plan = plan_import(file=_read(file), name=file.name, bank=bank)
            saved = len([] if dry_run else run_import(plan=plan))
        except ValidationError as error:
            self._report(_refused(file, bank, dry_run, " ".join(error.messages)), format)
            raise SystemExit(1) from None
        self._report(_account(plan, dry_run, saved), format)
        if not plan.to_take and not plan.there:
            raise SystemExit(1)

    def _report(self, account: dict[str, Any], format: str) -> None:
        if format == "json":
            self.stdout.write(json.dumps(account, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_sentences(account)))


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise too_large()
        return file.read_bytes()
    except OSError as error:
        raise refuse(f"{file}: {error.strerror or error}", "missing") from error


def _account(plan: ImportPlan, dry_run: bool, saved: int) -> dict[str, Any]:
    """found = taken + already + refused + unknown types, always; ``error`` is why a file was not read."""
    return {
        "file": plan.file,
        "format": plan.format,
        "bank": plan.bank,
        "dry_run": dry_run,
        "found": plan.found,
        "taken": len(plan.to_take),
        "saved": saved,
        "already": len(plan.there),
        "refused": [{"where": row.where, "reason": _joined(row)} for row in plan.refused],
        "unknown_types": dict(plan.unknown),
        "changed": [{"where": row.where, "code": row.code, "what": row.remarks} for row in plan.changed],
        "notes": plan.notes,
        "error": None,
    }


def _refused(file: Path, bank: str, dry_run: bool, reason: str) -> dict[str, Any]:
    return {
        "file": file.name,
        "format": None,
        "bank": bank,
        "dry_run": dry_run,
        "found": 0,
        "taken": 0,
        "saved": 0,
        "already": 0,
        "refused": [],
        "unknown_types": {},
        "changed": [],
        "notes": [],
        "error": reason,
    }


def _joined(row: PlanRow) -> str:
    return " ".join(row.remarks)


def _sentences(account: dict[str, Any]) -> list[str]:
    if account["error"]:
        return [f"{account['file']} was not read: {account['error']}"]
    lines = [
        f"{account['file']} ({account['format']}): {account['found']} questions found.",
        f"{'Would take' if account['dry_run'] else 'Took'} {account['taken']}, "
        f"{account['already']} were already there, {len(account['refused'])} refused.",
    ]
    lines += [f"Refused: {row['where']}: {row['reason']}" for row in account["refused"]]
    lines += [f"Unknown type {name}: {number}" for name, number in account["unknown_types"].items()]
    lines += [f"Changed: {row['where']}: {' '.join(row['what'])}" for row in account["changed"]]
    return lines + [f"Note: {note}" for note in account["notes"]]
