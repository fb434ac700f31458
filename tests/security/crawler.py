"""Goes wherever a browser can be led, and keeps every answer."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

HOST = "testserver"
ADDRESSES = ("href", "src", "action", "formaction", "data-save-url", "data-heartbeat", "data-idle-url")


@dataclass
class Form:
    """A form as a browser would send it untouched."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class PageReader(HTMLParser):
    """Collects where a document leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ADDRESSES if given.get(name)]
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "input" and self.forms and given.get("type") == "hidden" and "name" in given:
            self.forms[-1].fields.setdefault(given["name"], []).append(given.get("value", ""))


def body_of(response: HttpResponseBase) -> bytes:
    """The whole body, also of an answer that is streamed."""
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Answer:
    """What came back: the body as text (bytes of a file as Latin-1), and all headers."""

    method: str
    address: str
    status: int
    text: str
    raw: bytes
    is_file: bool
    forms: tuple[Form, ...]
    links: tuple[str, ...]


class Crawler:
    """Follows links with GET; forms are sent when asked for. Never signs out, never leaves the site."""

    def __init__(
        self, client: Client, *, avoid: Iterable[str] = ("/keluar/", "/static/", "/admin/logout/")
    ) -> None:
        self.client = client
        self.avoid = tuple(avoid)
        self.answers: list[Answer] = []

    def send(self, method: str, address: str, data: Any = None, **extra: Any) -> Answer:
        """One request; its answer is kept."""
        response = getattr(self.client, method)(address, data or {}, **extra)
        raw = body_of(response)
        is_file = not response.get("Content-Type", "").startswith(("text/", "application/json"))
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        text = raw.decode("latin-1" if is_file else "utf-8")
        is_html = response.get("Content-Type", "").startswith("text/html")
        reader = PageReader(text if is_html else "")
        links = [*reader.links, *([response["Location"]] if response.has_header("Location") else [])]
        answer = Answer(
            method, address, response.status_code, f"{headers}\n{text}", raw, is_file,
            tuple(reader.forms), tuple(links),
        )  # fmt: skip
        self.answers.append(answer)
        return answer

    def crawl(self, starts: Iterable[str], *, of_a_route: int | None = None) -> list[Answer]:
        """GET everything that can be reached from these addresses; ``of_a_route`` is how many addresses of
        one route are opened at most, where lists link to themselves in every order and filter."""
        waiting, seen, found = deque(starts), set[str](), []
        opened: Counter[str] = Counter()
        while waiting:
            address = waiting.popleft()
            if address in seen:
                continue
            seen.add(address)
            route = _route_of(address)
            if of_a_route is not None and opened[route] >= of_a_route:
                continue
            opened[route] += 1
            answer = self.send("get", address)
            found.append(answer)
            waiting.extend(filter(None, (self._inside(address, link) for link in answer.links)))
        return found

    def send_forms(self, answers: Iterable[Answer]) -> None:
        """Send every POST form of these pages with the fields that it already has."""
        sent = set()
        for answer in answers:
            for form in answer.forms:
                address = self._inside(answer.address, form.action or answer.address)
                if form.method == "post" and address is not None and address not in sent:
                    sent.add(address)
                    self.send("post", address, form.fields)

    def _inside(self, page: str, link: str) -> str | None:
        address = urlsplit(urldefrag(urljoin(page, link)).url)
        if address.scheme not in ("", "http", "https") or address.netloc not in ("", HOST):
            return None
        if any(part in address.path for part in self.avoid):
            return None
        return address.path + (f"?{address.query}" if address.query else "")


def _route_of(address: str) -> str:
    try:
        return str(resolve(urlsplit(address).path).route)
    except Resolver404:
        return ""
