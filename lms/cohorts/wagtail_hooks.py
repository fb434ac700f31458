"""What cohorts add to Wagtail: the menu of organisers, and the log of trainings."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.cohorts.models import Cohort
from lms.cohorts.viewsets import TrainingGroup
from lms.people.models import RecordLogEntry


@hooks.register("register_admin_viewset")
def training_menu() -> TrainingGroup:
    return TrainingGroup()


@hooks.register("register_log_actions")
def log_actions_of_cohorts(actions: LogActionRegistry) -> None:
    actions.register_model(Cohort, RecordLogEntry)
    actions.register_action("cohorts.enrolled", _("Enrol"), _("Enrolled a participant"))
    actions.register_action("cohorts.withdrawn", _("Take out"), _("Took out a participant"))
    actions.register_action("cohorts.attendance", _("Attendance"), _("Recorded attendance"))
