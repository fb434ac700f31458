"""The idle clock of a shared computer."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.lms.people.conftest import BEAT, CONFIRM, OWN_PAGE, SIGN_IN, SIGN_OUT, Card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]
Enter = Callable[[Card], None]
IDLE_NOTICE = "bb-message--info"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(
        datetime.datetime(2026, 6, 1, 9, tzinfo=datetime.UTC), tick=False
    ) as coordinates:
        yield coordinates


def is_in(client: Client) -> bool:
    return client.get(OWN_PAGE).status_code == 200


def test_just_under_ten_minutes_is_still_signed_in(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(599)
    assert is_in(client)


def test_ten_minutes_without_a_sign_of_life_sign_out_for_good(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    before = client.cookies["bb_session"].value
    clock.shift(600)
    response = client.get(OWN_PAGE)
    assert response.status_code == 302
    assert response.cookies["bb_session"].value not in ("", before)
    assert "no-store" in response["Cache-Control"]
    clock.shift(-300)
    assert not is_in(client)


def test_the_sign_in_page_says_once_why_the_person_was_signed_out(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(601)
    bounced = client.get(OWN_PAGE)["Location"]
    page = client.get(bounced).content.decode()
    assert IDLE_NOTICE in page
    assert "10" in page
    assert "Kenari" not in page
    assert IDLE_NOTICE not in client.get(bounced).content.decode()


def test_a_page_that_signs_out_for_idleness_gets_the_same_notice(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    client.post(SIGN_OUT, {"reason": "idle"})
    assert IDLE_NOTICE in client.get(SIGN_IN).content.decode()


def test_who_signs_out_by_hand_is_not_told_about_idleness(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    client.post(SIGN_OUT)
    assert IDLE_NOTICE not in client.get(SIGN_IN).content.decode()


def test_opening_pages_keeps_the_person_signed_in(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    for _ in range(4):
        clock.shift(540)
        assert is_in(client)


def test_only_a_posted_heartbeat_is_a_sign_of_life(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(400)
    assert client.post(BEAT).status_code == 204
    clock.shift(400)
    assert client.get(BEAT).status_code == 204
    clock.shift(200)
    assert client.get(BEAT).status_code == 401


def test_a_posted_heartbeat_counts_at_once(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    """The page counts its ten minutes from the last touch: the server must never be ahead of it."""
    enter(card)
    clock.shift(20)
    client.post(BEAT)
    clock.shift(599)
    assert is_in(client)


def test_page_views_in_quick_succession_do_not_write_the_session(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(29)
    assert "bb_session" not in client.get(OWN_PAGE).cookies
    clock.shift(1)
    assert "bb_session" in client.get(OWN_PAGE).cookies


def test_who_does_not_answer_the_question_about_the_name_is_forgotten_too(
    client: Client, card: Card, clock: time_machine.Traveller
) -> None:
    client.post(SIGN_IN, card.fields)
    clock.shift(600)
    assert client.get(CONFIRM)["Location"] == SIGN_IN


def test_a_clock_set_back_starts_the_ten_minutes_anew_and_no_more(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(datetime.timedelta(days=-1000))
    assert is_in(client)
    clock.shift(600)
    assert not is_in(client)


def test_a_clock_set_forward_signs_out(
    client: Client, card: Card, enter: Enter, clock: time_machine.Traveller
) -> None:
    enter(card)
    clock.shift(datetime.timedelta(days=1000))
    assert not is_in(client)
