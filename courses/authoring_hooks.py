"""What authors and reviewers find in the admin: buttons, the meter, advice. Read by ``wagtail_hooks``."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import include, path, reverse, reverse_lazy
from django.urls.resolvers import URLResolver
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from courses.access import ASSIGN_TEAM, may_edit, may_look_over
from courses.desk import findings_of
from courses.models import CoursePage

# What sends a page on its way, to a second reader or to the public.
_SENDING = ("action-submit", "action-publish", "action-restart-workflow", "action-workflow-action")
# What lets somebody see what is not published yet.
_WORKING = {"add", "change", "publish"}


@hooks.register("register_admin_urls")
def register_course_urls() -> list[URLResolver]:
    return [path("", include("courses.authoring_urls"))]


@hooks.register("register_page_header_buttons")
def course_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    course = page.specific if page.specific_class is CoursePage else None
    if course is None or not course.pk:
        return
    own: tuple[tuple[bool, Any, str, str], ...] = (
        (may_edit(user, course), _("Copy to a new year"), "course_admin:copy", "copy"),
        (
            may_look_over(user, course),
            _("Look over for this year"),
            "course_admin:look_over",
            "list-ul",
        ),
        (user.has_perm(ASSIGN_TEAM), _("Authors"), "course_admin:team", "group"),
    )
    for order, (allowed, label, url, icon) in enumerate(own):
        if allowed:
            yield Button(label, url=reverse(url, args=[course.pk]), icon_name=icon, priority=80 + order)


class TeamsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIGN_TEAM)


@hooks.register("register_admin_menu_item")
def teams_menu_item() -> MenuItem:
    return TeamsMenuItem(
        _("Authors of courses"), reverse_lazy("course_admin:teams"), name="teams", icon_name="group", order=96
    )


@hooks.register("construct_page_chooser_queryset")
def offer_no_drafts_of_others(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Dialogues that choose a page show no title that is not published yet to who does not work on it."""
    own = page_permission_policy.instances_user_has_any_permission_for(request.user, _WORKING)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_to_look_at(request: HttpRequest, page: Page) -> None:
    """Advice to whoever sends a page on. It is saved by now: nothing that was typed is lost."""
    if not any(name in request.POST for name in _SENDING):
        return
    findings = findings_of(page.specific)
    if findings:
        told = {"page": page, "findings": findings}
        messages.warning(request, render_to_string("courses/admin/advice.html", told), extra_tags="safe")


@hooks.register("construct_page_action_menu")
def approve_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whom a page waits for finds the answer on the button, and one way to publish instead of two."""
    approving = [item for item in items if item.name == "approve" and not item.launch_modal]
    if approving and not request.user.is_superuser:
        others = [item for item in items if item not in approving and item.name != "action-publish"]
        items[:] = [*approving, *others]


@hooks.register("insert_global_admin_css")
def editor_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("courses/editor.css"))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    return format_html('<script src="{}" defer></script>', static("courses/size.js"))
