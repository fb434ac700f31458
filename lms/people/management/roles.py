"""Roles of staff, as Wagtail groups: organiser, trainer, reviewer of content. Only superusers administer.

Permissions are named by text, so that nothing here imports the apps above that own them.
"""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    WorkflowPage,
)

from assessments.registry import kinds
from assessments.review import set_up_review
from courses.domain import REVIEWER, members_of, set_team, set_up_page_review
from courses.models import CoursePage
from lms.people.domain import open_common_library, open_library
from lms.people.models import Organisation
from lms.people.scoping import SEE_ALL

ORGANISER = "Penyelenggara"
TRAINER = "Pelatih"

# Every kind of question, also of other apps. Permissions belong to each kind; "question" stands for the list.
_QUESTIONS = ("question", *(model._meta.model_name for model in kinds().values()))
# The register of legal bases: reviewers keep it.
_LAW_TO_READ = {"regulation": "view", "legalbasis": "view"}
# app label -> {model: actions}. Nobody but superusers may touch organisations and memberships.
_ORGANISER = {
    "people": {
        "participant": "add change delete view issue_pin see_access_needs merge",
        "village": "add change delete view",
    },
    "cohorts": {
        "cohort": "add change delete view",
        "programme": "add change delete view",
        "enrolment": "add delete view",
        "attendance": "add change view",
        "meeting": "add change delete view",
        "signedsheet": "add delete view",
        "finding": "add change delete view",
        "letterhead": "add change delete view",
        "experiencenote": "add change view",
    },
    "learning": {
        "attempt": "view manage regrade mark enter",
        "lessonprogress": "view",
        "completion": "view",
        "lessonassignment": "add delete view",
    },
    "followup": {
        "plan": "change view",
        "action": "change view",
        "actionreport": "view",
        "pledge": "change view",
    },
    "certificates": {"certificate": "add change view"},
    "deliberations": {
        "minutes": "add change delete view finalise",
        "census": "add change delete view see_names",
        "datareview": "add change delete view",
        "regulationreview": "add change delete view",
    },
    # What everybody reads: pages are opened to them branch by branch (home.domain.news).
    "home": {"newspicture": "add change view"},
    # They approve what trainers write: what is published is what participants are asked.
    "assessments": {
        **dict.fromkeys(_QUESTIONS, "add change view publish lock unlock"),
        "questionmedia": "add change delete view",
        "outcome": "view",
        **_LAW_TO_READ,
    },
    # They say who writes which course, and write none themselves.
    "courses": {"courseteam": "change view"},
}
_TRAINER = {
    # Trainers run the day: they tick attendance, keep the board and give new PINs, and edit nobody.
    "people": {"participant": "issue_pin"},
    "cohorts": {
        "cohort": "view",
        "attendance": "add change view",
        "signedsheet": "add view",
        "finding": "add change view",
        "experiencenote": "add change view",
    },
    "learning": {"attempt": "view manage mark enter", "lessonassignment": "add delete view"},
    "followup": {"pledge": "change view"},
    # They write along; organisers number, lock, and keep the lists with names.
    "deliberations": {
        "minutes": "add change view",
        "census": "add change view",
        "datareview": "add change view",
        "regulationreview": "add change view",
    },
    "assessments": {
        # Without "publish": they draft, and send what they drafted for approval.
        **dict.fromkeys(_QUESTIONS, "add change view"),
        "questionmedia": "add change delete view",
        "outcome": "change view",
        "assessment": "add change view",
        "assessmentform": "add change view",
        "formitem": "add change delete view",
        **_LAW_TO_READ,
    },
}
# They read what others wrote before everybody does, and keep the rules and words that lessons point at.
_REVIEWER = {
    "assessments": {
        "outcome": "view",
        "regulation": "add change view",
        "legalbasis": "add change view",
    },
    "courses": {"glossaryterm": "add change delete view"},
    # Who learned what is none of their business, that it is put right is.
    "learning": {"lessonassignment": "add delete view assign_unseen"},
}
_ROLES = {ORGANISER: _ORGANISER, TRAINER: _TRAINER, REVIEWER: _REVIEWER}
# Trainers see the trainings to which they are assigned, and the people in them.
_SEE_ALL = {ORGANISER: SEE_ALL.split(".")[1]}
# What the group of trainers had over every course before courses had teams.
_FORMERLY = {"add_page", "change_page", "publish_page"}


def set_up_roles(*, restore: bool = False) -> list[str]:
    """Make the groups that are missing; with ``restore`` give existing ones what we ship again.

    A group that exists is otherwise left as administrators have set it. Courses are put under review, and
    rights over all courses that trainers had in earlier versions become teams. Permissions that do not
    exist (an app that is not installed) are passed over. Returns the names of the groups that were set up.
    """
    done = []
    for name in _ROLES:
        with transaction.atomic():
            group, is_new = Group.objects.get_or_create(name=name)
            if is_new or restore:
                group.permissions.add(*_permissions(name))
                done.append(name)
            if name == ORGANISER:
                set_up_review(group)
            if name == TRAINER:
                _make_teams(group)
            if name == REVIEWER:
                set_up_page_review(group)
    _open_libraries(restore=restore or TRAINER in done)
    _leave_pages_without_approvers()
    return done


def _leave_pages_without_approvers() -> None:
    """Wagtail sends drafts of pages to a group without members: they would wait for nobody."""
    for link in WorkflowPage.objects.filter(page__depth=1):
        tasks = GroupApprovalTask.objects.filter(workflow_tasks__workflow=link.workflow)
        if not tasks.filter(groups__user__isnull=False).exists():
            link.delete()


def _permissions(role: str) -> Iterator[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for app_label, models in _ROLES[role].items():
        codenames = [f"{action}_{model}" for model, actions in models.items() for action in actions.split()]
        wanted |= Q(content_type__app_label=app_label, codename__in=codenames)
    wanted |= Q(content_type__app_label="people", codename=_SEE_ALL.get(role, ""))
    return Permission.objects.filter(wanted).iterator()


def _make_teams(group: Group) -> None:
    """Who wrote a course so far writes it on, in its team; publishing goes over a second reader now."""
    for course in CoursePage.objects.filter(group_permissions__group=group).distinct():
        rights = GroupPagePermission.objects.filter(group=group, page=course)
        if {right.permission.codename for right in rights.select_related("permission")} == _FORMERLY:
            set_team(course=course, users={*members_of(course), *group.user_set.all()})
            rights.delete()


def _open_libraries(*, restore: bool) -> None:
    """A collection for each organisation and a common one. What lies in the root collection from earlier
    stays there, for administrators only."""
    trainers = Group.objects.filter(name=TRAINER)
    if open_common_library(authors=trainers if restore else ()) and not restore:
        open_common_library(authors=trainers)
    for organisation in Organisation.objects.all():
        open_library(organisation=organisation)
