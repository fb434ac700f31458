"""What of a test may be compared: the questions that everybody with a form saw, in one version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A frozen question of an attempt. ``place`` is what its versions and its parallel share."""

    question: int
    place: str
    points: int
    earned: int


Sitting = list[AskedItem]


@dataclass(frozen=True, slots=True)
class ComparableTest:
    """The comparable part of the forms as they were taken, and how many questions are not part of it.

    ``changed`` were asked of everybody, but not in one version; ``not_all`` were asked of some only, as where
    questions are drawn by lot.
    """

    questions: Mapping[str, Mapping[int, int]]  # form letter -> question -> points possible
    changed: int
    not_all: int


def comparable_test(sittings: Iterable[tuple[str, Sitting]]) -> ComparableTest:
    """From pairs of form letter and items; a question that falls out takes its parallel with it."""
    taken: dict[str, list[Sitting]] = defaultdict(list)
    for form, sitting in sittings:
        taken[form].append(sitting)
    not_all: set[str] = set().union(*(_of_some(of_form) for of_form in taken.values()))
    changed = set().union(*(_changed(of_form) for of_form in taken.values())) - not_all
    questions = {
        form: {item.question: item.points for item in of_form[0] if item.place not in changed | not_all}
        for form, of_form in sorted(taken.items())
    }
    return ComparableTest(questions, len(changed), len(not_all))


def _of_some(sittings: list[Sitting]) -> set[str]:
    """Places of a form that not everybody was asked about."""
    asked = [{item.place for item in sitting} for sitting in sittings]
    everywhere: set[str] = set.intersection(*asked)
    return set[str]().union(*asked) - everywhere


def _changed(sittings: list[Sitting]) -> set[str]:
    """Places of a form where not everybody saw the same version for the same points."""
    seen = [{(item.question, item.points) for item in sitting} for sitting in sittings]
    everywhere = set.intersection(*seen)
    return {
        item.place
        for sitting in sittings
        for item in sitting
        if (item.question, item.points) not in everywhere
    }
