"""Budgets of wrong sign-ins: how many, for how long, and that nothing slips past them."""

import datetime
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from lms.people.domain import issue_pin, sign_in
from lms.people.hashers import PinHasher
from lms.people.models import Participant, SignInBudget
from tests.lms.people.conftest import Card, make_card

START = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that Argon2 ran."""
    runs: list[str] = []
    encode, verify = PinHasher.encode, PinHasher.verify

    def counted_encode(self: PinHasher, password: str, salt: str) -> str:
        runs.append("encode")
        return encode(self, password, salt)

    def counted_verify(self: PinHasher, password: str, encoded: str) -> bool:
        runs.append("verify")
        return verify(self, password, encoded)

    monkeypatch.setattr(PinHasher, "encode", counted_encode)
    monkeypatch.setattr(PinHasher, "verify", counted_verify)
    return runs


def attempt(code: str, pin: str, device: str = "d") -> str:
    """ "in", or the code of the refusal."""
    try:
        sign_in(code=code, pin=pin, device=device)
    except ValidationError as refusal:
        return str(refusal.code)
    return "in"


def minutes_to_wait(code: str, pin: str, device: str = "d") -> int:
    with pytest.raises(ValidationError) as refusal:
        sign_in(code=code, pin=pin, device=device)
    assert refusal.value.code == "too_many"
    return int(refusal.value.params["minutes"])


def wrong(card: Card, times: int, device: str = "d") -> list[str]:
    return [attempt(card.participant.code, card.wrong_pin, device) for _ in range(times)]


def test_the_right_pin_lets_in(card: Card) -> None:
    typed = f" {card.participant.code.lower()[:2]}-{card.participant.code.lower()[2:]} "
    assert sign_in(code=typed, pin=card.pin, device="d") == card.participant


def test_after_five_wrong_tries_the_right_pin_has_to_wait_as_well(card: Card, hashed: list[str]) -> None:
    with time_machine.travel(START, tick=False):
        assert wrong(card, 5) == ["wrong"] * 5
        assert minutes_to_wait(card.participant.code, card.pin) == 15
    assert len(hashed) == 5


def test_the_wait_is_over_when_it_was_said_to_be(card: Card) -> None:
    with time_machine.travel(START, tick=False) as clock:
        wrong(card, 5)
        clock.shift(15 * 60 - 1)
        assert minutes_to_wait(card.participant.code, card.pin) == 1
        clock.shift(1)
        assert attempt(card.participant.code, card.pin) == "in"


def test_each_further_lockout_lasts_twice_as_long_up_to_a_day(card: Card) -> None:
    waits = []
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(9):
            wrong(card, 5)
            waits.append(minutes_to_wait(card.participant.code, card.pin))
            clock.shift(waits[-1] * 60)
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


@pytest.mark.parametrize(("scope", "minutes"), [("DEVICE", 15), ("INSTALLATION", 60)])
def test_a_stranger_cannot_stretch_the_wait_of_a_computer_or_of_everybody(
    db: None, settings: Any, scope: str, minutes: int
) -> None:
    """Only a person's wait doubles: a new PIN ends it, and nothing ends the others."""
    setattr(settings, f"LMS_SIGN_IN_BUDGET_{scope}", (2, minutes * 60))
    waits = []
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(3):
            strangers = [make_card() for _ in range(2)]
            assert [wrong(card, 1)[0] for card in strangers] == ["wrong"] * 2
            waits.append(minutes_to_wait(make_card().participant.code, "000000"))
            clock.shift(waits[-1] * 60)
    assert waits == [minutes] * 3


def test_the_last_time_that_somebody_signed_in_is_known(card: Card) -> None:
    with time_machine.travel(START, tick=False):
        wrong(card, 1)
        card.participant.refresh_from_db()
        assert card.participant.last_signed_in_at is None
        attempt(card.participant.code, card.pin)
    card.participant.refresh_from_db()
    assert card.participant.last_signed_in_at == START


def test_a_window_that_was_not_used_up_ends_the_doubling(card: Card) -> None:
    with time_machine.travel(START, tick=False) as clock:
        wrong(card, 5)
        clock.shift(15 * 60)
        wrong(card, 1)
        clock.shift(15 * 60)
        wrong(card, 5)
        assert minutes_to_wait(card.participant.code, card.pin) == 15


def test_a_day_of_rest_ends_the_doubling(card: Card) -> None:
    with time_machine.travel(START, tick=False) as clock:
        wrong(card, 5)
        clock.shift(datetime.timedelta(days=1, minutes=15))
        wrong(card, 5)
        assert minutes_to_wait(card.participant.code, card.pin) == 15


