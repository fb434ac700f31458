"""Writers of one process take turns on SQLite, in the order in which they came, whatever happens to one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lms.people.models import Organisation
from lms.settings.sqlite.base import Turns, turns_of
from tests.services.threads import at_once

LONG = 20.0


def free(turns: Turns) -> bool:
    """Whether nobody has the turn."""
    taken = turns.take(0.01)
    if taken:
        turns.give()
    return taken


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order, queued = Turns(), list[int](), threading.Semaphore(0)
    turns.take(LONG)

    def wait(number: int) -> None:
        queued.release()
        turns.take(LONG)
        order.append(number)
        turns.give()

    with ThreadPoolExecutor(5) as pool:
        for number in range(5):
            pool.submit(wait, number)
            queued.acquire()
            while len(turns._waiting) <= number:
                threading.Event().wait(0.001)
        turns.give()
    assert order == [0, 1, 2, 3, 4]
    assert free(turns)


def test_who_loses_patience_leaves_the_queue_and_nobody_waits_for_them() -> None:
    turns = Turns()
    turns.take(LONG)
    assert turns.take(0.01) is False
    turns.give()
    assert free(turns)


def own_turns() -> Turns:
    return turns_of(str(connection.settings_dict["NAME"]))


def ends_well() -> None:
    with transaction.atomic(), transaction.atomic():
        Organisation.objects.create(name="Dinas", short_code="D")


def write_and_fail() -> None:
    with transaction.atomic():
        Organisation.objects.create(name="Dinas", short_code="D")
        raise ZeroDivisionError


def ends_in_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail()


def ends_inside() -> None:
    """The inner part is rolled back; the turn stays with the outer one."""
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        assert not free(own_turns())


def lose_the_connection() -> None:
    with transaction.atomic():
        connection.connection.close()
        Organisation.objects.count()


def ends_with_the_connection() -> None:
    with pytest.raises(DatabaseError):
        lose_the_connection()
    connection.close()


ENDS = [ends_well, ends_in_an_error, ends_inside, ends_with_the_connection]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ENDS)
def test_the_turn_is_handed_on_however_a_transaction_ends(end: Callable[[], None]) -> None:
    end()
    assert free(own_turns())


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_lose_no_change() -> None:
    organisation: Any = Organisation.objects.create(name="0", short_code="D")

    def count() -> None:
        for _round in range(5):
            with transaction.atomic():
                fresh = Organisation.objects.select_for_update().get(pk=organisation.pk)
                fresh.name = str(int(fresh.name) + 1)
                fresh.save()

    at_once([count] * 16)
    organisation.refresh_from_db()
    assert organisation.name == "80"
    assert free(own_turns())
