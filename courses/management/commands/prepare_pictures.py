"""``manage.py prepare_pictures``: make the light copies of all pictures that have none."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model

from courses.domain.pictures import clean_stored_picture, prepare_picture


class Command(BaseCommand):
    help = "Make the light copies of pictures that have none, for pictures from before an upgrade."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--clean",
            action="store_true",
            help="Also draw anew the originals that still tell where or with what they were taken.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cleaned = prepared = failed = 0
        for image in get_image_model().objects.order_by("pk").iterator(chunk_size=100):
            cleaned += options["clean"] and clean_stored_picture(image=image)
            if prepare_picture(image) is None:
                failed += 1
            else:
                prepared += 1
        self.stdout.write(
            f"Pictures: {prepared} with light copies, {failed} not readable, {cleaned} drawn anew."
        )