def test_wrong_tries_are_forgotten_after_a_right_one(card: Card) -> None:
    for _ in range(3):
        assert wrong(card, 4) == ["wrong"] * 4
        assert attempt(card.participant.code, card.pin) == "in"
    assert set(SignInBudget.objects.exclude(scope="installation").values_list("failures", flat=True)) == {0}


def test_a_right_try_costs_the_installation_nothing(card: Card) -> None:
    attempt(card.participant.code, card.pin)
    wrong(card, 1)
    assert SignInBudget.objects.get(scope="installation").failures == 1


def test_a_device_has_its_own_budget_over_all_people(db: None) -> None:
    cards = [make_card() for _ in range(5)]
    answers = Counter(answer for card in cards[:4] for answer in wrong(card, 5, device="one"))
    assert answers == {"wrong": 20}
    assert attempt(cards[4].participant.code, cards[4].pin, device="one") == "too_many"
    assert attempt(cards[4].participant.code, cards[4].pin, device="two") == "in"


def test_the_installation_has_a_budget_over_all_devices(db: None, settings: Any) -> None:
    settings.LMS_SIGN_IN_BUDGET_INSTALLATION = (7, 3600)
    cards = [make_card() for _ in range(10)]
    answers = [wrong(card, 1, device=f"d{number}")[0] for number, card in enumerate(cards)]
    assert answers == ["wrong"] * 7 + ["too_many"] * 3


def test_a_refused_try_is_not_counted_anywhere(card: Card) -> None:
    wrong(card, 5)
    before = list(SignInBudget.objects.order_by("pk").values())
    wrong(card, 3)
    assert list(SignInBudget.objects.order_by("pk").values()) == before


def test_a_device_that_calls_itself_like_a_code_spends_only_its_own_budget(card: Card) -> None:
    other = make_card()
    wrong(other, 5, device=card.participant.code)
    assert attempt(card.participant.code, card.pin, device="d") == "in"
    assert SignInBudget.objects.filter(scope="device", failures=5).count() == 1


def test_a_new_pin_from_the_trainer_ends_the_wait_of_the_person(card: Card) -> None:
    wrong(card, 5)
    pin = issue_pin(participant=card.participant)
    assert attempt(card.participant.code, pin) == "in"


@pytest.mark.parametrize("make_unusable", [{"is_active": False}, {"pin_hash": ""}, {"code": "MOVED"}])
def test_unknown_or_switched_off_answers_like_a_wrong_pin_at_the_same_price(
    card: Card, hashed: list[str], make_unusable: dict[str, Any]
) -> None:
    code = card.participant.code
    known = wrong(card, 6)
    price = len(hashed)
    hashed.clear()
    SignInBudget.objects.all().delete()
    Participant.objects.filter(pk=card.participant.pk).update(**make_unusable)

    assert [attempt(code, card.pin) for _ in range(6)] == known == ["wrong"] * 5 + ["too_many"]
    assert len(hashed) == price == 5


def test_the_refusal_of_an_unknown_code_reads_like_that_of_a_wrong_pin(card: Card) -> None:
    texts = set()
    for code in (card.participant.code, "XXXXX"):
        with pytest.raises(ValidationError) as refusal:
            sign_in(code=code, pin=card.wrong_pin, device="d")
        texts.add(str(refusal.value.messages))
    assert len(texts) == 1


def test_a_try_is_counted_before_the_pin_is_looked_at(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes parallel tries safe, shown one after the other: each finds the tries of those under way."""
    seen = []

    def look(self: PinHasher, password: str, encoded: str) -> bool:
        seen.append(SignInBudget.objects.get(scope="person").failures)
        # While this one is being computed, another request comes in.
        if len(seen) < 9:
            seen.append(attempt(card.participant.code, card.wrong_pin, device=f"other{len(seen)}"))
        return False

    monkeypatch.setattr(PinHasher, "verify", look)
    wrong(card, 1)
    assert seen == [1, 2, 3, 4, 5, "too_many", "wrong", "wrong", "wrong", "wrong"]


@pytest.mark.django_db(transaction=True)
def test_the_count_outlives_a_request_that_fails_later() -> None:
    """It refuses to be part of a larger transaction, whose rollback would give the tries back."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sign_in(code="T0001", pin="000000", device="d")


def fifty_at_once(card: Card, hashed: list[str]) -> Counter[str]:
    barrier = threading.Barrier(50)

    def one(number: int) -> str:
        barrier.wait()
        try:
            return attempt(card.participant.code, card.wrong_pin, device=f"d{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        return Counter(pool.map(one, range(50)))


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_fifty_wrong_tries_at_once_exactly_five_are_evaluated(hashed: list[str]) -> None:
    card = make_card()
    hashed.clear()
    assert fifty_at_once(card, hashed) == {"wrong": 5, "too_many": 45}
    assert len(hashed) == 5
    person = SignInBudget.objects.get(scope="person")
    assert (person.failures, person.lockouts) == (5, 1)
