"""Work is written with its change, done once, tried again when it fails, given up where one can see it."""

import datetime
import uuid
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from lms.outbox import domain, tasks
from lms.outbox.models import OutboxEntry, WorkerHeartbeat
from lms.outbox.queries import due_entries
from tests.lms.outbox.conftest import Work

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 6, 11, 4, 0, tzinfo=datetime.UTC)


def enqueued(work: Work, key: str = "k1", **payload: Any) -> OutboxEntry:
    with transaction.atomic():
        return domain.enqueue(kind=work.kind, key=key, payload=payload)


def test_the_work_is_done_once_however_often_it_is_run(work: Work) -> None:
    entry = enqueued(work, n=1)
    assert [domain.run_entry(entry.pk) for _ in range(3)] == [True, False, False]
    assert work.done == [{"n": 1}]
    entry.refresh_from_db()
    assert (entry.state, entry.attempts, entry.lease_until) == ("done", 1, None)


def test_asking_twice_with_one_key_is_asking_once(work: Work) -> None:
    first, second = enqueued(work, n=1), enqueued(work, n=2)
    assert first.pk == second.pk
    assert second.payload == {"n": 1}


def test_a_key_cannot_change_its_kind(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    enqueued(work)
    OutboxEntry.objects.update(kind="test.other")
    with pytest.raises(ValueError, match="belongs to"):
        enqueued(work)


def test_a_kind_that_nobody_handles_is_refused_when_asked_for(work: Work) -> None:
    with transaction.atomic(), pytest.raises(LookupError):
        domain.enqueue(kind="nobody", key="k", payload={})


@pytest.mark.django_db(transaction=True)
def test_asking_outside_a_transaction_is_refused(work: Work) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        domain.enqueue(kind=work.kind, key="k", payload={})


def test_a_change_that_is_rolled_back_leaves_no_work(work: Work) -> None:
    with transaction.atomic():
        domain.enqueue(kind=work.kind, key="k", payload={})
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_commit_nudges_a_worker_which_does_the_work(work: Work) -> None:
    entry = enqueued(work)
    entry.refresh_from_db()
    assert entry.state == "done"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", [OSError("disk full"), RuntimeError("anything at all")])
def test_a_broken_broker_does_not_reach_who_made_the_change(
    work: Work, trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise trouble

    monkeypatch.setattr(tasks.run_entry, "apply_async", refuse)
    entry = enqueued(work)
    assert OutboxEntry.objects.get(pk=entry.pk).state == "pending"
    monkeypatch.undo()
    assert due_entries(timezone.now(), limit=9) == [entry.pk]


def test_of_two_workers_that_saw_the_same_entry_one_gets_it(work: Work) -> None:
    entry = enqueued(work)
    assert domain._claim(entry.pk) is not None
    assert domain._claim(entry.pk) is None


def test_the_work_of_a_worker_that_died_is_free_when_its_lease_ends(work: Work) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        entry = enqueued(work)
        assert domain._claim(entry.pk) is not None
        clock.shift(datetime.timedelta(minutes=5))
        assert domain.run_entry(entry.pk) is False
        clock.shift(datetime.timedelta(minutes=2))
        assert domain.run_entry(entry.pk) is True
    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == ("done", 2)


def test_an_entry_that_is_gone_is_no_error(work: Work) -> None:
    assert domain.run_entry(uuid.uuid4()) is False


def test_a_failure_waits_and_is_tried_again(work: Work) -> None:
    work.fail_with = ValueError("not now")
    with time_machine.travel(NOON, tick=False) as clock:
        entry = enqueued(work)
        assert domain.run_entry(entry.pk) is False
        entry.refresh_from_db()
        assert (entry.state, entry.last_error) == ("pending", "ValueError: not now")
        assert due_entries(timezone.now(), limit=9) == []
        clock.shift(domain.FIRST_WAIT + datetime.timedelta(seconds=1))
        work.fail_with = None
        assert domain.run_entry(entry.pk) is True


def test_the_wait_doubles_up_to_an_hour_and_then_the_entry_is_given_up(work: Work) -> None:
    work.fail_with = ValueError("never")
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        entry = enqueued(work)
        for _ in range(domain.MAX_TRIES):
            domain.run_entry(entry.pk)
            entry.refresh_from_db()
            if entry.lease_until:
                waits.append((entry.lease_until - timezone.now()).total_seconds())
                clock.move_to(entry.lease_until + datetime.timedelta(seconds=1))
        assert waits == [30, 60, 120, 240, 480, 960, 1920]
        assert (entry.state, entry.attempts) == ("failed", domain.MAX_TRIES)
        assert domain.run_entry(entry.pk) is False


def test_work_that_kills_its_worker_every_time_is_given_up_too(work: Work) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        entry = enqueued(work)
        for _ in range(domain.MAX_TRIES):
            assert domain._claim(entry.pk) is not None
            clock.shift(datetime.timedelta(minutes=10))
        assert domain._claim(entry.pk) is None
        assert domain.give_up_exhausted(timezone.now()) == 1
    entry.refresh_from_db()
    assert (entry.state, entry.last_error) == ("failed", domain.DIED)


def test_a_slow_failure_does_not_disturb_the_worker_that_took_over(work: Work) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        entry = enqueued(work)
        slow = domain._claim(entry.pk)
        clock.shift(datetime.timedelta(minutes=10))
        successor = domain._claim(entry.pk)
        assert slow is not None
        assert successor is not None
        domain._hand_back(slow, ValueError("late"))
    entry.refresh_from_db()
    assert (entry.lease_until, entry.last_error) == (successor.lease_until, "")


def test_an_entry_of_a_kind_that_went_away_fails_where_it_can_be_seen(work: Work) -> None:
    entry = enqueued(work)
    OutboxEntry.objects.update(kind="test.gone")
    assert domain.run_entry(entry.pk) is False
    entry.refresh_from_db()
    assert "test.gone" in entry.last_error


def test_given_up_work_gets_a_fresh_start_on_request(work: Work) -> None:
    entry = enqueued(work)
    OutboxEntry.objects.update(state="failed", attempts=domain.MAX_TRIES, last_error="x")
    assert domain.reopen_failed() == 1
    assert domain.run_entry(entry.pk) is True


def test_done_work_can_be_asked_for_again_by_its_key(work: Work) -> None:
    entry = enqueued(work)
    assert domain.reopen(key="k1") is False
    domain.run_entry(entry.pk)
    assert domain.reopen(key="k1") is True
    assert domain.run_entry(entry.pk) is True
    assert len(work.done) == 2


def test_the_heartbeat_is_one_row() -> None:
    domain.record_heartbeat(NOON)
    domain.record_heartbeat(NOON + datetime.timedelta(seconds=15))
    assert WorkerHeartbeat.objects.get().beat_at == NOON + datetime.timedelta(seconds=15)
