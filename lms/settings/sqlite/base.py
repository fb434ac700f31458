"""Django's SQLite backend, with a queue for writers.

SQLite lets one transaction write at a time. Whoever finds it busy sleeps and tries again, longer each time,
so when thirty people save at once some wait ten times as long as others. The threads of one process take
turns instead: first come, first served. Other processes (the worker) are waited for as ever.
"""

import threading
from collections import deque
from typing import Any

from django.db.backends.sqlite3 import base

_PATIENCE = 5.0  # seconds, like SQLite's own where the settings say nothing


class Turns:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, patience: float) -> bool:
        """Wait for the own turn; False if it did not come in so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._guard:
            if mine not in self._waiting:
                # Handed over in the very moment in which the patience ended.
                return True
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """Hand the turn on."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_turns: dict[str, Turns] = {}
_turns_guard = threading.Lock()


def turns_of(name: str) -> Turns:
    """The queue of one database file."""
    with _turns_guard:
        return _turns.setdefault(name, Turns())


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes its turn before a transaction and hands it on after it, however it ends.

    A turn that does not come in time is not waited for any longer: then SQLite's own way decides.
    """

    _turns: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        # A commit that failed leaves the transaction open: the rollback that follows hands the turn on.
        self._give_turn()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        if self._turns is None:
            turns = turns_of(str(self.settings_dict["NAME"]))
            if turns.take(float(self.settings_dict["OPTIONS"].get("timeout", _PATIENCE))):
                self._turns = turns

    def _give_turn(self) -> None:
        if self._turns is not None:
            turns, self._turns = self._turns, None
            turns.give()
