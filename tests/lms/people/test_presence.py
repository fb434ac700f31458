"""Where participants are signed in: one row each, written seldom, true for the newest sign-in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.people.domain import issue_pin, known_device, unlock, wrong_tries
from lms.people.domain.budgets import take_try, try_was_wrong
from lms.people.models import Device, Participant, Presence
from tests.factories import ParticipantFactory, make_staff
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Participant:
    return ParticipantFactory()


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(timezone.now(), tick=False) as stopped:
        yield stopped


def browser_of(person: Participant, device: str = "laptop") -> Client:
    client = Client()
    sign_in_as(client, person)
    client.cookies["bb_device"] = device
    return client


def look(client: Client) -> None:
    assert client.get(reverse("portal:dashboard")).status_code == 200


def beat(client: Client, method: str = "post") -> None:
    assert getattr(client, method)(reverse("people:heartbeat")).status_code == 204


def test_signing_in_with_code_and_pin_leads_to_a_presence(client: Client, person: Participant) -> None:
    pin = issue_pin(participant=person)
    client.get(reverse("people:sign_in"))
    client.post(reverse("people:sign_in"), {"code": person.code, "pin": pin})
    assert not Presence.objects.exists()
    client.post(reverse("people:confirm"))
    look(client)
    presence = Presence.objects.select_related("device").get()
    assert presence.participant == person
    assert presence.device == known_device(client.cookies["bb_device"].value)
    assert presence.ended_at is None


def test_the_cookie_of_a_device_is_not_kept(person: Participant) -> None:
    look(browser_of(person, "rahasia-perangkat"))
    assert "rahasia-perangkat" not in Device.objects.get().key


def test_a_browser_without_a_name_is_no_device(person: Participant) -> None:
    look(browser_of(person, ""))
    assert Presence.objects.get().device is None
    assert not Device.objects.exists()


def test_the_sign_in_page_names_a_device_that_was_used(
    client: Client, person: Participant, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    client.cookies["bb_device"] = "laptop"
    assert "This device" not in client.get(reverse("people:sign_in")).content.decode()
    look(browser_of(person))
    page = client.get(reverse("people:sign_in")).content.decode()
    assert f"This device: Computer {Device.objects.get().pk}" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_heartbeat_is_written_at_most_every_half_minute(
    person: Participant, clock: Any, method: str
) -> None:
    client = browser_of(person)
    look(client)
    begun = timezone.now()
    clock.shift(timedelta(seconds=29))
    beat(client, method)
    assert Presence.objects.get().seen_at == begun
    clock.shift(timedelta(seconds=2))
    beat(client, method)
    assert Presence.objects.get().seen_at == timezone.now()


def test_asking_whether_one_is_signed_in_keeps_nobody_signed_in(person: Participant, clock: Any) -> None:
    """A page that is left open tells that it is there, and is signed out all the same."""
    client = browser_of(person)
    look(client)
    for _minute in range(10):
        clock.shift(timedelta(seconds=61))
        last = client.get(reverse("people:heartbeat")).status_code
    assert last == 401


def test_another_page_is_written_at_once_and_the_same_one_is_not(person: Participant, clock: Any) -> None:
    client = browser_of(person)
    look(client)
    Presence.objects.update(place="x")
    clock.shift(timedelta(seconds=1))
    look(client)
    presence = Presence.objects.get()
    assert (presence.place, presence.place_since) == ("", timezone.now())
    clock.shift(timedelta(seconds=1))
    with CaptureQueriesContext(connection) as captured:
        look(client)
    assert not [query for query in captured if "UPDATE" in query["sql"]]


def test_signing_out_of_an_old_browser_leaves_the_new_one(person: Participant) -> None:
    old, new = browser_of(person, "old"), browser_of(person, "new")
    look(old)
    look(new)
    old.post(reverse("people:sign_out"))
    assert Presence.objects.get().ended_at is None
    new.post(reverse("people:sign_out"))
    assert Presence.objects.get().ended_at is not None


def test_signing_in_again_begins_anew(person: Participant, clock: Any) -> None:
    first = browser_of(person)
    look(first)
    first.post(reverse("people:sign_out"))
    clock.shift(timedelta(minutes=5))
    look(browser_of(person))
    presence = Presence.objects.get()
    assert (presence.signed_in_at, presence.ended_at) == (timezone.now(), None)


def test_staff_leave_no_presence(client: Client) -> None:
    client.force_login(make_staff("pelatih"))
    client.get(reverse("people:sign_in"))
    assert not Presence.objects.exists()


def test_a_busy_database_costs_the_presence_and_not_the_page(person: Participant) -> None:
    client = browser_of(person)
    with mock.patch("lms.people.middleware.note_presence", side_effect=OperationalError("locked")):
        look(client)
    assert not Presence.objects.exists()


def test_unlocking_forgets_the_wrong_tries_of_this_person_only(person: Participant) -> None:
    other = ParticipantFactory()
    for code in (person.code, other.code):
        for _time in range(5):
            try_was_wrong(take_try(code=code, device=f"{code}{_time}"))
    wrong = wrong_tries([person.code, other.code, "TIDAK"])
    assert {code: entry.failures for code, entry in wrong.items()} == {person.code: 5, other.code: 5}
    assert wrong[person.code].until is not None
    unlock(participant=person, actor=make_staff("pelatih"))
    assert set(wrong_tries([person.code, other.code])) == {other.code}


def test_wrong_tries_are_told_only_while_they_count(person: Participant, clock: Any) -> None:
    take_try(code=person.code, device="x")
    assert wrong_tries([person.code])[person.code].until is None
    clock.shift(timedelta(minutes=16))
    assert wrong_tries([person.code]) == {}
