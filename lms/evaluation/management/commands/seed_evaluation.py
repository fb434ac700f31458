"""Simulated trainings in bulk: how do reports and roll-ups bear a whole country?"""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lms.evaluation.domain import rebuild_rollup
from lms.evaluation.management.progress import Progress
from lms.evaluation.management.simulation.frame import make_frame
from lms.evaluation.management.simulation.loading import indexes_afterwards, load
from lms.evaluation.management.simulation.results import STAYS, Simulation

_MOST_ANSWERS = 100


class Command(BaseCommand):
    help = (
        "Make simulated trainings with simulated people and answers, in bulk. They are marked as simulated "
        "wherever they are shown. Tables are locked meanwhile: not for a site that people use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cohorts", type=int, default=20, help="How many trainings.")
        parser.add_argument("--attempts", type=int, default=1000, help="About how many attempts in all.")
        parser.add_argument("--answers", type=int, default=20, help="How many questions a form has.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed draws the same results.")
        parser.add_argument("--no-rollups", action="store_true", help="Leave the roll-ups to be counted.")

    def handle(
        self,
        *args: Any,
        cohorts: int,
        attempts: int,
        answers: int,
        seed: int,
        no_rollups: bool,
        **options: Any,
    ) -> None:
        if min(cohorts, attempts, answers) < 1 or answers > _MOST_ANSWERS:
            raise CommandError(f"Give at least 1 of each, and at most {_MOST_ANSWERS} answers.")
        people = max(1, round(attempts / cohorts / (1 + STAYS)))
        terminal = sys.stderr if options["verbosity"] else None
        began = time.monotonic()
        progress = Progress(cohorts, terminal, "Simulated data: writing ")
        with transaction.atomic():
            frame = make_frame(cohorts=cohorts, answers=answers, seed=seed)
            simulation = Simulation(frame, people=people, seed=seed)
            written = made = 0
            with indexes_afterwards():
                for batch in simulation.batches():
                    written += load(batch)
                    made += len(batch.attempts)
                    progress.step()
                progress.end()
                self._say(f"{written} rows written, {time.monotonic() - began:.0f} s; indexes …")
        self._say(
            f"Simulated data: {cohorts} trainings of {people} people, {made} attempts × {answers} answers, "
            f"{time.monotonic() - began:.0f} s."
        )
        if not no_rollups:
            self._count([cohort.pk for cohort in frame.cohorts], terminal)

    def _count(self, keys: list[Any], terminal: Any) -> None:
        began, progress = time.monotonic(), Progress(len(keys), terminal, "Roll-ups: ")
        for key in keys:
            rebuild_rollup(cohort_id=key)
            progress.step()
        progress.end()
        self._say(f"Roll-ups of {len(keys)} trainings counted, {time.monotonic() - began:.0f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
