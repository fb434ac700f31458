"""What becomes of roll-ups when two records of one person become one."""

import uuid
from collections.abc import Collection, Mapping
from typing import ClassVar

from lms.cohorts.merging import shared_trainings
from lms.evaluation.domain import refresh_rollups
from lms.evaluation.models import FirstTries, ItemSums, OrderSums, OutcomeSums
from lms.people.registry import MergeStep, Merging, register_merge_step


class PackedTries(MergeStep):
    """Derived rows of the enrolment that becomes empty: they go first, while it is still there."""

    code = "evaluation.first_tries"
    order = 50
    covers = ("evaluation.FirstTries.enrolment",)
    once = ("evaluation.FirstTries.enrolment",)
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        "evaluation.FirstTries": tuple(field.name for field in FirstTries._meta.concrete_fields)
    }

    def move(self, merging: Merging) -> None:
        empties = [empties.pk for _stays, empties in shared_trainings(merging.kept, merging.merged)]
        FirstTries.objects.filter(enrolment__in=empties).delete()


class Sums(MergeStep):
    """Counted anew last: after the completions and certificates that may follow from a merge."""

    code = "evaluation.rollups"
    order = 990
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        model._meta.label: tuple(field.name for field in model._meta.concrete_fields)
        for model in (OrderSums, OutcomeSums, ItemSums)
    }

    def finish(self, merging: Merging) -> None:
        combined = merging.moved.get("enrolments_combined", ())
        stays = [uuid.UUID(entry["stays"]) for entry in combined]
        if stays:
            refresh_rollups(enrolments=stays, anyway=True)


def register() -> None:
    """Called once when the apps are ready."""
    register_merge_step(PackedTries())
    register_merge_step(Sums())
