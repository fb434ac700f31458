"""Celery only carries nudges; the sweep finds what they lost."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from lms.outbox import domain, receivers, tasks
from lms.outbox.models import OutboxEntry, WorkerHeartbeat
from tests.lms.outbox.conftest import Work

pytestmark = pytest.mark.django_db


def lost(work: Work, count: int) -> None:
    """Entries whose nudge never arrived (on_commit does not fire inside a test's transaction)."""
    with transaction.atomic():
        for n in range(count):
            domain.enqueue(kind=work.kind, key=f"k{n}", payload={"n": n})


def test_the_sweep_does_what_lost_its_nudge_oldest_first(work: Work) -> None:
    lost(work, 3)
    tasks.sweep()
    assert work.done == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_the_sweep_leaves_alone_what_a_worker_is_at(work: Work) -> None:
    lost(work, 2)
    OutboxEntry.objects.filter(key="k0").update(lease_until=timezone.now() + datetime.timedelta(minutes=1))
    tasks.sweep()
    assert work.done == [{"n": 1}]


def test_a_worker_that_starts_leaves_a_sign_of_life_and_begins_at_once(work: Work) -> None:
    lost(work, 1)
    receivers.begin_at_once()
    assert WorkerHeartbeat.objects.count() == 1
    assert work.done == [{"n": 0}]


def test_the_command_drains_the_outbox_and_says_what_is_left(
    work: Work, capsys: pytest.CaptureFixture[str]
) -> None:
    lost(work, 3)
    OutboxEntry.objects.filter(key="k2").update(state="failed")
    call_command("work_outbox")
    assert capsys.readouterr().out == "done 2, waiting 0, given up 1\n"
    call_command("work_outbox", "--retry-failed")
    assert capsys.readouterr().out == "done 1, waiting 0, given up 0\n"


def test_the_command_ends_although_something_fails(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    lost(work, 1)
    work.fail_with = ValueError("x")
    call_command("work_outbox")
    assert capsys.readouterr().out == "done 0, waiting 1, given up 0\n"


def test_beat_is_asked_for_what_the_tasks_are_called(settings) -> None:  # type: ignore[no-untyped-def]
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {tasks.sweep.name, tasks.beat.name} <= scheduled
