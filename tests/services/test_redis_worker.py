"""A deployment end to end: production settings, PostgreSQL, Redis, and a Celery worker of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from lms.certificates.models import Certificate
from lms.learning.models import Completion
from lms.outbox.enums import EntryState
from lms.outbox.models import OutboxEntry, WorkerHeartbeat
from tests.factories import EnrolmentFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
# The sweep that beat sends is not running here: what is done within this time, the nudge brought.
SECONDS = 60
ISSUE = """
from lms.certificates.domain import issue_certificate
from lms.cohorts.models import Enrolment
issue_certificate(enrolment=Enrolment.objects.get())
"""


def database_url(database: BaseDatabaseWrapper) -> str:
    of = database.settings_dict
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


@pytest.fixture
def deployment(tmp_path: Path) -> dict[str, str]:
    """The environment of a deployment on the test's own database."""
    assert connection.vendor == "postgresql"
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "desa.example",
        "DATABASE_URL": database_url(connection),
        "CELERY_BROKER_URL": REDIS_URL,
        "LMS_PUBLIC_ADDRESS": "https://desa.example",
        "LMS_VAR": str(tmp_path / "var"),
    }


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The database of Redis that these tests may empty."""
    client = redis.Redis.from_url(REDIS_URL)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def worker(deployment: dict[str, str], broker: redis.Redis, tmp_path: Path) -> Iterator[None]:
    """A worker that has said that it is there."""
    command = [sys.executable, "-m", "celery", "-A", "lms.celery", "worker", "--concurrency", "1"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=deployment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_until(WorkerHeartbeat.objects.exists, tmp_path / "worker.log")
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(holds: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def test_a_certificate_asked_for_on_one_process_is_printed_by_the_worker(
    deployment: dict[str, str], worker: None, tmp_path: Path
) -> None:
    Completion.objects.create(enrolment=EnrolmentFactory(participant__full_name="Maria Bere"))
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ISSUE]
    subprocess.run(command, cwd=settings.BASE_DIR, env=deployment, check=True, capture_output=True)

    wait_until(Certificate.objects.exclude(pdf_name="").exists, tmp_path / "worker.log")

    certificate = Certificate.objects.get()
    file = tmp_path / "var" / "private" / "certificates" / certificate.pdf_name
    assert file.read_bytes().startswith(b"%PDF")
    assert certificate.snapshot["verify_url"].startswith("https://desa.example/v/")
    wait_until(OutboxEntry.objects.filter(state=EntryState.DONE).exists, tmp_path / "worker.log")
    assert OutboxEntry.objects.get().attempts == 1
    # What anybody may read in the log names nobody.
    assert "Maria" not in (tmp_path / "worker.log").read_text()


def test_what_was_asked_for_while_no_worker_ran_is_done_when_one_starts(
    deployment: dict[str, str], broker: redis.Redis, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    Completion.objects.create(enrolment=EnrolmentFactory())
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ISSUE]
    subprocess.run(command, cwd=settings.BASE_DIR, env=deployment, check=True, capture_output=True)
    # The message is lost with the broker's memory; the entry in the database is not.
    broker.flushdb()
    request.getfixturevalue("worker")
    wait_until(Certificate.objects.exclude(pdf_name="").exists, tmp_path / "worker.log")
