"""Static files as they are served: compressed, named by their content, scripts that go together in one file.

Each request costs a village line more than its bytes. Where files are served from the source tree (while
developing, in tests) the scripts stay apart.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Every page of somebody who has signed in, and every page of a test.
BUNDLES = {
    "lms/js/page.js": ("lms/js/guard.js", "lms/js/outbox.js"),
    "lms/js/test.js": ("lms/js/answer.js", "lms/js/fields.js"),
}


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Writes the bundles beside what was collected, before names are given."""

    has_bundles = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name, parts in BUNDLES.items():
                if all(part in paths for part in parts):
                    self._write(name, [Path(paths[part][0].path(paths[part][1])) for part in parts])
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _write(self, name: str, parts: list[Path]) -> None:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n;\n".join(part.read_text() for part in parts))
