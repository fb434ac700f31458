"""Level 3: what was done afterwards, counted from plans that were handed in.

Done means that its owner reports it done; nobody else has looked. The measure is all who were registered and
all that was planned, never only those who answered.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.evaluation.datasets.afterwards import Afterwards, Planned
from lms.followup.enums import ActionStatus

MILESTONES = (30, 60, 90)
"""Days after the last day of the training."""
LISTED = 10


@dataclass(frozen=True, slots=True)
class Milestone:
    """Actions reported done by ``on``; ``done`` None while the day has not come."""

    days: int
    on: date
    done: int | None


@dataclass(frozen=True, slots=True)
class Late:
    """An action whose day has passed, not reported done; ``count`` people wrote it in the same words."""

    title: str
    person_in_charge: str
    deadline: date
    count: int


@dataclass(frozen=True, slots=True)
class Actions:
    """Of ``registered`` people ``planned_by`` handed in a plan and ``done_by`` report one action done or
    more. ``planned`` actions are done, running, stuck or not started; ``late`` are not done and past their
    day. ``late_list`` and ``obstacles`` only for who may read plans."""

    registered: int
    planned_by: int
    done_by: int
    planned: int
    done: int
    running: int
    stuck: int
    not_started: int
    late: int
    milestones: tuple[Milestone, ...]
    late_list: tuple[Late, ...] = ()
    obstacles: tuple[str, ...] = ()

    @property
    def later(self) -> int:
        """How many late actions the list leaves out."""
        return self.late - sum(one.count for one in self.late_list)


def actions_of(found: Afterwards, *, registered: int, ends_on: date, may_read: bool) -> Actions:
    """From the rows. ``may_read``: whether titles, names and words of people may be told."""
    actions = found.actions
    late = [one for one in actions if one.deadline < found.today and one.status != ActionStatus.DONE]
    obstacles = dict.fromkeys(one.stuck for one in actions if one.stuck)

    def count(status: ActionStatus) -> int:
        return sum(one.status == status for one in actions)

    return Actions(
        registered=registered,
        planned_by=len({one.owner for one in actions}),
        done_by=len({one.owner for one in actions if one.status == ActionStatus.DONE}),
        planned=len(actions),
        done=count(ActionStatus.DONE),
        running=count(ActionStatus.RUNNING),
        stuck=count(ActionStatus.STUCK),
        not_started=count(ActionStatus.NOT_STARTED),
        late=len(late),
        milestones=tuple(_milestone(actions, found.today, ends_on, days) for days in MILESTONES),
        late_list=_listed(late) if may_read else (),
        obstacles=tuple(obstacles)[:LISTED] if may_read else (),
    )


def _milestone(actions: Sequence[Planned], today: date, ends_on: date, days: int) -> Milestone:
    on = ends_on + timedelta(days=days)
    done = sum(one.done_on is not None and one.done_on <= on for one in actions)
    return Milestone(days, on, done if on <= today else None)


def _listed(late: Sequence[Planned]) -> tuple[Late, ...]:
    same = Counter((one.title, one.person_in_charge, one.deadline) for one in late)
    return tuple(Late(*words, count) for words, count in list(same.items())[:LISTED])
