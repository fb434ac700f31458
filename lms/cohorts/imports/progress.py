"""How far an import is, for whoever waits for it: a small file beside the upload, because the import itself
is one transaction, and nobody sees what is in it before it ends."""

import json
import os
from pathlib import Path

from assessments.imports.kept import KeptFile
from assessments.storage import private_files


class Progress:
    """How far the import of one upload is, told and read by any process of this machine."""

    def __init__(self, kept: KeptFile) -> None:
        self._path = Path(private_files().path(f"{kept.path}-progress"))

    def note(self, done: int, of: int) -> None:
        beside = self._path.with_suffix(".part")
        beside.write_text(json.dumps([done, of]))
        os.replace(beside, self._path)

    def read(self) -> tuple[int, int]:
        """Rows done and rows in all; (0, 0) before it begins and after it ended."""
        try:
            done, of = json.loads(self._path.read_text())
        except OSError:
            return 0, 0
        return done, of

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)
