"""What all records of this app have: organisation, village, perhaps a training. For its siblings."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort
from lms.ids import new_id
from lms.people.models import Organisation, Village
from lms.people.scoping import ScopedQuerySet

# A number that may be unknown, which is another thing than none.
COUNT: dict[str, Any] = {"null": True, "blank": True}


class RecordQuerySet(ScopedQuerySet):
    """A trainer sees the papers of the own trainings, and those without a training that the trainer began."""

    cohort_path = "cohort"

    def _narrowed(self, user: Any) -> Self:
        return super()._narrowed(user) | self.filter(cohort=None, created_by=user)


class RecordOfVillage(models.Model):
    """A paper of a village, kept by an organisation and seen by its staff only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("training"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("If it belongs to a training."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_simulated(self) -> bool:
        """Whether it belongs to a training with invented people."""
        return bool(self.cohort_id and self.cohort.is_simulated)


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
