"""Prints the figures of the budget, one a line, and fails if one is over it."""

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench import site, wire

FOLDER = Path(tempfile.mkdtemp(prefix="balai-bench-"))
os.environ.update(LMS_VAR=str(FOLDER), DJANGO_SETTINGS_MODULE="lms.settings.base")
os.environ.pop("DATABASE_URL", None)

_VIEWS = 150
_over: list[str] = []


def report(name: str, value: float, limit: float | None = None, unit: str = "") -> None:
    """Print a figure beside its budget and remember it if it is over."""
    shown = f"{value:.2f}" if isinstance(value, float) else f"{value}"
    verdict = "" if limit is None else f"   (budget {limit:g}{unit})"
    if limit is not None and value > limit:
        verdict += "   OVER"
        _over.append(name)
    print(f"{name:<66}{shown}{unit}{verdict}", flush=True)


def main() -> int:
    print(f"Making a throw-away site in {FOLDER} …", flush=True)
    sign_ins = site.prepare(FOLDER)
    import django

    django.setup()
    from tests.bench import queries

    people = {entry["state"]: entry for entry in sign_ins["participants"]}
    pages = queries.make_pages()
    measured = queries.measure(pages)
    for blocks, count in measured.lesson.items():
        report(f"lesson of {blocks} blocks: queries more than a stock page", count - measured.stock, 8)
    report("stock Wagtail page at the same depth: queries", measured.stock)
    report("saving an answer: queries", measured.save, 8)
    report("saving an answer: write transactions", measured.save_writes, 1)

    with site.serving(FOLDER) as server:
        _bytes(server, people)
        _cpu(server, people["sedang belajar"], pages)
    if _over:
        print("Over budget: " + "; ".join(_over))
    return 1 if _over else 0


def _bytes(server: site.Server, people: dict[str, dict[str, str]]) -> None:
    browser = wire.Browser(server.address)
    first, _ = browser.visit("/masuk/")
    report("first visit of the sign-in page, all it loads: kB on the wire", first / 1000, 60)
    _sign_in(browser, people["di tengah tes awal"])
    size, text = browser.visit("/beranda/")
    report("dashboard after it: kB", size / 1000)
    question = re.search(r"/tes/[0-9a-f-]{36}/soal/\d+/", text)
    address = question.group() if question else _open_test(browser)
    size, _ = browser.visit(address)
    report("a test page after it: kB more", size / 1000, 30)


def _open_test(browser: wire.Browser) -> str:
    status, location, _ = browser.post("/tes/pre/mulai/", _form(browser, {}))
    if status not in (302, 303):
        raise RuntimeError(f"The test could not be opened ({status}).")
    return location


def _sign_in(browser: wire.Browser, person: dict[str, str]) -> None:
    browser.post("/masuk/", _form(browser, {"code": person["code"], "pin": person["pin"]}))
    _, text = browser.visit("/masuk/nama/")
    yes = re.search(r'<button[^>]*name="(\w+)"[^>]*value="(\w+)"', text)
    answer = {yes.group(1): yes.group(2)} if yes else {}
    status, location, _ = browser.post("/masuk/nama/", _form(browser, answer))
    if status not in (302, 303) or "masuk" in location:
        raise RuntimeError(f"Signing in failed ({status} {location}).")


def _form(browser: wire.Browser, fields: dict[str, str]) -> str:
    return urlencode({"csrfmiddlewaretoken": browser.cookies.get("csrftoken", ""), **fields})


def _cpu(server: site.Server, person: dict[str, str], pages: Any) -> None:
    reader, visitor = wire.Browser(server.address), wire.Browser(server.address)
    reader.visit("/masuk/")
    _sign_in(reader, person)
    stock = _cpu_of_views(server, visitor, pages.stock_url)
    lesson = _cpu_of_views(server, reader, pages.lesson_url)
    report("stock Wagtail page: CPU ms a view", stock)
    report("lesson for a signed-in participant: CPU ms a view", lesson)
    report("lesson beside a stock page: times the CPU", lesson / stock)


def _cpu_of_views(server: site.Server, browser: wire.Browser, path: str) -> float:
    for _ in range(10):
        browser.visit(path)
    before = server.cpu_seconds()
    for _ in range(_VIEWS):
        browser.visit(path)
    return (server.cpu_seconds() - before) / _VIEWS * 1000


if __name__ == "__main__":
    sys.exit(main())
