"""Do the waiting work in this process: for tests, for repair, and where no worker runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.outbox.domain import give_up_exhausted, reopen_failed, run_entry
from lms.outbox.queries import due_entries
from lms.outbox.reports import outbox_figures

BATCH = 50


class Command(BaseCommand):
    help = "Work on everything in the outbox that is due, then stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry-failed", action="store_true", help="first give entries that were given up a fresh start"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            reopen_failed()
        give_up_exhausted(timezone.now())
        done = 0
        # A failed entry waits before it is due again, so this ends.
        while due := due_entries(timezone.now(), limit=BATCH):
            done += sum([run_entry(entry_id) for entry_id in due])
        left = outbox_figures(timezone.now())
        self.stdout.write(f"done {done}, waiting {left.pending}, given up {left.failed}")
