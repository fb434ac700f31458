"""What a check says, and about which place of a lesson."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """An error breaks the page; a warning asks for a second look; a note is good to know."""

    ERROR = "error", _("Must be mended")
    WARNING = "warning", _("Please look at this")
    NOTE = "note", _("Good to know")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that says what to do. ``place``: the block concerned, counted from 1; 0 is the whole."""

    code: str
    severity: Severity
    text: str
    place: int = 0
    where: str = ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether something would break the page."""
    return any(finding.severity == Severity.ERROR for finding in findings)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, and then as the lesson runs."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: (order.index(finding.severity), finding.place))


def warning(code: str, text: str, place: int = 0, where: str = "") -> Finding:
    return Finding(code, Severity.WARNING, text, place, where)


def note(code: str, text: str, place: int = 0, where: str = "") -> Finding:
    return Finding(code, Severity.NOTE, text, place, where)
