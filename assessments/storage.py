"""Where files live that no public address may give away."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property


class PrivateStorage(FileSystemStorage):
    """Files below ``LMS_PRIVATE_ROOT``. It has no address: a view that asks who looks sends them."""

    @cached_property
    def base_location(self) -> str:
        return str(getattr(settings, "LMS_PRIVATE_ROOT", "") or Path(settings.BASE_DIR) / "var" / "private")

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no address of their own.")


def private_files() -> PrivateStorage:
    """The storage of private files, asked for anew so that tests and hosts may move the folder."""
    return PrivateStorage()
