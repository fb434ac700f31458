"""The law in the admin of courses: tasks of authors, and lessons in the report. Read by ``wagtail_hooks``."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from assessments.citing import register_citing
from assessments.enums import Attention
from assessments.registry import learners_url
from courses.legal import lessons_citing
from courses.models import ReviewTask

KEEPS_THE_REGISTER = "assessments.change_legalbasis"
_SHOWN = 12

register_citing("lesson", _("Lesson"), lessons_citing)


class ReviewTasksPanel(Component):
    """Lessons of one's own that cite what does not hold, or what somebody must look at again."""

    name = "review_tasks"
    template_name = "courses/admin/review_tasks.html"
    order = 40

    def __init__(self, tasks: list[ReviewTask], count: int) -> None:
        self.tasks, self.count = tasks, count

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        rows = [
            {
                "title": f"{task.page.code} {task.page.title}",
                "language": task.page.locale.language_code,
                "url": reverse("wagtailadmin_pages:edit", args=[task.page_id]),
                "task": task,
                "basis": task.basis,
                "learners_url": learners_url(task.basis, user) if task.reason == Attention.REVOKED else None,
            }
            for task in self.tasks
        ]
        return {"rows": rows, "more": self.count - len(rows), "report_url": reverse("law_report")}


@hooks.register("construct_homepage_panels")
def show_review_tasks(request: HttpRequest, panels: list[Component]) -> None:
    may_review = request.user.has_perm(KEEPS_THE_REGISTER)
    waiting = ReviewTask.objects.waiting().for_user(request.user, may_review=may_review)
    tasks = list(
        waiting.select_related("page__locale", "basis__regulation__revoked_by")
        .prefetch_related("basis__replaced_by")
        .order_by("reason", "page__path", "pk")[:_SHOWN]
    )
    if tasks:
        panels.append(ReviewTasksPanel(tasks, waiting.count()))
