"""Uploads between the report and the confirmation: private files, named by a signed token of their owner."""

import datetime
import uuid
from dataclasses import dataclass

from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.imports.reading import MAX_BYTES, refuse
from assessments.storage import private_files

_FOLDER = "imports"
_SALT = "assessments.imports.kept"
# What a file was uploaded for: a token for one thing opens no other.
QUESTIONS = "questions"
KEPT_FOR = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that somebody uploaded and has not confirmed yet."""

    token: str
    path: str
    name: str
    # What its importer needs to know again: the bank of questions, the training of a list of people.
    about: str

    def read(self) -> bytes:
        """Raises ValidationError (code ``gone``) if it was confirmed or is too old."""
        try:
            with private_files().open(self.path) as stored:
                data: bytes = stored.read(MAX_BYTES + 1)
                return data
        except OSError:
            raise _gone() from None

    def forget(self) -> None:
        private_files().delete(self.path)


def keep(data: bytes, *, name: str, about: str, owner: int, purpose: str = QUESTIONS) -> KeptFile:
    """Store the bytes until their owner confirms; what nobody confirmed in a day is thrown away."""
    _sweep()
    key = uuid.uuid4().hex
    path = private_files().save(f"{_FOLDER}/{key}", ContentFile(data))
    said = {"path": path, "name": name[:200], "about": about, "owner": owner}
    return KeptFile(signing.dumps(said, salt=f"{_SALT}.{purpose}"), path, name[:200], about)


def find_kept(token: str, *, owner: int, purpose: str = QUESTIONS) -> KeptFile:
    """Raises ValidationError (code ``gone``) for a token that is forged, old, another person's or for
    something else."""
    try:
        said = signing.loads(token, salt=f"{_SALT}.{purpose}", max_age=KEPT_FOR)
    except signing.BadSignature:
        raise _gone() from None
    if said["owner"] != owner:
        raise _gone()
    return KeptFile(token, said["path"], said["name"], said["about"])


def _gone() -> Exception:
    return refuse(_("This file is not kept any more. Upload it again."), "gone")


def _sweep() -> None:
    storage = private_files()
    if not storage.exists(_FOLDER):
        return
    oldest = timezone.now() - KEPT_FOR
    for name in storage.listdir(_FOLDER)[1]:
        path = f"{_FOLDER}/{name}"
        if storage.get_modified_time(path) < oldest:
            storage.delete(path)
