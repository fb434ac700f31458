"""What the apps above add to a cohort's page, and what they forbid to change on it.

An app registers in its ``AppConfig.ready()``; nothing here knows who did. Codes are unique: registering
one twice raises ImproperlyConfigured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

CohortContext = Callable[[HttpRequest, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CohortPanel:
    """A section of the cohort's page. ``context`` takes (request, cohort); one query budget for all rows."""

    code: str
    order: int
    template: str
    context: CohortContext
    permission: str


@dataclass(frozen=True, slots=True)
class CohortLink:
    """A button on the cohort's page. ``url`` takes the cohort; ``label`` is a lazy translation."""

    code: str
    order: int
    label: Any
    url: Callable[[Any], str]
    permission: str
    icon: str


@dataclass(frozen=True, slots=True)
class CohortLock:
    """Fields that may not change any more once ``is_closed(cohort)``; ``reason`` is shown then."""

    code: str
    fields: tuple[str, ...]
    is_closed: Callable[[Any], bool]
    reason: Any


_panels: dict[str, CohortPanel] = {}
_links: dict[str, CohortLink] = {}
_locks: dict[str, CohortLock] = {}


def register_cohort_panel(
    code: str, *, order: int, template: str, context: CohortContext, permission: str
) -> None:
    """Add a section to the cohort's page for staff with the permission (``app.codename``)."""
    _put(_panels, CohortPanel(code, order, template, context, permission))


def register_cohort_link(
    code: str,
    *,
    label: Any,
    url: Callable[[Any], str],
    permission: str,
    order: int = 100,
    icon: str = "arrow-right",
) -> None:
    """Add a button to the cohort's page for staff with the permission (``app.codename``)."""
    _put(_links, CohortLink(code, order, label, url, permission, icon))


def register_cohort_lock(
    code: str, *, fields: tuple[str, ...], is_closed: Callable[[Any], bool], reason: Any
) -> None:
    """Forbid changes of ``fields`` of a cohort for which ``is_closed(cohort)`` is true."""
    _put(_locks, CohortLock(code, fields, is_closed, reason))


def panels_for(user: Any) -> list[CohortPanel]:
    """The sections that this member of staff may see, in order."""
    return sorted((p for p in _panels.values() if user.has_perm(p.permission)), key=lambda p: p.order)


def links_for(user: Any) -> list[CohortLink]:
    """The buttons that this member of staff may use, in order."""
    return sorted((link for link in _links.values() if user.has_perm(link.permission)), key=lambda x: x.order)


def locks_on(fields: set[str]) -> list[CohortLock]:
    """The locks that speak about any of these fields."""
    return [lock for lock in _locks.values() if fields & set(lock.fields)]


def _put(registered: dict[str, Any], entry: Any) -> None:
    if entry.code in registered:
        raise ImproperlyConfigured(f"{type(entry).__name__} {entry.code!r} is registered twice.")
    registered[entry.code] = entry
