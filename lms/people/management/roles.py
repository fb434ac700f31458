"""The two roles of staff, as Wagtail groups. Technical administration is for superusers only.

Permissions are named by text, so that nothing here imports the apps above that own them.
"""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from courses.models import CoursePage

ORGANISER = "Penyelenggara"
TRAINER = "Pelatih"

# app label -> {model: actions}. Nobody but superusers may touch organisations and memberships.
_ORGANISER = {
    "people": {"participant": "add change delete view issue_pin", "village": "add change delete view"},
    "cohorts": {
        "cohort": "add change delete view",
        "enrolment": "add delete view",
        "attendance": "add change view",
        "meeting": "add change delete view",
        "finding": "add change delete view",
    },
    "learning": {"attempt": "view", "lessonprogress": "view", "completion": "view"},
    "followup": {"plan": "change view", "action": "change view", "actionreport": "view"},
    "certificates": {"certificate": "add change view"},
}
_QUESTIONS = (
    "question",
    "singlechoicequestion",
    "multiplechoicequestion",
    "truefalsequestion",
    "numericquestion",
    "matchingquestion",
    "orderingquestion",
)
_TRAINER = {
    # Trainers run the day: they tick attendance and give new PINs, and edit nobody.
    "people": {"participant": "issue_pin"},
    "cohorts": {"cohort": "view", "attendance": "add change view"},
    "assessments": {
        **dict.fromkeys(_QUESTIONS, "add change view"),
        "outcome": "change view",
        "assessment": "add change view",
        "assessmentform": "add change view",
        "formitem": "add change delete view",
    },
}
_ROLES = {ORGANISER: _ORGANISER, TRAINER: _TRAINER}
_TRAINER_PAGES = ("add_page", "change_page", "publish_page")
_TRAINER_COLLECTION = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
)


def set_up_roles(*, restore: bool = False) -> list[str]:
    """Make the groups that are missing; with ``restore`` give existing ones what we ship again.

    A group that exists is otherwise left as administrators have set it; only trainers who may write no
    page at all are let into the courses, which may have been loaded after the group was made.
    Permissions that do not exist (an app that is not installed) are passed over. Returns the names of
    the groups that were set up.
    """
    done = []
    for name in _ROLES:
        with transaction.atomic():
            group, is_new = Group.objects.get_or_create(name=name)
            if is_new or restore:
                group.permissions.add(*_permissions(name))
                if name == TRAINER:
                    _open_library(group)
                done.append(name)
            if name == TRAINER and (restore or not group.page_permissions.exists()):
                _open_courses(group)
    return done


def _permissions(role: str) -> Iterator[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for app_label, models in _ROLES[role].items():
        codenames = [f"{action}_{model}" for model, actions in models.items() for action in actions.split()]
        wanted |= Q(content_type__app_label=app_label, codename__in=codenames)
    return Permission.objects.filter(wanted).iterator()


def _open_courses(group: Group) -> None:
    """Trainers write below every course that exists now; a later course is opened in the group's form."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=_TRAINER_PAGES
    )
    for course in CoursePage.objects.all():
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page=course, permission=permission)


def _open_library(group: Group) -> None:
    root = Collection.get_first_root_node()
    for app_label, codenames in _TRAINER_COLLECTION:
        for permission in Permission.objects.filter(
            content_type__app_label=app_label, codename__in=codenames
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
