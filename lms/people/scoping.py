"""The boundary of every staff query: the organisations that a member of staff works for."""

from typing import Any, ClassVar, Self

from django.db import models


class ScopedQuerySet(models.QuerySet[Any]):
    """Records that belong, directly or through others, to an organisation."""

    organisation_path: ClassVar[str] = "organisation"

    def visible_to(self, user: Any) -> Self:
        """What this member of staff may see; everything for a superuser, nothing for anybody else."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        # A subquery, not a join: the rows stay distinct whatever is filtered afterwards.
        organisations = user.memberships.values("organisation")
        return self.filter(**{f"{self.organisation_path}__in": organisations})
