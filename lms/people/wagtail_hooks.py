"""What people add to Wagtail: their own log and its actions, and the guard of accounts that records name."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.images import get_image_model
from wagtail.images.views.chooser import viewset as image_chooser
from wagtail.log_actions import LogActionRegistry, LogFormatter

from lms.people import library_views
from lms.people.merge_forms import likely_kept
from lms.people.merge_views import MERGES
from lms.people.models import Participant, RecordLogEntry
from lms.people.queries import has_records


@hooks.register("register_log_actions")
def log_actions_of_people(actions: LogActionRegistry) -> None:
    actions.register_model(Participant, RecordLogEntry)
    actions.register_action("people.registered", _("Register"), _("Registered with consent"))
    actions.register_action("people.pin_issued", _("Issue a PIN"), _("Given a new PIN"))
    actions.register_action("people.unlocked", _("Unlock"), _("Allowed to try the PIN again"))
    actions.register_action(
        "people.not_same", _("Different people"), _("Said to be another person than one alike")
    )
    actions.register_action(
        "people.not_same_undone", _("Ask again"), _("To be asked about again together with one alike")
    )
    actions.register_action("people.merged")(MergedFormatter)
    actions.register_action("people.merged_away")(MergedAwayFormatter)


class MergedFormatter(LogFormatter):
    """The reason, and the way to what moved."""

    label = _("Merge")
    sentence = _("Another record was merged into this one: %(reason)s")

    def format_message(self, log_entry: Any) -> str:
        text = str(self.sentence) % {"reason": log_entry.data["reason"]}
        address = reverse("participant:merge_record", args=[log_entry.data["record"]])
        return format_html('{} <a href="{}">{}</a>', text, address, gettext("What moved"))


class MergedAwayFormatter(MergedFormatter):
    label = _("Merge away")
    sentence = _("This record was merged into another one: %(reason)s")


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("people/staff.css"))


@hooks.register("register_bulk_action")
class MergeBulkAction(BulkAction):
    """Two ticked lines lead to the page that compares them; nothing is done here."""

    display_name = _("Merge")
    aria_label = _("Merge the two chosen participants")
    action_type = "gabung"
    template_name = "people_admin/participants.html"
    models = (Participant,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(MERGES):
            raise PermissionDenied
        try:
            keys = {uuid.UUID(key) for key in request.GET.getlist("id")}
        except ValueError:
            keys = set()
        people = list(Participant.objects.visible_to(request.user).filter(pk__in=keys)[:3])
        if len(people) != 2 or len(keys) != 2:
            messages.error(request, gettext("Tick exactly two participants to merge them."))
            return redirect("participant:index")
        kept, merged = likely_kept(*people)
        return redirect("participant:merge", kept.pk, merged.pk)


# Before Wagtail's own address, and after Wagtail's own actions: ours take their places.
@hooks.register("register_admin_urls", order=-10)
def close_the_chosen_format() -> list[URLPattern]:
    kept = image_chooser.preserve_url_parameters
    view = library_views.ChosenFormatView.as_view(model=get_image_model(), preserve_url_parameters=kept)
    return [path("images/chooser/<int:image_id>/select_format/", view)]


@hooks.register("construct_admin_api", order=10)
def close_the_api_of_libraries(router: WagtailAPIRouter) -> None:
    router.register_endpoint("images", library_views.OwnImages)
    router.register_endpoint("documents", library_views.OwnDocuments)


for _action in library_views.BULK_ACTIONS:
    hooks.register("register_bulk_action", _action, order=10)


@hooks.register("before_delete_user")
def keep_accounts_with_records(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Who marked, reopened or registered stays named: the database would refuse, and the page would fail."""
    return _refuse(request, user) if request.method == "POST" and has_records(user) else None


@hooks.register("before_bulk_action")
def keep_accounts_with_records_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    accounts = [thing for thing in objects if isinstance(thing, get_user_model())]
    kept = next((user for user in accounts if has_records(user)), None) if action_type == "delete" else None
    return _refuse(request, kept) if kept is not None else None


def _refuse(request: HttpRequest, user: Any) -> HttpResponse:
    text = gettext(
        "The account “%(name)s” stays, because records say what was done with it. "
        "If this person should no longer sign in, untick “Active”."
    )
    messages.error(request, text % {"name": user.get_username()})
    return redirect("wagtailusers_users:edit", user.pk)
