"""One kind of work has one handler."""

from datetime import timedelta

import pytest

from lms.outbox.registry import DEFAULT_LEASE, Payload, handler, handler_for
from tests.lms.outbox.conftest import Work


def test_a_second_function_for_a_kind_is_refused(work: Work) -> None:
    with pytest.raises(ValueError, match=r"test\.work"):

        @handler(work.kind)
        def another(payload: Payload) -> None: ...


def test_registering_the_same_function_again_changes_nothing(work: Work) -> None:
    run = handler_for(work.kind).run
    assert handler(work.kind)(run) is run


def test_an_unknown_kind_is_named(work: Work) -> None:
    with pytest.raises(LookupError, match="nobody"):
        handler_for("nobody")


def test_a_kind_may_have_a_shorter_lease(work: Work) -> None:
    @handler("test.quick", lease=timedelta(seconds=5))
    def quick(payload: Payload) -> None: ...

    assert handler_for("test.quick").lease == timedelta(seconds=5) < handler_for(work.kind).lease


def test_the_lease_is_longer_than_the_time_limit_of_a_task(settings) -> None:  # type: ignore[no-untyped-def]
    assert DEFAULT_LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT
