"""Who writes a course, and who approves what was written."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class CourseTeam(models.Model):
    """The people who write a course, in all of its languages.

    Wagtail gives rights over pages to groups only. So each team is a group of its own, and being in it is
    all that makes a course somebody's own: no rule of ours stands beside Wagtail's.
    """

    translation_key = models.UUIDField(unique=True, editable=False)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="course_team")

    class Meta:
        verbose_name = _("team of authors")
        verbose_name_plural = _("teams of authors")

    def __str__(self) -> str:
        return self.group.name


class SecondReaderTask(AbstractGroupApprovalTask):
    """Approval by a group, but never by the person who asked for it: four eyes see more than two."""

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        return [] if _asked_for_it(obj, user) else super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if user.is_superuser else states.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve what somebody else has written")

    class Meta:
        verbose_name = _("approval by a second reader")
        verbose_name_plural = _("approvals by a second reader")


def _asked_for_it(obj: Any, user: Any) -> bool:
    """Superusers may publish without asking anybody; a rule for them would only be for show."""
    state = obj.current_workflow_state
    return not user.is_superuser and state is not None and state.requested_by_id == user.pk
