"""The groups of staff, and the command that makes them."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from assessments.registry import kinds
from assessments.review import REVIEW
from courses.domain import REVIEWER
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import make_course

pytestmark = pytest.mark.django_db


def permissions(role: str) -> set[str]:
    found = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_the_roles_are_made_once() -> None:
    assert set_up_roles() == [ORGANISER, TRAINER, REVIEWER]
    assert set_up_roles() == []


def test_organisers_work_with_people_trainings_and_questions_but_not_with_pages() -> None:
    set_up_roles()
    mine = permissions(ORGANISER)
    assert {
        "wagtailadmin.access_admin",
        "people.add_participant",
        "people.change_village",
        "cohorts.add_cohort",
        "cohorts.change_attendance",
        "cohorts.add_enrolment",
        "certificates.change_certificate",
        "followup.view_action",
    } <= mine
    assert not any(name.startswith(("auth.", "wagtailcore.")) for name in mine)
    assert not any("organisation" in name or "membership" in name or "user" in name for name in mine)


def test_organisers_publish_questions_and_trainers_only_draft_them() -> None:
    set_up_roles()
    organiser, trainer = permissions(ORGANISER), permissions(TRAINER)
    for model in kinds().values():
        name = model._meta.model_name
        assert f"assessments.publish_{name}" in organiser
        assert f"assessments.change_{name}" in trainer
        assert f"assessments.publish_{name}" not in trainer
    assert "assessments.change_assessment" not in organiser


def test_every_kind_of_question_is_approved_by_organisers_once() -> None:
    set_up_roles()
    set_up_roles()
    workflow = Workflow.objects.get(name=REVIEW)
    assert {model.get_default_workflow() for model in kinds().values()} == {workflow}
    task = workflow.tasks.get().specific
    assert [group.name for group in task.groups.all()] == [ORGANISER]


def test_what_an_administrator_chose_for_the_approval_of_a_kind_stays() -> None:
    model = next(iter(kinds().values()))
    other = Workflow.objects.create(name="Lain")
    content_type = ContentType.objects.get_for_model(model)
    WorkflowContentType.objects.create(content_type=content_type, workflow=other)
    set_up_roles()
    assert model.get_default_workflow() == other


def test_drafts_of_pages_are_not_sent_to_a_group_without_members() -> None:
    assert WorkflowPage.objects.exists()
    set_up_roles()
    assert not WorkflowPage.objects.filter(page__depth=1).exists()


def test_trainers_work_with_content_run_the_day_and_edit_no_person() -> None:
    set_up_roles()
    mine = permissions(TRAINER)
    assert {
        "wagtailadmin.access_admin",
        "cohorts.view_cohort",
        "assessments.change_numericquestion",
        "assessments.change_assessment",
    } <= mine
    assert not any(name.startswith(("auth.", "certificates.")) for name in mine)
    # They write what may be promised and record who has signed; plans are none of their business.
    of_pledges = {"followup.change_pledge", "followup.view_pledge"}
    assert {name for name in mine if name.startswith("followup.")} == of_pledges
    assert {name for name in mine if name.startswith("people.")} == {"people.issue_pin_participant"}
    assert {name for name in mine if name.startswith("cohorts.")} == {
        "cohorts.view_cohort",
        "cohorts.add_attendance",
        "cohorts.change_attendance",
        "cohorts.view_attendance",
        "cohorts.add_signedsheet",
        "cohorts.view_signedsheet",
        "cohorts.add_experiencenote",
        "cohorts.add_finding",
        "cohorts.change_experiencenote",
        "cohorts.change_finding",
        "cohorts.view_experiencenote",
        "cohorts.view_finding",
    }


def test_organisers_may_do_everything_with_attempts_and_trainers_all_but_regrading() -> None:
    set_up_roles()
    of_attempts = {f"learning.{action}_attempt" for action in ("view", "manage", "mark", "enter")}
    assert of_attempts | {"learning.regrade_attempt"} <= permissions(ORGANISER)
    assert {name for name in permissions(TRAINER) if name.endswith("_attempt")} == of_attempts


def test_all_three_give_lessons_about_changed_rules_and_only_reviewers_without_seeing_names() -> None:
    set_up_roles()
    give = {f"learning.{action}_lessonassignment" for action in ("add", "delete", "view")}
    unseen = "learning.assign_unseen_lessonassignment"
    for role in (ORGANISER, TRAINER, REVIEWER):
        assert give <= permissions(role)
        assert (unseen in permissions(role)) is (role == REVIEWER)


def test_no_role_has_rights_over_pages_but_readers_over_courses() -> None:
    course = make_course()
    set_up_roles()
    rights = GroupPagePermission.objects.exclude(group__name__in=("Editors", "Moderators"))
    assert {right.group.name for right in rights} == {REVIEWER}
    assert {right.page_id for right in rights} == {course.pk}
    assert {right.permission.codename for right in rights} == {"publish_page", "lock_page", "unlock_page"}
    # From the common collection they choose; where they add and change: test_libraries.py.
    in_libraries = GroupCollectionPermission.objects.filter(group__name=TRAINER)
    assert {right.permission.codename for right in in_libraries} == {"choose_document", "choose_image"}


def test_readers_of_content_touch_neither_people_nor_trainings_nor_questions() -> None:
    set_up_roles()
    mine = permissions(REVIEWER)
    assert "wagtailadmin.access_admin" in mine
    assert not any(
        name.startswith(("people.", "cohorts.", "learning.", "certificates.", "auth."))
        for name in mine
        if not name.endswith("_lessonassignment")  # told above: they see no names
    )
    assert not any("question" in name or "assessment" in name.split(".")[1] for name in mine)


def test_organisers_say_who_writes_a_course_and_nobody_else_does() -> None:
    set_up_roles()
    assert "courses.change_courseteam" in permissions(ORGANISER)
    assert "courses.change_courseteam" not in permissions(TRAINER) | permissions(REVIEWER)


def test_what_an_administrator_took_away_comes_back_only_when_asked_for() -> None:
    set_up_roles()
    group = Group.objects.get(name=ORGANISER)
    group.permissions.remove(Permission.objects.get(codename="add_cohort"))
    set_up_roles()
    assert "cohorts.add_cohort" not in permissions(ORGANISER)
    set_up_roles(restore=True)
    assert "cohorts.add_cohort" in permissions(ORGANISER)


def test_permissions_that_do_not_exist_are_passed_over() -> None:
    Permission.objects.filter(content_type__app_label="certificates").delete()
    assert set_up_roles() == [ORGANISER, TRAINER, REVIEWER]


def test_the_command_says_what_it_did() -> None:
    for expected in (
        "Set up: Penyelenggara, Pelatih, Pemeriksa materi.",
        "The groups exist; nothing changed.",
    ):
        said = io.StringIO()
        call_command("setup_roles", stdout=said)
        assert said.getvalue().strip() == expected


def test_the_quiet_command_says_nothing_when_nothing_changed() -> None:
    for expected in ("Set up: Penyelenggara, Pelatih, Pemeriksa materi.", ""):
        said = io.StringIO()
        call_command("setup_roles", stdout=said, verbosity=0)
        assert said.getvalue().strip() == expected
