"""Effects to be done after a commit, written with the change that asks for them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.ids import new_id
from lms.outbox.enums import EntryState


class OutboxEntry(models.Model):
    """One effect. Its key makes asking twice the same as asking once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120, unique=True)
    payload = models.JSONField(_("payload"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=EntryState.choices, default=EntryState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["state", "lease_until"], name="outbox_to_do")]

    def __str__(self) -> str:
        return self.key


class WorkerHeartbeat(models.Model):
    """When a worker last said that it lives. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    beat_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="worker_heartbeat_one_row")]

    def __str__(self) -> str:
        return str(self.beat_at)
