"""Many participants at once against a running server, each on a connection of its own."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.bench import cycle
from tests.bench.site import Server
from tests.bench.visitor import Visitor

Person = dict[str, str]
# Saves of each participant in a row, without a pause: harder than people are.
_CHANGES = 10


@dataclass(frozen=True)
class Measured:
    """What a crowd met."""

    seconds: list[float]
    errors: list[str]
    server_cpu: float
    wall: float

    def at(self, share: float) -> float:
        """Milliseconds within which this share of the requests (or cycles) was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the server's CPU for each of them."""
        return 1000 * self.server_cpu / max(len(self.seconds), 1)


def visitor_of(server: Server, person: Person) -> Visitor:
    """A connection on which this person has signed in."""
    address = urlsplit(server.address)
    visitor = Visitor(address.hostname or "", address.port or 80)
    cycle.sign_in(visitor, person)
    return visitor


def cycles(server: Server, people: Sequence[Person], *, at_once: int, by_script: bool = False) -> Measured:
    """Everybody takes the pre-test, so many at a time. Signing in is not counted."""
    visitors = [visitor_of(server, person) for person in people]

    def take(visitor: Visitor) -> list[float]:
        begun = time.perf_counter()
        cycle.take(visitor, by_script=by_script)
        return [time.perf_counter() - begun]

    return _measure(server, visitors, at_once, take)


def saves(server: Server, people: Sequence[Person]) -> Measured:
    """Everybody has a test open and changes one answer again and again, all at the same moment."""
    visitors = [visitor_of(server, person) for person in people]
    ready = {id(visitor): _open_question(visitor) for visitor in visitors}
    gate = threading.Barrier(len(visitors))

    def change(visitor: Visitor) -> list[float]:
        path, body = ready[id(visitor)]
        gate.wait()
        return [_one_save(visitor, path, body, number) for number in range(_CHANGES)]

    return _measure(server, visitors, len(visitors), change)


def _open_question(visitor: Visitor) -> tuple[str, cycle.Fields]:
    token = [("csrfmiddlewaretoken", visitor.ck["csrftoken"])]
    _status, _address, text = visitor.req("POST", "/tes/pre/mulai/", token)
    _name, path, body = next(cycle.saves(text, *cycle.filled(text)))
    return path, body


def _one_save(visitor: Visitor, path: str, body: cycle.Fields, number: int) -> float:
    fresh = dict(cycle.fresh_envelope(number + 1))
    begun = time.perf_counter()
    status, _headers, text = visitor.once("POST", path, [(k, fresh.get(k, v)) for k, v in body])
    if status != 200:
        raise cycle.RefusedError(f"{status}: {text[:200]}")
    return time.perf_counter() - begun


def _measure(
    server: Server, visitors: Iterable[Visitor], at_once: int, work: Callable[[Visitor], list[float]]
) -> Measured:
    visitors = list(visitors)
    seconds: list[float] = []
    errors: list[str] = []
    cpu, begun = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        for future in [pool.submit(work, visitor) for visitor in visitors]:
            try:
                seconds += future.result()
            except Exception as error:  # noqa: BLE001 - whatever went wrong is the finding
                errors.append(repr(error))
    measured = Measured(seconds, errors, server.cpu_seconds() - cpu, time.perf_counter() - begun)
    for visitor in visitors:
        visitor.close()
    return measured
