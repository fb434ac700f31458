"""/healthz tells figures, nothing about people, and answers 200 while the database does."""

import datetime
import shutil
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from lms.outbox import domain, reports
from lms.outbox.models import OutboxEntry
from tests.lms.outbox.conftest import Work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roomy_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    set_free_bytes(monkeypatch, 5 << 30)


def set_free_bytes(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(reports.shutil, "disk_usage", lambda path: usage)


def health(client: Client) -> dict[str, Any]:
    response = client.get("/healthz")
    assert response.status_code == 200
    return response.json()


def test_a_well_installation_says_ok_for_every_part(client: Client) -> None:
    domain.record_heartbeat(timezone.now())
    answer = health(client)
    assert answer["status"] == "ok"
    assert {part: answer[part]["ok"] for part in answer if part != "status"} == {
        "database": True,
        "worker": True,
        "outbox": True,
        "disk": True,
    }
    assert answer["database"]["engine"] in {"sqlite", "postgresql"}
    assert answer["disk"]["free_bytes"] == 5 << 30


def test_before_a_worker_ran_it_is_degraded_and_still_200(client: Client) -> None:
    answer = health(client)
    assert answer["status"] == "degraded"
    assert answer["worker"] == {"ok": False, "state": "never seen", "heartbeat_seconds": None}


def test_a_worker_that_fell_silent_is_told(client: Client) -> None:
    domain.record_heartbeat(timezone.now() - datetime.timedelta(seconds=200))
    worker = health(client)["worker"]
    assert worker["state"] == "silent"
    assert 200 <= worker["heartbeat_seconds"] < 260


def test_waiting_late_and_given_up_work_is_counted(client: Client, work: Work) -> None:
    with transaction.atomic():
        entry = domain.enqueue(kind=work.kind, key="cert:1", payload={"name": "Maria Bere"})
        other = domain.enqueue(kind=work.kind, key="cert:2", payload={})
    assert health(client)["outbox"]["state"] == "in time"
    OutboxEntry.objects.filter(pk=entry.pk).update(created_at=timezone.now() - datetime.timedelta(hours=1))
    assert health(client)["outbox"]["state"] == "late"
    OutboxEntry.objects.filter(pk=other.pk).update(state="failed", last_error="Maria Bere")
    answer = client.get("/healthz")
    outbox = answer.json()["outbox"]
    assert (outbox["state"], outbox["pending"], outbox["failed"]) == ("given up", 1, 1)
    assert 3600 <= outbox["oldest_seconds"] < 3700
    assert b"Maria" not in answer.content
    assert b"cert:" not in answer.content


def test_a_full_disk_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    set_free_bytes(monkeypatch, 10)
    assert health(client)["disk"] == {"ok": False, "state": "low", "free_bytes": 10}


def test_without_a_database_it_answers_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("secret path")

    monkeypatch.setattr(reports, "_database", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "failed"
    assert b"secret" not in response.content


def test_no_cache_keeps_the_answer_and_nothing_can_be_posted(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]
    assert client.post("/healthz").status_code == 405
