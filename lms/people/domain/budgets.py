"""How many wrong sign-ins are borne before the next one has to wait.

A try is *taken* from every budget before the PIN is looked at and given back when it was right, so that
any number of parallel requests gets no more tries than the budget holds. Counters live in the database:
the number of server processes does not multiply them, and a restart does not forget them.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lms.conf import setting
from lms.people.enums import BudgetScope
from lms.people.models import SignInBudget

_LONGEST_WAIT = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """One try taken from each budget. ``last_of`` names the budgets that it used up."""

    keys: dict[str, str]
    last_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Wrong tries against one person. ``until`` is when the next one may be made, None if at once."""

    failures: int
    until: datetime.datetime | None


class BudgetSpentError(Exception):
    """No try is left. ``wait`` is the time until there is one again."""

    def __init__(self, wait: datetime.timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


def take_try(*, code: str, device: str) -> Tries:
    """Take one try from the budgets of a code (known or not), a device and the installation.

    All or nothing: raises BudgetSpentError, and takes none, if any of them is spent. Durable: the count
    stands whatever happens to the request afterwards.
    """
    keys = {
        BudgetScope.DEVICE.value: _key(BudgetScope.DEVICE, device),
        BudgetScope.INSTALLATION.value: _key(BudgetScope.INSTALLATION, ""),
        BudgetScope.PERSON.value: _key(BudgetScope.PERSON, code),
    }
    now = timezone.now()
    with transaction.atomic(durable=True):
        rows = _locked(keys, now)
        waits = [row.window_ends_at - now for row in rows if _is_spent(row, now)]
        if waits:
            raise BudgetSpentError(max(waits))
        for row in rows:
            _count(row, now)
    return Tries(keys, frozenset(row.scope for row in rows if row.failures >= _limit(row.scope)))


def try_was_wrong(tries: Tries) -> None:
    """The PIN was wrong. Budgets that this try used up are closed for a while."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        for row in _lock(tries.keys):
            if row.scope in tries.last_of and row.failures >= _limit(row.scope):
                row.lockouts += 1
                row.window_ends_at = now + _wait(row)
                row.save(update_fields=["lockouts", "window_ends_at"])


def try_was_right(tries: Tries) -> None:
    """The PIN was right: person and device start afresh, the installation gets its try back.

    Rows are set back, never deleted: a request that waits for the lock of a deleted row would go uncounted.
    """
    with transaction.atomic(durable=True):
        for row in _lock(tries.keys):
            if row.scope == BudgetScope.INSTALLATION:
                row.failures = max(row.failures - 1, 0)
            else:
                row.failures = row.lockouts = 0
            row.save(update_fields=["failures", "lockouts"])


def forget_person(code: str) -> None:
    """Forget the wrong tries against one person."""
    rows = SignInBudget.objects.filter(scope=BudgetScope.PERSON, key=_key(BudgetScope.PERSON, code))
    rows.update(failures=0, lockouts=0)


def wrong_tries(codes: Iterable[str]) -> dict[str, Wrong]:
    """Of these codes, those against which wrong tries count now. One query."""
    keys = {_key(BudgetScope.PERSON, code): code for code in codes}
    now = timezone.now()
    rows = SignInBudget.objects.filter(
        scope=BudgetScope.PERSON, key__in=list(keys), failures__gt=0, window_ends_at__gt=now
    )
    return {
        keys[row.key]: Wrong(row.failures, row.window_ends_at if _is_spent(row, now) else None)
        for row in rows
    }


def _key(scope: str, text: str) -> str:
    """Of fixed length, never the same in two scopes, and naming neither codes nor devices to who looks."""
    return hashlib.sha256(f"{scope}:{text}".encode("utf-8", "replace")).hexdigest()


def _limit(scope: str) -> int:
    return int(setting(f"SIGN_IN_BUDGET_{scope.upper()}")[0])


def _window(scope: str) -> datetime.timedelta:
    return datetime.timedelta(seconds=setting(f"SIGN_IN_BUDGET_{scope.upper()}")[1])


def _wait(row: SignInBudget) -> datetime.timedelta:
    """Twice as long each time for a person, who gets in again with a new PIN from the trainer. Nobody can
    shorten the wait of a computer or of the whole installation, so a stranger must not be able to stretch it.
    """
    doublings = min(row.lockouts - 1, 16) if row.scope == BudgetScope.PERSON else 0
    return min(_window(row.scope) * (1 << doublings), _LONGEST_WAIT)


def _locked(keys: dict[str, str], now: datetime.datetime) -> list[SignInBudget]:
    """The rows of these budgets, made where missing, locked until the transaction ends."""
    fresh = [SignInBudget(scope=scope, key=key, window_ends_at=now) for scope, key in sorted(keys.items())]
    SignInBudget.objects.bulk_create(fresh, ignore_conflicts=True)
    return _lock(keys)


def _lock(keys: dict[str, str]) -> list[SignInBudget]:
    """Row locks on PostgreSQL, always in the same order so that two requests cannot embrace each other;
    on SQLite the immediate transaction has locked the database already."""
    rows = SignInBudget.objects.select_for_update().order_by("scope")
    return list(rows.filter(scope__in=keys, key__in=keys.values()))


def _is_spent(row: SignInBudget, now: datetime.datetime) -> bool:
    return now < row.window_ends_at and row.failures >= _limit(row.scope)


def _count(row: SignInBudget, now: datetime.datetime) -> None:
    if now >= row.window_ends_at:
        # Lockouts in a row double the wait; a window that was not used up, or a day of rest, ends the row.
        repeated = row.failures >= _limit(row.scope) and now < row.window_ends_at + _LONGEST_WAIT
        row.lockouts = row.lockouts if repeated else 0
        row.failures = 0
        row.window_ends_at = now + _window(row.scope)
    row.failures += 1
    row.save(update_fields=["failures", "lockouts", "window_ends_at"])
