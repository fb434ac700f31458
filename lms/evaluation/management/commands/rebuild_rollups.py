"""Make roll-ups anew from the raw records. The integers must come out identical."""

import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lms.cohorts.models import Cohort
from lms.evaluation.domain import rebuild_rollup
from lms.evaluation.management.progress import Progress
from lms.evaluation.management.spread import spread
from lms.evaluation.models import Rollup


class Command(BaseCommand):
    help = "Count the roll-ups again from the attempts; report how many trainings came out differently."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cohort", default="", help="Code of one training, in place of all.")
        parser.add_argument("--stale", action="store_true", help="Only those that were never counted.")
        parser.add_argument(
            "--check",
            action="store_true",
            help="End with an error if a training came out differently (it is put right all the same).",
        )
        parser.add_argument(
            "--jobs",
            type=int,
            default=1 if connection.vendor == "sqlite" else 2,
            help="How many processes count at the same time (PostgreSQL).",
        )

    def handle(self, *args: Any, cohort: str, stale: bool, check: bool, jobs: int, **options: Any) -> None:
        keys = self._keys(cohort, stale=stale)
        progress = Progress(len(keys), sys.stderr if options["verbosity"] else None)
        different = 0
        for changed in self._rebuilt(keys, max(1, jobs)):
            different += changed
            progress.step()
        progress.end()
        self.stdout.write(f"{len(keys)} trainings counted again, {different} were different.")
        if check and different:
            raise CommandError("Stored roll-ups differed from the attempts.")

    def _keys(self, cohort: str, *, stale: bool) -> list[UUID]:
        trainings = Cohort.objects.order_by("pk")
        if cohort:
            trainings = trainings.filter(code=cohort)
            if not trainings.exists():
                raise CommandError(f"There is no training with the code {cohort!r}.")
        if stale:
            trainings = trainings.exclude(rollup__in=Rollup.objects.filter(is_stale=False))
        return list(trainings.values_list("pk", flat=True))

    def _rebuilt(self, keys: list[UUID], jobs: int) -> Iterator[bool]:
        # Memory is one database there, and another process would not see it.
        if jobs == 1 or connection.vendor == "sqlite" or len(keys) < 2 * jobs:
            return (_rebuild(key) for key in keys)
        return spread(_rebuild, keys, jobs)


def _rebuild(key: UUID) -> bool:
    return rebuild_rollup(cohort_id=key)
