"""Score every handed-in test again from its answers. The figures must come out identical."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.learning.domain import rebuild_scores
from lms.learning.models import Attempt


class Command(BaseCommand):
    help = "Recompute all scores from the answers; report, and put right, what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only report; end with an error if anything differs."
        )
        parser.add_argument("--cohort", default="", help="Code of one cohort, in place of all.")

    def handle(self, *args: Any, check: bool, cohort: str, **options: Any) -> None:
        attempts = Attempt.objects.filter(submitted_at__isnull=False).order_by("pk")
        if cohort:
            attempts = attempts.filter(enrolment__cohort__code=cohort)
        seen, different = 0, 0
        for attempt in attempts:
            seen += 1
            for difference in rebuild_scores(attempt=attempt, write=not check):
                different += 1
                place = "total" if difference.position is None else f"question {difference.position}"
                self.stdout.write(
                    f"{difference.attempt_id} {place}: stored {difference.stored}, "
                    f"answers give {difference.computed}"
                )
        self.stdout.write(f"{seen} attempts scored again, {different} figures differ.")
        if check and different:
            raise CommandError("Stored scores differ from the answers.")
