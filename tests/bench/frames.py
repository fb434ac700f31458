"""Bytes and CPU of pages against a running server."""

import re
from typing import Any
from urllib.parse import urlencode

from tests.bench import cycle, wire
from tests.bench.report import Report
from tests.bench.site import Server
from tests.bench.training import Crowd

_VIEWS = 150
Person = dict[str, str]


def bytes_of_pages(report: Report, server: Server, people: dict[str, Person]) -> None:
    """What a first visit loads, and what comes after it."""
    browser = wire.Browser(server.address)
    first, _ = browser.visit("/masuk/")
    report("first visit of the sign-in page, all it loads: kB on the wire", first / 1000, 60)
    sign_in(browser, people["di tengah tes awal"])
    size, text = browser.visit("/beranda/")
    report("dashboard after it: kB", size / 1000)
    question = re.search(r"/tes/[0-9a-f-]{36}/soal/\d+/", text)
    address = question.group() if question else _open_test(browser)
    size, _ = browser.visit(address)
    report("a test page after it: kB more", size / 1000, 30)


def page_of_ten(report: Report, server: Server, crowd: Crowd) -> None:
    """Ten questions on one page, opened by a browser that has nothing of the site yet."""
    browser = wire.Browser(server.address)
    sign_in(browser, crowd.people[-2])
    address = _open_test(browser)
    browser.cached.clear()
    requests = browser.requests
    size, text = browser.visit(address)
    page, _ = browser.visit(address)
    questions = len(re.findall(r"data-save-url=", text))
    report("questions on the one page", questions)
    report("page of ten questions: kB gzip, headers counted", page / 1000, 15)
    report("page of ten questions with all it loads: kB", size / 1000)
    report("page of ten questions: requests of an empty browser", browser.requests - requests - 1, 6)


def cpu_of_views(report: Report, server: Server, person: Person, pages: Any) -> None:
    """A lesson beside a stock page."""
    reader, visitor = wire.Browser(server.address), wire.Browser(server.address)
    reader.visit("/masuk/")
    sign_in(reader, person)
    stock = _cpu_of_views(server, visitor, pages.stock_url)
    lesson = _cpu_of_views(server, reader, pages.lesson_url)
    report("stock Wagtail page: CPU ms a view", stock)
    report("lesson for a signed-in participant: CPU ms a view", lesson)
    report("lesson beside a stock page: times the CPU", lesson / stock)


def bytes_of_lesson(report: Report, server: Server, person: Person, pages: Any) -> None:
    """A lesson with a picture, to a browser that has nothing of the site yet, and again to the same one. The
    picture counted is the heaviest that the page names for a phone: the copy for browsers without AVIF."""
    reader = wire.Browser(server.address)
    sign_in(reader, person)
    reader.cached.clear()
    first, _ = reader.visit(pages.picture_url)
    report("lesson with its picture, first visit: kB on the wire", first / 1000, 100)
    again, _ = reader.visit(pages.picture_url)
    report("the same lesson later: kB on the wire", again / 1000, 25)
    long, _ = reader.visit(pages.lesson_url)
    report("a shipped lesson with its drawing, later: kB on the wire", long / 1000, 25)


def sign_in(browser: wire.Browser, person: Person) -> None:
    """Code, PIN and "that is me"."""
    browser.visit("/masuk/")
    browser.post("/masuk/", _form(browser, {"code": person["code"], "pin": person["pin"]}))
    browser.visit("/masuk/nama/")
    status, location, _ = browser.post("/masuk/nama/", _form(browser, {}))
    if status not in (302, 303) or "masuk" in location:
        raise cycle.RefusedError(f"Signing in failed ({status} {location}).")


def _open_test(browser: wire.Browser) -> str:
    status, location, _ = browser.post("/tes/pre/mulai/", _form(browser, {}))
    if status not in (302, 303):
        raise cycle.RefusedError(f"The test could not be opened ({status}).")
    return location.partition("#")[0]


def _form(browser: wire.Browser, fields: dict[str, str]) -> str:
    return urlencode({"csrfmiddlewaretoken": browser.cookies.get("csrftoken", ""), **fields})


def _cpu_of_views(server: Server, browser: wire.Browser, path: str) -> float:
    for _ in range(10):
        browser.visit(path)
    before = server.cpu_seconds()
    for _ in range(_VIEWS):
        browser.visit(path)
    return (server.cpu_seconds() - before) / _VIEWS * 1000
