"""What every page of staff about one course has."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.models import CoursePage


class CourseView(WagtailAdminTemplateMixin, View):
    """A page about one course. ``allows`` says who may open it."""

    header_icon = "doc-full-inverse"
    course: CoursePage

    def allows(self, user: Any) -> bool:
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = CoursePage.objects.select_related("copied_from", "locale")
        self.course = get_object_or_404(found, pk=kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allows(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_explore", args=[self.course.pk]), "label": self.course.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def show(self, **context: Any) -> HttpResponse:
        """The page of this view with the course in its context."""
        return self.render_to_response(self.get_context_data(course=self.course, **context))
