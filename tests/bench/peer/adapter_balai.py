"""For the driver that measures several learning systems alike (``BASE, procs(), login(), view_path(),
check_view(), cycle()``): it is given this folder and this repository on ``PYTHONPATH``.

The site runs already; the environment says where and who: ``BALAI_ADDRESS`` (``127.0.0.1:8000``),
``BALAI_PID`` (the server's), ``BALAI_CARDS`` (the file that ``python -m tests.bench.training`` wrote).
Person ``i`` is the ``i``-th of all crowds one after the other: first those who have ten questions on one
page, then those who have a page for each question. ``quiz`` is an occasion, with ``-script`` behind it if
each answer is saved when it is given.
"""

import os
from pathlib import Path
from typing import Any

from tests.bench import cycle as participant
from tests.bench.training import read_cards

_host, _, _port = os.environ.get("BALAI_ADDRESS", "127.0.0.1:8000").partition(":")
BASE = (_host, int(_port))
_PEOPLE = [
    person for crowd in read_cards(Path(os.environ["BALAI_CARDS"])).values() for person in crowd.people
]
_PAGES = {"page": "/beranda/", "sign-in": "/masuk/"}


def procs() -> dict[str, list[int]]:
    return {"web": [int(os.environ["BALAI_PID"])]}


def login(session: Any, number: int) -> None:
    participant.sign_in(session, _PEOPLE[number - 1])


def view_path(key: str) -> str:
    return _PAGES.get(key, "/beranda/")


def check_view(answer: tuple[int, str, str], key: str) -> None:
    status, address, text = answer
    if status != 200 or "</html>" not in text:
        raise RuntimeError(f"{status} at {address}")


def cycle(session: Any, quiz: str) -> list[tuple[str, float]]:
    occasion, _, way = quiz.partition("-")
    return participant.take(session, occasion=occasion, by_script=way == "script")
