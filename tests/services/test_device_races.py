"""One participant at eight devices at once: what was acknowledged before handing in counts, and once."""

import random
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.enums import Layout
from assessments.models import Assessment
from lms.learning.domain import rebuild_scores
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries import current_answers
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as
from tests.services.threads import at_once

# Also on SQLite: a village has no other database.
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

DEVICES = 8
CHANGES = 6


@dataclass
class Device:
    """A browser with a sitting of its own, and what the server told it."""

    client: Client
    attempt: Attempt
    sitting: int
    chance: random.Random
    saved: dict[uuid.UUID, tuple[int, int, int, str]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)

    def change(self, sequence: int, choices: dict[int, list[str]]) -> None:
        position = self.chance.choice(sorted(choices))
        response = self.chance.choice(choices[position])
        event = uuid.uuid4()
        envelope = {"client_id": str(event), "sitting": self.sitting, "seq": sequence}
        address = reverse("learning:save", args=[self.attempt.pk, position])
        reply = self.client.post(address, {**envelope, "response": response})
        if reply.status_code == 200:
            self.saved[event] = (position, self.sitting, sequence, response)
        else:
            self.refused.append(reply.status_code)

    def hand_in(self) -> str:
        reply = self.client.post(reverse("learning:submit", args=[self.attempt.pk]))
        assert reply.status_code == 303
        return str(reply["Location"])


@pytest.fixture
def devices() -> list[Device]:
    enrolment = EnrolmentFactory()
    Assessment.objects.update(layout=Layout.ONE_PAGE)
    seated = []
    for number in range(DEVICES):
        client = Client()
        sign_in_as(client, enrolment.participant)
        client.post(reverse("learning:start", args=["pre"]))
        attempt = Attempt.objects.get()
        sitting = client.session["sittings"][str(attempt.pk)]
        seated.append(Device(client, attempt, sitting, random.Random(number)))
    return seated


def choices_of(attempt: Attempt) -> dict[int, list[str]]:
    one_of = attempt.items.filter(kind__in=["single", "true_false"])
    return {item.position: item.option_order for item in one_of}


def expected(devices: list[Device]) -> dict[int, Any]:
    """What counts of all that was acknowledged: the latest sitting, and in it the latest change."""
    events = [(*place, event) for device in devices for event, place in device.saved.items()]
    ordered = sorted(events, key=lambda entry: (entry[1], entry[2], entry[4]))
    return {position: response for position, _sitting, _sequence, response, _event in ordered}


@pytest.mark.parametrize("round_", range(3))
def test_eight_devices_that_save_and_hand_in_at_once_agree(devices: list[Device], round_: int) -> None:
    attempt = devices[0].attempt
    choices = choices_of(attempt)
    assert len({device.sitting for device in devices}) == DEVICES

    def use(device: Device) -> str:
        for sequence in range(1, CHANGES + 1):
            device.change(sequence, choices)
            if device is devices[round_] and sequence == CHANGES // 2:
                device.hand_in()
        return device.hand_in()

    places = set(at_once([lambda device=device: use(device) for device in devices]))
    attempt.refresh_from_db()
    assert places == {reverse("learning:result", args=[attempt.pk])}
    assert {code for device in devices for code in device.refused} <= {409}
    known = {event for device in devices for event in device.saved}
    assert set(AnswerEvent.objects.values_list("pk", flat=True)) == known
    answers = {item.position: current_answers(attempt).get(item.pk) for item in attempt.items.all()}
    assert {place: answer for place, answer in answers.items() if answer is not None} == expected(devices)
    assert attempt.score is not None
    assert rebuild_scores(attempt=attempt, write=False) == []
