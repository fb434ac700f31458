"""The boundary of every staff query: the organisations that a member of staff works for and, for whom does
not see all trainings there, the trainings to which that person is assigned.

Trainings live above people, so the apps above register what assigns somebody and how people are narrowed.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.core.exceptions import ImproperlyConfigured
from django.db import models

# Organisers have it, trainers do not.
SEE_ALL = "people.see_all_trainings"

_assigned: list[Callable[[Any], models.QuerySet[Any]]] = []
_narrowings: dict[type[models.Model], Callable[[Any], models.Q]] = {}


class ScopedQuerySet(models.QuerySet[Any]):
    """Records that belong, directly or through others, to an organisation and mostly to a training."""

    organisation_path: ClassVar[str] = "organisation"
    # Foreign keys that lead to the training; "" for what the whole staff of an organisation may see. Without
    # a path and without a registered narrowing a record is there only for who sees all trainings.
    cohort_path: ClassVar[str | None] = None

    def visible_to(self, user: Any) -> Self:
        """What this member of staff may see; everything for a superuser, nothing for anybody else.

        Subqueries, not joins: the rows stay distinct whatever is filtered afterwards, in one query.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        organisations = user.memberships.values("organisation")
        found = self.filter(**{f"{self.organisation_path}__in": organisations})
        return found if self.cohort_path == "" or user.has_perm(SEE_ALL) else found._narrowed(user)

    def _narrowed(self, user: Any) -> Self:
        narrowing = _narrowings.get(self.model)
        if narrowing is not None:
            return self.filter(narrowing(user))
        if self.cohort_path is None or not _assigned:
            return self.none()
        return self.filter(**{f"{self.cohort_path}__in": _assigned[0](user)})


def register_assignment(assigned: Callable[[Any], models.QuerySet[Any]]) -> None:
    """Say to which trainings a member of staff is assigned: a query of their keys. Called once."""
    if _assigned:
        raise ImproperlyConfigured("What assigns staff to trainings is registered twice.")
    _assigned.append(assigned)


def register_narrowing(model: type[models.Model], narrowing: Callable[[Any], models.Q]) -> None:
    """Say which records of a model a member of staff sees who does not see all trainings, where no chain of
    foreign keys leads from the record to one training."""
    if model in _narrowings:
        raise ImproperlyConfigured(f"{model.__name__} is narrowed twice.")
    _narrowings[model] = narrowing
