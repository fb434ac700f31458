"""``manage.py load_demonstration``: simulated people for a visitor to try the site with."""

from typing import Any

from django.core.management.base import BaseCommand

from home.demonstration.site import load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration training (simulated data), once. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        if load_demonstration():
            self.stdout.write("  Loaded the demonstration: LNN-2018 and a cohort of today (simulated data).")
