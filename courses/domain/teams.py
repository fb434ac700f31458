"""Who may write a course: the people of its team, and nobody else but superusers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from courses.domain.rights import give_rights
from courses.models import CoursePage, CourseTeam

# Without "publish": what they write goes to a second reader. Without "bulk_delete" and "lock".
_WRITING = ("add_page", "change_page")


@transaction.atomic
def set_team(*, course: CoursePage, users: Iterable[Any]) -> CourseTeam:
    """Let exactly these people write a course, in all languages that it has. No users: nobody writes it."""
    team = CourseTeam.objects.select_for_update().filter(translation_key=course.translation_key).first()
    if team is None:
        group = Group.objects.create(name=_name_for(course))
        team = CourseTeam.objects.create(translation_key=course.translation_key, group=group)
    team.group.user_set.set(users)
    for each in CoursePage.objects.filter(translation_key=course.translation_key):
        open_to_team(each)
    return team


def members_of(course: CoursePage) -> QuerySet[Any]:
    """The people who may write a course as members of its team."""
    return get_user_model().objects.filter(groups__course_team__translation_key=course.translation_key)


def open_to_team(course: CoursePage) -> None:
    """Give the team of a course, if it has one, its rights over this language of it."""
    team = CourseTeam.objects.filter(translation_key=course.translation_key).select_related("group").first()
    if team is not None:
        give_rights(team.group, course, _WRITING)


def _name_for(course: CoursePage) -> str:
    """Names of groups are unique and at most 150 characters; titles are neither."""
    return f"Penulis: {course.draft_title or course.title}"[:120] + f" #{course.pk}"
