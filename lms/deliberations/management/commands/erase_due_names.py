"""``manage.py erase_due_names``: what the worker does by itself every six hours."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.deliberations.domain.census import erase_due_names


class Command(BaseCommand):
    help = "Erase the lists with names whose day has come; the counts stay."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_due_names()} lists with names erased.")
