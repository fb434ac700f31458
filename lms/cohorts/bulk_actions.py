"""What is done with several trainings at once, from their list: put into the archive, take out as a file."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from lms.cohorts.domain import change_state
from lms.cohorts.enums import CohortState
from lms.cohorts.forms.listing import valid_keys
from lms.cohorts.models import Cohort


class _OfTrainings(BulkAction):
    models = [Cohort]

    def get_actionable_objects(self) -> tuple[list[Cohort], dict[str, list[Cohort]]]:
        """The ticked trainings that this member of staff may see; others are as if they were not ticked."""
        visible = Cohort.objects.visible_to(self.request.user)
        wanted = self.request.GET.getlist("id")
        if "all" not in wanted:
            visible = visible.filter(pk__in=valid_keys(wanted))
        ticked = list(visible)
        able = [cohort for cohort in ticked if self.check_perm(cohort)]
        return able, {"items_with_no_access": [cohort for cohort in ticked if cohort not in able]}


class ArchiveTrainings(_OfTrainings):
    """Closed trainings only: the others have something left to do first."""

    display_name = _("Archive")
    action_type = "archive"
    aria_label = _("Put the ticked trainings into the archive")
    template_name = "cohorts/bulk_archive.html"
    action_priority = 10

    def check_perm(self, obj: Cohort) -> bool:
        return obj.state == CohortState.CLOSED and bool(self.request.user.has_perm("cohorts.change_cohort"))

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects: Iterable[Cohort], **kwargs: Any) -> tuple[int, int]:
        done = 0
        for cohort in objects:
            try:
                change_state(cohort=cohort, to=CohortState.ARCHIVED, user=kwargs["user"])
            except ValidationError:
                # Somebody took it back at the same moment; it stays in the list, where one sees it.
                continue
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext(
            "%(number)d training is in the archive now.",
            "%(number)d trainings are in the archive now.",
            num_parent_objects,
        )
        return text % {"number": num_parent_objects}


class ExportTrainings(_OfTrainings):
    """The ticked trainings as the list's own file. Nothing changes, so nothing is asked first."""

    display_name = _("Download")
    action_type = "export"
    aria_label = _("Download the ticked trainings")
    template_name = "cohorts/bulk_archive.html"
    action_priority = 20

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query: dict[str, Any] = {"export": "xlsx", "state": CohortState.values}
        if "all" not in request.GET.getlist("id"):
            trainings, _others = self.get_actionable_objects()
            query["only"] = [str(cohort.pk) for cohort in trainings] or ["-"]
        return redirect(reverse("cohort:index", query=query))

    post = get

    @classmethod
    def execute_action(cls, objects: Iterable[Cohort], **kwargs: Any) -> tuple[int, int]:
        raise NotImplementedError("A download changes nothing.")
