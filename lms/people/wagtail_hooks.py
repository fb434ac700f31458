"""What people add to Wagtail: their own log, and its actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.people.models import Participant, RecordLogEntry


@hooks.register("register_log_actions")
def log_actions_of_people(actions: LogActionRegistry) -> None:
    actions.register_model(Participant, RecordLogEntry)
    actions.register_action("people.registered", _("Register"), _("Registered with consent"))
    actions.register_action("people.pin_issued", _("Issue a PIN"), _("Given a new PIN"))
