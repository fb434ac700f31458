"""Addresses of staff pages about courses, below the admin."""

from django.urls import path

from courses.views import guides

app_name = "courses_guide"

urlpatterns = [
    path("<int:page_id>/", guides.guide, name="lesson"),
    path("module/<int:module_id>/", guides.module_guide, name="module"),
    path("module/<int:module_id>/paper/", guides.module_paper, name="paper"),
]
