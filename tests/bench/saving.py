"""What it costs in this process to save an answer and to show a page: queries and CPU."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.ids import new_id
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.models import Attempt, AttemptItem
from lms.people.models import Participant
from tests.bench.training import Crowd
from tests.helpers import sign_in_as

_ROUNDS = 100
_HOST = {"HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip"}


@dataclass(frozen=True)
class Cost:
    queries: int
    writes: int
    cpu_ms: float


def cost_of_saving(crowd: Crowd) -> Cost:
    """Changing the answer to a question with one right option, in a test of this crowd."""
    attempt, client, sitting = _seated(crowd)
    item: AttemptItem = attempt.items.filter(kind="single").order_by("-position")[0]
    sequence = 0

    def save() -> None:
        nonlocal sequence
        sequence += 1
        data = {
            "client_id": str(new_id()),
            "sitting": sitting,
            "seq": sequence,
            "response": item.option_order[sequence % len(item.option_order)],
        }
        response = client.post(f"/tes/{attempt.pk}/soal/{item.position}/simpan/", data)
        if response.status_code != 200:
            raise RuntimeError(f"Saving answered {response.status_code}.")

    return _cost(save)


def cost_of_looking(crowd: Crowd, page: str, *places: int) -> Cost:
    """Opening a page of an attempt."""
    attempt, client, _sitting = _seated(crowd)
    path = reverse(f"learning:{page}", args=[attempt.pk, *places])

    def look() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}.")

    return _cost(look)


def _seated(crowd: Crowd) -> tuple[Attempt, Client, int]:
    person = Participant.objects.get(code=crowd.people[-1]["code"])
    attempt = start_attempt(enrolment=person.enrolments.get(), occasion="pre")
    client = Client(**_HOST)
    sign_in_as(client, person)
    return attempt, client, open_sitting(attempt=attempt)


def _cost(work: Callable[[], None]) -> Cost:
    for _warming in range(5):
        work()
    with CaptureQueriesContext(connection) as captured:
        work()
    statements = [query["sql"] for query in captured]
    used = []
    for _round in range(_ROUNDS):
        begun = time.process_time()
        work()
        used.append(time.process_time() - begun)
    begins = sum(statement.startswith("BEGIN") for statement in statements)
    return Cost(len(statements), begins, 1000 * statistics.median(used))
