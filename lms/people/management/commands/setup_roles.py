"""``manage.py setup_roles``: make the groups of staff."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lms.people.management.roles import set_up_roles


class Command(BaseCommand):
    help = "Make the groups Penyelenggara, Pelatih and Pemeriksa materi with permissions and workflows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restore",
            action="store_true",
            help="Give groups that exist already the permissions that we ship, on top of what they have.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = set_up_roles(restore=options["restore"])
        if done:
            self.stdout.write(f"Set up: {', '.join(done)}.")
        elif options["verbosity"]:
            self.stdout.write("The groups exist; nothing changed.")
