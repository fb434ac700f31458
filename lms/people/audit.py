"""The log of what staff did to people's records.

Wagtail keeps one log for all models and lets anybody who may touch a model read every entry of it, titles
(names of people) included. Entries about scoped records go to a log of their own, which asks ``visible_to``.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import BaseLogEntryManager


class RecordLogManager(BaseLogEntryManager):
    def log_action(self, instance: models.Model, action: str, **kwargs: Any) -> "RecordLogEntry":
        return super().log_action(instance, action, **{**kwargs, "object_id": str(instance.pk)})

    def log_many(
        self, instances: Sequence[models.Model], action: str, *, user: Any, data: Any = None
    ) -> None:
        """Write the same entry about many records of one model, in a few queries; they share an identity,
        as the entries of one request do."""
        if not instances:
            return
        content_type = ContentType.objects.get_for_model(instances[0], for_concrete_model=False)
        together, now = uuid.uuid4(), timezone.now()
        self.bulk_create(
            RecordLogEntry(
                content_type=content_type,
                object_id=str(instance.pk),
                label=str(instance)[:200],
                action=action,
                user=user,
                uuid=together,
                timestamp=now,
                data={},
            )
            for instance in instances
        )

    def for_instance(self, instance: models.Model) -> "models.QuerySet[RecordLogEntry]":
        """The entries about one record."""
        content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
        return self.filter(content_type=content_type, object_id=str(instance.pk))

    def for_instances(self, instances: Sequence[models.Model]) -> "models.QuerySet[RecordLogEntry]":
        """The entries about several records of one model; there is at least one."""
        content_type = ContentType.objects.get_for_model(instances[0], for_concrete_model=False)
        return self.filter(content_type=content_type, object_id__in=[str(one.pk) for one in instances])

    def viewable_by_user(self, user: Any) -> "models.QuerySet[RecordLogEntry]":
        """Entries about records that this member of staff may see; those of deleted ones only superusers.

        Not built on Wagtail's own method: that one remembers on the user which models the first log it
        was asked about speaks of, and would apply this to every other log.
        """
        if user.is_superuser:
            return self.all()
        within = models.Q(pk__in=[])
        for content_type_id in set(self.order_by().values_list("content_type_id", flat=True)):
            model = ContentType.objects.get_for_id(content_type_id).model_class()
            if model is not None and _may_work_with(user, model):
                # Keys are compared as text: a cast of a UUID gives another text on each database.
                manager = model._default_manager
                keys = getattr(manager, "logged_for", manager.visible_to)(user).values_list("pk", flat=True)
                within |= models.Q(content_type_id=content_type_id, object_id__in=[str(key) for key in keys])
        return self.filter(within)


def _may_work_with(user: Any, model: type[models.Model]) -> bool:
    name = f"{model._meta.app_label}.{{}}_{model._meta.model_name}"
    return hasattr(model._default_manager, "visible_to") and any(
        user.has_perm(name.format(action)) for action in ("add", "change", "delete", "view")
    )


class RecordLogEntry(BaseLogEntry):
    """One thing that staff did to a scoped record."""

    object_id = models.CharField(max_length=255, db_index=True)

    objects = RecordLogManager()

    class Meta(BaseLogEntry.Meta):
        app_label = "people"
        ordering = ["-timestamp", "-id"]
        verbose_name = _("record log entry")
        verbose_name_plural = _("record log entries")

    def __str__(self) -> str:
        return f"{self.action} {self.object_id}"

    @cached_property
    def message(self) -> str:
        """As the formatter says it, with its links. Wagtail 8.0 makes the first letter a capital, and with
        that mark-up becomes text."""
        formatter = self.formatter
        return formatter.format_message(self) if formatter else super().message
