"""``manage.py prepare_site``: what ``./run`` does before it serves."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from home import preparation


class Command(BaseCommand):
    help = "Migrate, load roles, curriculum and demonstration, and compress static files. Idempotent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-demo", action="store_false", dest="demo", help="leave the demonstration training out"
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        preparation.migrate(self._say)
        # Quietly: a start that changes nothing has nothing to tell.
        call_command("load_curriculum", stdout=self.stdout, verbosity=0)
        # After the curriculum: trainers are let into the courses that exist.
        call_command("setup_roles", stdout=self.stdout, verbosity=0)
        if demo:
            call_command("load_demonstration", stdout=self.stdout)
        # Trainings from before there were roll-ups.
        call_command("rebuild_rollups", stale=True, stdout=StringIO(), verbosity=0)
        preparation.fill_search_index(self._say)
        preparation.collect_static(self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
