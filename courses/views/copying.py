"""Copy a course for a new year, and look over what came along."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.access import may_edit, may_look_over
from courses.desk import has_places_for_years, legal_bases_to_check, years_left
from courses.domain import copy_course
from courses.forms import CopyForm
from courses.views.base import CourseView


class CopyView(CourseView):
    """Ask for title, year and address."""

    template_name = "courses/admin/copy.html"
    page_title = gettext_lazy("Copy the course to a new year")

    def allows(self, user: Any) -> bool:
        return may_edit(user, self.course)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=CopyForm(course=self.course), has_places=has_places_for_years(self.course))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CopyForm(request.POST, course=self.course)
        if form.is_valid():
            try:
                copy = copy_course(course=self.course, user=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error("slug", refusal)
            else:
                text = _("“%(title)s” is there as a draft. Look over what came along.")
                messages.success(request, text % {"title": copy.title})
                return redirect("course_admin:look_over", copy.pk)
        return self.show(form=form, has_places=has_places_for_years(self.course))


class LookOverView(CourseView):
    """Old years that still stand in the texts, and the rules to read anew."""

    template_name = "courses/admin/look_over.html"
    page_title = gettext_lazy("To look over for this year")

    def allows(self, user: Any) -> bool:
        return may_look_over(user, self.course)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(years=years_left(self.course), rules=legal_bases_to_check(self.course))
