"""The power goes while a whole room saves. What anybody was told is saved is there afterwards, once."""

import http.client
import json
import random
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.bench import cycle
from tests.bench.visitor import Visitor
from tests.browser.support_installation import SECONDS_TO_START, Installation, prepare

pytestmark = pytest.mark.browser

PEOPLE = 8
SAVES = 200
# After so many acknowledged saves, in the middle of the next ones.
CUTS = (30, 80, 120, 170)
# A save is sent again until it is acknowledged; each cut spoils at most a few tries.
TRIES = 30
EVENTS = "SELECT lower(id), item_id, sitting, sequence, response FROM learning_answerevent"
RESULTS = "SELECT count(*), count(DISTINCT enrolment_id), count(score) FROM learning_attempt"
_RADIO = re.compile(r'type="radio" name="response" value="([^"]+)"')
_BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Event:
    """One change of an answer, as the browser's outbox holds it."""

    identity: str
    path: str
    sitting: int
    sequence: int
    response: str


@dataclass
class Client:
    """A participant's browser: makes events, and sends each until the server says that it has it."""

    visitor: Visitor
    questions: list[tuple[str, list[str]]]
    sitting: int
    chance: random.Random
    sent: list[Event] = field(default_factory=list)

    def next_event(self) -> Event:
        path, options = self.chance.choice(self.questions)
        response = self.chance.choice(options) if options else str(self.chance.randrange(10**6))
        event = Event(uuid.uuid4().hex, path, self.sitting, len(self.sent) + 1, response)
        self.sent.append(event)
        return event


class Room:
    """Power, and who was told what."""

    def __init__(self) -> None:
        self.power = threading.Event()
        self.told = threading.Condition()
        self.acknowledged: list[str] = []

    def note(self, event: Event) -> None:
        with self.told:
            self.acknowledged.append(event.identity)
            self.told.notify_all()

    def wait_for(self, number: int) -> None:
        with self.told:
            assert self.told.wait_for(lambda: len(self.acknowledged) >= number, timeout=SECONDS_TO_START)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    prepare(tmp_path / "var", f"make_room({PEOPLE})")
    running = Installation(tmp_path / "var")
    running.start()
    yield running
    running.cut_power()


@pytest.fixture
def clients(installation: Installation) -> Iterator[list[Client]]:
    seated = [sit_down(installation, number) for number in range(PEOPLE)]
    yield seated
    for client in seated:
        client.visitor.close()


def sit_down(installation: Installation, number: int) -> Client:
    """Sign in, begin the pre-test, and look at each question that can be answered in one field."""
    visitor = Visitor("127.0.0.1", installation.port)
    cycle.sign_in(visitor, installation.card["people"][number])
    token = {"csrfmiddlewaretoken": visitor.ck["csrftoken"]}
    _status, address, text = visitor.req("POST", "/tes/pre/mulai/", token)
    sitting = int(dict(cycle.filled(text)[0])["sitting"])
    questions = []
    for position in range(1, 7):
        path = f"{address.rsplit('/', 2)[0]}/{position}/"
        _status, _address, text = visitor.req("GET", path)
        options = _RADIO.findall(text)
        if options or 'name="response" type="text"' in text or 'inputmode="decimal"' in text:
            questions.append((f"{path}simpan/", options))
    assert len(questions) >= 3, "single choice, true or false, a number"
    return Client(visitor, questions, sitting, random.Random(number))


def send(client: Client, event: Event, room: Room) -> None:
    """Send until it is acknowledged, as ``answer.js`` does: the same id each time."""
    fields = {
        "csrfmiddlewaretoken": client.visitor.ck["csrftoken"],
        "client_id": event.identity,
        "sitting": event.sitting,
        "seq": event.sequence,
        "response": event.response,
    }
    for _try in range(TRIES):
        assert room.power.wait(SECONDS_TO_START)
        try:
            status, _headers, text = client.visitor.once("POST", event.path, fields)
        except _BROKEN:
            client.visitor.close()
            continue
        assert status == 200, text
        assert json.loads(text)["saved"] is True
        room.note(event)
        return
    pytest.fail(f"never acknowledged in {TRIES} tries")


def save_all(client: Client, room: Room) -> None:
    """Own share of the saves; now and then an old one is sent again, and two overtake each other."""
    while len(client.sent) < SAVES // PEOPLE:
        first = client.next_event()
        if len(client.sent) % 5 == 0 and len(client.sent) < SAVES // PEOPLE:
            send(client, client.next_event(), room)
        send(client, first, room)
        if len(client.sent) % 7 == 0:
            send(client, client.chance.choice(client.sent), room)


def cut_again_and_again(installation: Installation, room: Room) -> None:
    for number in CUTS:
        room.wait_for(number)
        room.power.clear()
        installation.cut_power()
        installation.start()
        room.power.set()


def final_state(clients: list[Client]) -> dict[str, dict[str, str]]:
    """What each question is answered with in the end: the last change wins."""
    return {
        path: event.response
        for client in clients
        for path, event in ((event.path, event) for event in sorted(client.sent, key=lambda e: e.sequence))
    }


def stored_state(installation: Installation) -> tuple[list[str], dict[str, Any]]:
    """Ids in the database file, and the current response by the address of its question."""
    items = {
        item: f"/tes/{uuid.UUID(attempt)}/soal/{position}/simpan/"
        for item, attempt, position in installation.rows(
            "SELECT id, attempt_id, position FROM learning_attemptitem"
        )
    }
    by_place = defaultdict(list)
    identities = []
    for identity, item, sitting, sequence, response in installation.rows(EVENTS):
        identities.append(identity)
        by_place[items[item]].append((sitting, sequence, identity, json.loads(response)))
    return identities, {path: max(events)[3] for path, events in by_place.items()}


def test_eight_people_save_two_hundred_answers_through_four_power_cuts(
    installation: Installation, clients: list[Client]
) -> None:
    room = Room()
    room.power.set()
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        works = [pool.submit(cut_again_and_again, installation, room)]
        works += [pool.submit(save_all, client, room) for client in clients]
        for work in works:
            work.result(SECONDS_TO_START * 4)

    installation.cut_power()
    sent = [event.identity for client in clients for event in client.sent]
    identities, state = stored_state(installation)
    assert len(sent) == SAVES
    assert set(sent) == set(room.acknowledged)
    assert sorted(identities) == sorted(sent), "each answer once, and nothing else"
    assert state == final_state(clients)

    installation.start()
    for client in clients:
        client.visitor.close()
        attempt = client.questions[0][0].split("/soal/")[0]
        token = {"csrfmiddlewaretoken": client.visitor.ck["csrftoken"]}
        _status, address, _text = client.visitor.req("POST", f"{attempt}/kumpulkan/", token)
        assert address == f"{attempt}/hasil/"
    assert installation.rows(RESULTS) == [(PEOPLE, PEOPLE, PEOPLE)]
