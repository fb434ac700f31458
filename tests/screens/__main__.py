"""Takes the pictures of ``docs/panduan/gambar`` anew: all of them, or none if a page is missing."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import site
from tests.screens import (
    attendance,
    authoring,
    board,
    commitment,
    deliberations,
    desk,
    library,
    lifecycle,
    live,
    merging,
    news,
    papers,
    participants,
    sheets,
    staff,
)
from tests.screens.camera import Camera, replace_pictures

TARGET = Path(__file__).resolve().parents[2] / "docs" / "panduan" / "gambar"
MOST_BYTES = 2_000_000
_OPEN_TESTS = "from tests.screens import example; example.open_tests_with_a_question_to_show()"
_WORK_FOR_STAFF = "from tests.screens import example; example.make_work_for_staff()"


def main() -> int:
    """Returns the exit status; raises when a page is missing or does not show what it should."""
    with tempfile.TemporaryDirectory(prefix="balai-screens-") as name:
        folder = Path(name)
        os.environ.update(LMS_VAR=str(folder / "var"), DJANGO_SETTINGS_MODULE="lms.settings.base")
        os.environ.pop("DATABASE_URL", None)
        pictures = folder / "pictures"
        pictures.mkdir()
        taken = _walk(folder / "var", pictures)
        size = sum(picture.stat().st_size for picture in pictures.iterdir())
        if size > MOST_BYTES:
            sys.stderr.write(f"{size:,} bytes are more than the {MOST_BYTES:,} that a guide may weigh.\n")
            return 1
        replace_pictures(pictures, TARGET)
    sys.stdout.write(f"{taken} pictures, {size:,} bytes.\n")
    return 0


def _walk(var: Path, pictures: Path) -> int:
    var.mkdir()
    site.prepare(var, {})
    sign_ins = site.sign_ins(var)
    people: dict[str, dict[str, str]] = {}
    for entry in sign_ins["participants"]:
        people.setdefault(entry["state"], entry)
    accounts = {entry["username"]: entry for entry in sign_ins["staff"]}
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with site.serving(var, {}) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        camera = Camera(browser, server.address, pictures)
        # What the worker does on a site that ./run serves.
        _manage("work_outbox")
        staff.photograph_organiser(camera, accounts["penyelenggara"])
        board.photograph(camera, accounts["penyelenggara"])
        for each in (commitment, deliberations, lifecycle, news, papers, sheets):
            each.photograph(camera, accounts["penyelenggara"])
        staff.photograph_trainer(camera, accounts["pelatih"])
        authoring.photograph(camera, accounts["pelatih"])
        attendance.photograph(camera, accounts["pelatih"])
        _manage("shell", "--command", f"{_OPEN_TESTS}; {_WORK_FOR_STAFF}")
        desk.photograph_trainer(camera, accounts["pelatih"])
        desk.photograph_organiser(camera, accounts["penyelenggara"])
        participants.photograph(camera, people)
        _manage("work_outbox")
        participants.photograph_certificate(camera, people["tinggal mengumpulkan rencana"])
        live.photograph(camera, accounts["pelatih"])
        _manage("shell", "--command", merging.MAKE_TWIN)
        merging.photograph(camera, accounts["penyelenggara"])
        library.photograph(camera, accounts["penyelenggara"])
        _manage("shell", "--command", authoring.SEND_TO_REVIEW)
        authoring.photograph_review(camera, accounts["pemeriksa"])
        browser.close()
    return len(camera.taken)


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
