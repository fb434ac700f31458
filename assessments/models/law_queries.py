"""How the register is asked."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from assessments.enums import Attention, Known
from assessments.models.regulations import Regulation


class Joined(models.Aggregate):
    """Texts of a group in one, with commas between."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ', ' ORDER BY %(expressions)s)"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Older SQLite cannot order here; there are two or three.
        template = "%(function)s(%(expressions)s, ', ')"
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template=template, **context)


class LegalBasisQuerySet(models.QuerySet[Any]):
    def in_force(self, on: datetime.date) -> Self:
        """Provisions that hold on a day: their regulation does, and they themselves."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        rule = Q(regulation__in=Regulation.objects.in_force(on))
        return self.filter(rule, begun, Q(valid_to=None) | Q(valid_to__gte=on))

    def revoked(self, on: datetime.date) -> Self:
        """Provisions that no longer hold on a day, alone or with their regulation."""
        return self.filter(Q(valid_to__lt=on) | Q(regulation__valid_to__lt=on))

    def due_for_check(self, on: datetime.date) -> Self:
        """Provisions that somebody should have looked at again by a day."""
        return self.filter(recheck_on__lte=on)

    def of_attention(self, on: datetime.date, attention: str = "") -> Self:
        """Provisions that somebody should look at (see ``LegalBasis.attention``), for one reason or any."""
        revoked = Q(valid_to__lt=on) | Q(regulation__valid_to__lt=on)
        due = Q(recheck_on__lte=on)
        never = Q(checked_on=None)
        unsure = Q(needs_check=True) | Q(overdue=True) | ~Q(known=Known.VERIFIED)
        reasons = {
            Attention.REVOKED: revoked,
            Attention.DUE: due,
            Attention.NEVER: never,
            Attention.UNSURE: unsure,
        }
        if not attention:
            return self.filter(revoked | due | never | unsure)
        found = self.filter(reasons[Attention(attention)])
        graver = list(reasons)[: list(reasons).index(Attention(attention))]
        for each in graver:
            found = found.exclude(pk__in=self.model._default_manager.filter(reasons[each]).values("pk"))
        return found

    def with_rules(self) -> Self:
        """With what ``standing``, ``citation`` and ``replacement`` ask for, but for ``replaced_by``."""
        return self.select_related("regulation__revoked_by", "amended_by")

    def with_neighbours(self) -> Self:
        """With ``old_citations``, what each replaces, and ``new_citations``, its successors; or None."""
        links = self.model.replaces.through._default_manager.order_by()
        old = links.filter(from_legalbasis=OuterRef("pk")).values("from_legalbasis")
        new = links.filter(to_legalbasis=OuterRef("pk")).values("to_legalbasis")
        return self.annotate(
            old_citations=Subquery(old.annotate(said=Joined("to_legalbasis__citation")).values("said")),
            new_citations=Subquery(new.annotate(said=Joined("from_legalbasis__citation")).values("said")),
        )
