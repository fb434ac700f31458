"""Who writes which course."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.access import ASSIGN_TEAM
from courses.domain import members_of, set_team
from courses.forms import TeamForm
from courses.queries import courses_with_authors
from courses.views.base import CourseView


class TeamsView(WagtailAdminTemplateMixin, View):
    """All courses with the people who write them."""

    template_name = "courses/admin/teams.html"
    page_title = gettext_lazy("Authors of courses")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        # Wagtail shows the last of them as the title.
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(ASSIGN_TEAM):
            raise PermissionDenied
        return self.render_to_response(self.get_context_data(courses=courses_with_authors()))


class TeamView(CourseView):
    """The people who write one course."""

    template_name = "courses/admin/team.html"
    page_title = gettext_lazy("Authors")
    header_icon = "group"

    def allows(self, user: Any) -> bool:
        return user.has_perm(ASSIGN_TEAM)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        set_team(course=self.course, users=form.cleaned_data["users"])
        messages.success(request, _("The authors of “%(title)s” are saved.") % {"title": self.course.title})
        return redirect("course_admin:teams")

    def _form(self, *data: Any) -> TeamForm:
        return TeamForm(*data, course=self.course, choices=_who_may_write(self.course))


def _who_may_write(course: Any) -> QuerySet[Any]:
    """Active staff who may open the admin, and whoever writes the course already. Superusers write anyway."""
    entry = Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    staff = Q(groups__permissions__in=entry) | Q(user_permissions__in=entry) | Q(pk__in=members_of(course))
    people = get_user_model().objects.filter(staff, is_active=True, is_superuser=False)
    return people.distinct().order_by("first_name", "username")
