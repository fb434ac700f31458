"""A person with a card, and a browser in front of the site."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from lms.people.domain import issue_pin
from lms.people.models import Participant
from tests.factories import ParticipantFactory

SIGN_IN, CONFIRM, SIGN_OUT, BEAT, OWN_PAGE = "/masuk/", "/masuk/nama/", "/keluar/", "/denyut/", "/beranda/"


@dataclass(frozen=True)
class Card:
    """What is printed for a participant."""

    participant: Participant
    pin: str

    @property
    def fields(self) -> dict[str, str]:
        return {"code": self.participant.code, "pin": self.pin}

    @property
    def wrong_pin(self) -> str:
        return f"{(int(self.pin) + 1) % 1_000_000:06d}"


def make_card(**fields: Any) -> Card:
    participant = ParticipantFactory(**fields)
    return Card(participant, issue_pin(participant=participant))


@pytest.fixture
def card(db: None) -> Card:
    return make_card(full_name="Kenari Dua Belas", dusun="Liu")


@pytest.fixture
def small_site(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.lms.people.site"


@pytest.fixture
def enter(client: Client, small_site: None) -> Callable[[Card], None]:
    """Sign in and say yes to the name."""

    def enter_with(card: Card) -> None:
        client.post(SIGN_IN, card.fields)
        client.post(CONFIRM)

    return enter_with
