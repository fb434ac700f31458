"""Who uses assessments: the apps above say it here, and no author pulls one away from under people."""

from collections.abc import Callable
from typing import Any

Uses = Callable[[int, Any], list[str]]
Taken = Callable[[int], bool]

_uses: list[Uses] = []
_taken: list[Taken] = []


def register_assessment_uses(uses: Uses) -> Uses:
    """Decorator: ``uses(assessment_id, user)`` names the trainings that have this assessment; those that the
    member of staff may not see without their names. Registering twice is registering once."""
    if uses not in _uses:
        _uses.append(uses)
    return uses


def register_taken_check(taken: Taken) -> Taken:
    """Decorator: ``taken(assessment_id)`` says whether anybody has begun or answered it. Twice is once."""
    if taken not in _taken:
        _taken.append(taken)
    return taken


def uses_of(assessment_id: int, user: Any) -> list[str]:
    """The trainings that use an assessment, by name as far as ``user`` may see them."""
    return sorted({name for uses in _uses for name in uses(assessment_id, user)})


def was_taken(assessment_id: int) -> bool:
    """Whether somebody has begun or answered it."""
    return any(taken(assessment_id) for taken in _taken)
