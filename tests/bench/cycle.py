"""What a participant does with a test, request by request: sign in, start, answer, look over, hand in.

A session is anything with ``req(method, path, data) -> (status, address, text)`` that follows redirects and
keeps cookies in ``ck``.
"""

import html
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol
from uuid import uuid4

Fields = list[tuple[str, str]]
Step = tuple[str, float]

_TAG = re.compile(r"<(?:input|button|textarea|select|option|form|/select)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_ENVELOPE = ("csrfmiddlewaretoken", "client_id", "sitting", "seq")
_DONT_KNOW = ("dont-know", "dont_know")


class Session(Protocol):
    ck: dict[str, str]

    def req(self, method: str, path: str, data: Any = None) -> tuple[int, str, str]: ...


class RefusedError(RuntimeError):
    """The site answered something else than a participant would expect."""


def sign_in(session: Session, person: dict[str, str]) -> None:
    """Code and PIN, and "yes, that is me"."""
    _must(session.req("GET", "/masuk/"), "/masuk/")
    _must(session.req("POST", "/masuk/", _form(session, **person)), "/masuk/nama/")
    _must(session.req("POST", "/masuk/nama/", _form(session)), "/beranda/")


def take(session: Session, *, occasion: str = "pre", by_script: bool = False) -> list[Step]:
    """Start, answer all, look it over, hand in, see the result. Returns the steps with their seconds.

    ``by_script`` saves each answer when it is given, as ``answer.js`` does, before a button is pressed.
    """
    steps: list[Step] = []

    def timed(name: str, method: str, path: str, data: Any = None) -> tuple[str, str]:
        begun = time.perf_counter()
        answer = session.req(method, path, data)
        steps.append((name, time.perf_counter() - begun))
        return _must(answer, "/")

    address, text = timed("start", "POST", f"/tes/{occasion}/mulai/", _form(session))
    while not address.endswith("/periksa/"):
        fields, answers = filled(text)
        if by_script:
            for name, path, body in saves(text, fields, answers):
                timed(name, "POST", path, body)
        go = "next" if 'value="next"' in text else "review"
        data = [*fields, *(pair for pairs in answers.values() for pair in pairs), ("go", go)]
        address, text = timed("answer", "POST", address, data)
    address, text = timed("submit", "POST", address.replace("/periksa/", "/kumpulkan/"), _form(session))
    if not address.endswith("/hasil/"):
        raise RefusedError(f"no result, but {address}")
    return steps


def saves(text: str, fields: Fields, answers: dict[str, Fields]) -> Iterator[tuple[str, str, Fields]]:
    """The requests by which the script saves each question of a page, in order."""
    addresses = re.findall(r'data-save-url="([^"]+)"', text)
    envelope = dict(fields)
    for number, (address, (name, pairs)) in enumerate(zip(addresses, answers.items(), strict=True)):
        own = {
            "client_id": envelope.get("client_id", str(uuid4())) if len(addresses) == 1 else str(uuid4()),
            "sitting": envelope.get("sitting", "1"),
            "seq": str(int(envelope.get("seq", "1")) + number),
            "csrfmiddlewaretoken": envelope["csrfmiddlewaretoken"],
        }
        yield "save", address, [*own.items(), *((_alone(key, name), value) for key, value in pairs)]


def fresh_envelope(sequence: int) -> Fields:
    """An event of its own: a new id, at this place in its sitting."""
    return [("client_id", str(uuid4())), ("seq", str(sequence))]


def filled(text: str) -> tuple[Fields, dict[str, Fields]]:
    """The hidden fields of the question form, and an answer to each of its questions by its field's name."""
    start = text.index("data-answer-form")
    inside = text[text.rindex("<form", 0, start) : text.index("</form>", start)]
    hidden: Fields = []
    answers: dict[str, Fields] = {}
    chosen: set[str] = set()
    places: Counter[str] = Counter()
    select, options = "", 0
    for tag in _TAG.findall(inside):
        given = dict(_ATTRIBUTE.findall(tag.partition(" ")[2]))
        name, value = given.get("name", ""), html.unescape(given.get("value", ""))
        question = name.partition("-")[0]
        if tag.startswith("<select"):
            select, options = name, 0
            places[question] += 1
        elif tag.startswith("</select"):
            select = ""
        elif tag.startswith("<option") and select and value:
            options += 1
            owner = select.partition("-")[0]
            if options == places[owner]:
                answers.setdefault(owner, []).append((select, value))
        elif given.get("type") == "hidden":
            hidden.append((name, value))
        elif given.get("type") in ("radio", "checkbox"):
            if question not in chosen and value not in _DONT_KNOW and "dont" not in name:
                chosen.add(question)
                answers.setdefault(question, []).append((name, value))
        elif tag.startswith(("<input", "<textarea")) and name and name not in _ENVELOPE:
            answers.setdefault(question, []).append((name, "12"))
    return hidden, answers


def _alone(name: str, question: str) -> str:
    """The name of a field as it is when its question is sent alone."""
    return "response" + name.removeprefix(question)


def _form(session: Session, **fields: str) -> Fields:
    return [("csrfmiddlewaretoken", session.ck.get("csrftoken", "")), *fields.items()]


def _must(answer: tuple[int, str, str], place: str) -> tuple[str, str]:
    status, address, text = answer
    if status != 200 or not address.startswith(place):
        told = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        raise RefusedError(f"{status} at {address}: {told[:300]}")
    return address, text
