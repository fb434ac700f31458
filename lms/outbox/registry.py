"""Who does which kind of work. Apps register their handlers in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Payload = dict[str, Any]
Run = Callable[[Payload], None]

# Longer than CELERY_TASK_TIME_LIMIT, so that a slow worker never meets a second one at the same work.
DEFAULT_LEASE = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Handler:
    """The function that does a kind of work, and for how long a worker may be at one piece of it."""

    run: Run
    lease: timedelta


_handlers: dict[str, Handler] = {}


def handler(kind: str, *, lease: timedelta = DEFAULT_LEASE) -> Callable[[Run], Run]:
    """Register the decorated function for ``kind``. It must be safe to run twice with the same payload.

    ``lease`` is how long the work of a worker that died stays untouched; a kind with a short time limit
    of its own should name a short one. Raises ValueError if the kind already has another function.
    """

    def register(run: Run) -> Run:
        known = _handlers.get(kind)
        if known is not None and known.run is not run:
            raise ValueError(
                f"{kind!r} is already handled by {known.run.__module__}.{known.run.__qualname__}"
            )
        _handlers[kind] = Handler(run, lease)
        return run

    return register


def handler_for(kind: str) -> Handler:
    """The handler of a kind. Raises LookupError if no installed app registered one."""
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"no handler is registered for {kind!r}") from None
