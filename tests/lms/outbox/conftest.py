"""A kind of work that only tests know."""

from dataclasses import dataclass, field

import pytest

from lms.outbox import registry
from lms.outbox.registry import Payload, handler


@dataclass
class Work:
    """What was done, and what to fail with next time."""

    kind: str = "test.work"
    done: list[Payload] = field(default_factory=list)
    fail_with: Exception | None = None

    def __call__(self, payload: Payload) -> None:
        if self.fail_with is not None:
            raise self.fail_with
        self.done.append(payload)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.setattr(registry, "_handlers", {})
    work = Work()

    @handler(work.kind)
    def run(payload: Payload) -> None:
        work(payload)

    return work
