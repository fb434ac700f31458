"""Forty people signed in and marked present: taps, key presses and seconds of the machine.

    python -m tests.bench.attendance [people]

A real browser in front of a real server. People's own time is not measured: presses are counted, and the
table says what they come to at a pace.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench import site

_MAKE = "from tests.browser import support_training as s; print(s.make_meeting({people}))"
# Seconds for one press: a helper who types from a card, and somebody who looks for each key.
_PACES = {"a helper": 0.4, "a beginner": 1.5}


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory(prefix="balai-attendance-") as name:
        var = Path(name) / "var"
        var.mkdir()
        os.environ.update(LMS_VAR=str(var), DJANGO_SETTINGS_MODULE="lms.settings.base")
        os.environ.pop("DATABASE_URL", None)
        site.prepare(var, {})
        card = json.loads(_manage("shell", "--no-imports", "--command", _MAKE.format(people=people)))
        with site.serving(var, {}) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            page = browser.new_context(base_url=server.address, locale="id-ID").new_page()
            _sign_in_staff(page, card)
            _register(page, card)
            _report("one shared device, sign in, confirm, sign out", people, *_station(page, card))
            _sign_in_staff(page, card)
            page.goto(f"/admin/angkatan/{card['cohort']}/pertemuan/{card['meeting']}/")
            print("  the page says:", page.locator("#there").inner_text())
            _report("tick list, three exceptions, then everybody else", people, *_list(page, card))
            browser.close()
    return 0


def _station(page: Page, card: dict[str, Any]) -> tuple[int, float]:
    """Everybody by keyboard on one device. Presses, and seconds in which the machine was waited for."""
    presses, seconds = 0, 0.0
    page.goto("/masuk/")
    page.wait_for_selector("[name=code]:focus")
    for person in card["people"]:
        presses += _type(page, person["code"]) + _press(page, "Tab")
        page.wait_for_selector("[name=pin]:focus")
        presses += _type(page, person["pin"])
        began = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_url("**/masuk/nama/*")
        page.locator("main form:not([data-sign-out]) button").click()
        page.wait_for_url("**/beranda/")
        page.locator("form[action$='/keluar/'] button").first.click()
        page.wait_for_selector("[name=code]:focus")
        seconds += time.perf_counter() - began
        presses += 3
    return presses, seconds


def _list(page: Page, card: dict[str, Any]) -> tuple[int, float]:
    taps = 1
    began = time.perf_counter()
    page.locator('.tc-actions a[href*="/kehadiran/"]').first.click()
    page.wait_for_selector("form[data-att]")
    for row, status in ((3, "izin"), (7, "sakit"), (9, "terlambat")):
        page.locator(f'[data-att-row]:nth-child({row}) label:has(input[value="{status}"])').click()
        taps += 1
    page.locator("[data-att-rest]").click()
    page.wait_for_url(f"**/pertemuan/{card['meeting']}/")
    return taps + 1, time.perf_counter() - began


def _register(page: Page, card: dict[str, Any]) -> None:
    page.goto(f"/admin/angkatan/{card['cohort']}/perangkat/")
    page.fill("[name=name]", "Laptop 1")
    page.locator("form.tc-form button").click()
    page.wait_for_selector(".tc-mark")
    page.context.clear_cookies(name="bb_session")


def _sign_in_staff(page: Page, card: dict[str, Any]) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", card["username"])
    page.fill("[name=password]", card["password"])
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


def _type(page: Page, text: str) -> int:
    page.keyboard.type(text)
    return len(text)


def _press(page: Page, key: str) -> int:
    page.keyboard.press(key)
    return 1


def _report(what: str, people: int, presses: int, seconds: float) -> None:
    print(f"{what}: {people} people, {presses} presses, {seconds:.1f} s of the machine")
    for who, pace in _PACES.items():
        print(f"  at the pace of {who} ({pace} s a press): {(presses * pace + seconds) / 60:.1f} minutes")


def _manage(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    sys.exit(main())
