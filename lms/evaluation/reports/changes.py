"""What became of each place of the test between the pre-test and the post-test, where that can be said."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from lms.evaluation.datasets.room import Given, Room, grouped
from lms.evaluation.stats.changes import Answers, Change, change_of


def changes_by_place(room: Room) -> dict[str, Change]:
    """By what the versions of a question and its parallel share; empty without a pre-test.

    A place counts if everybody who saw it on a form saw the same version there: else one person's change
    would be another question's.
    """
    before = grouped(room.before, lambda one: one.place)
    after = grouped(room.given, lambda one: one.place)
    return {
        place: _change(before[place], answers)
        for place, answers in after.items()
        if place in before and _one_version_a_form([*before[place], *answers])
    }


def _one_version_a_form(answers: Sequence[Given]) -> bool:
    shown = {(one.form, one.shown, one.points) for one in answers}
    return len(shown) == len({one.form for one in answers})


def _change(before: Sequence[Given], after: Sequence[Given]) -> Change:
    earlier: dict[uuid.UUID, Given] = {one.person: one for one in before if one.earned is not None}
    orders: dict[str, list[Answers]] = defaultdict(list)
    for later in after:
        first = earlier.get(later.person)
        if first is not None and later.earned is not None and first.form != later.form:
            orders[first.form + later.form].append((first.is_right, later.is_right))
    return change_of(orders, same_question=len({one.shown for one in (*before, *after)}) == 1)
