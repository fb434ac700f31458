"""What was decided about records that look like one person. Imported by ``models``."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.ids import new_id
from lms.people.scoping import ScopedQuerySet


class MergeRecordQuerySet(ScopedQuerySet):
    organisation_path = "kept__organisation"


class MergeRecord(models.Model):
    """Two records of one person became one: who did it, when, why and what moved. Append-only.

    Holds no personal data: what was not kept of name or hamlet stays on the empty record itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey("people.Participant", on_delete=models.PROTECT, related_name="merges")
    merged = models.OneToOneField("people.Participant", on_delete=models.PROTECT, related_name="merge")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    # Names of the fields that were taken from the record that became empty; the two records swapped them.
    fields_taken = models.JSONField(default=list)
    # The code and the PIN of the record that became empty are the ones that stay valid.
    took_card = models.BooleanField(default=False)
    # By what it was: counts, and of what met something else the ids, old and new numbers, moments.
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = MergeRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of records")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("merged")), name="merge_record_of_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class NotSamePerson(models.Model):
    """Somebody looked at two records that are alike and said: these are two people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The smaller key first, so that a pair is there once.
    one = models.ForeignKey("people.Participant", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Participant", on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pair of different people")
        verbose_name_plural = _("pairs of different people")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_same_person_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="not_same_person_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
