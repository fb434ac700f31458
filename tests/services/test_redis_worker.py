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
from lms.cohorts.models import Enrolment
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
issue_certificate(enrolment=Enrolment.objects.get(pk="%s"))
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


def issue(deployment: dict[str, str], enrolment: Enrolment) -> None:
    """Ask for a certificate as a web process of the deployment does."""
    Completion.objects.create(enrolment=enrolment)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ISSUE % enrolment.pk]
    subprocess.run(command, cwd=settings.BASE_DIR, env=deployment, check=True, capture_output=True)


def printed(enrolment: Enrolment) -> bool:
    return Certificate.objects.filter(enrolment=enrolment).exclude(pdf_name="").exists()


def test_a_worker_prints_what_was_asked_for_before_it_started_and_what_is_asked_for_now(
    deployment: dict[str, str], broker: redis.Redis, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """One test: two at once would empty each other's database of Redis."""
    log = tmp_path / "worker.log"
    before, now = EnrolmentFactory(), EnrolmentFactory(participant__full_name="Maria Bere")
    issue(deployment, before)
    # The message is lost with the broker's memory; the entry in the database is not.
    broker.flushdb()
    request.getfixturevalue("worker")
    wait_until(lambda: printed(before), log)

    issue(deployment, now)
    wait_until(lambda: printed(now), log)

    certificate = Certificate.objects.get(enrolment=now)
    file = tmp_path / "var" / "private" / "certificates" / certificate.pdf_name
    assert file.read_bytes().startswith(b"%PDF")
    assert certificate.snapshot["verify_url"].startswith("https://desa.example/v/")
    done = OutboxEntry.objects.filter(state=EntryState.DONE, attempts=1)
    wait_until(lambda: done.count() == 2, log)
    # What anybody may read in the log names nobody.
    assert "Maria" not in log.read_text()
