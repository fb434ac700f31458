"""The groups of staff, and the command that makes them."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import make_course

pytestmark = pytest.mark.django_db


def permissions(role: str) -> set[str]:
    found = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_both_roles_are_made_once() -> None:
    assert set_up_roles() == [ORGANISER, TRAINER]
    assert set_up_roles() == []


def test_organisers_work_with_people_and_trainings_but_not_with_content() -> None:
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
    assert not any(name.startswith(("auth.", "assessments.", "wagtailcore.")) for name in mine)
    assert not any("organisation" in name or "membership" in name or "user" in name for name in mine)


def test_trainers_work_with_content_run_the_day_and_edit_no_person() -> None:
    set_up_roles()
    mine = permissions(TRAINER)
    assert {
        "wagtailadmin.access_admin",
        "cohorts.view_cohort",
        "assessments.change_numericquestion",
        "assessments.change_assessment",
    } <= mine
    assert not any(name.startswith(("auth.", "certificates.", "followup.")) for name in mine)
    assert {name for name in mine if name.startswith("people.")} == {"people.issue_pin_participant"}
    assert {name for name in mine if name.startswith("cohorts.")} == {
        "cohorts.view_cohort",
        "cohorts.add_attendance",
        "cohorts.change_attendance",
        "cohorts.view_attendance",
    }


def test_trainers_write_below_courses_and_nowhere_else() -> None:
    course = make_course()
    set_up_roles()
    rights = GroupPagePermission.objects.filter(group__name=TRAINER)
    assert {right.page_id for right in rights} == {course.pk}
    assert {right.permission.codename for right in rights} == {"add_page", "change_page", "publish_page"}
    assert Page.objects.get(pk=course.pk).get_parent().pk not in {right.page_id for right in rights}
    assert GroupCollectionPermission.objects.filter(group__name=TRAINER).count() == 6
    assert not GroupPagePermission.objects.filter(group__name=ORGANISER).exists()


def test_courses_loaded_after_the_role_are_opened_later() -> None:
    set_up_roles()
    course = make_course()
    set_up_roles()
    assert GroupPagePermission.objects.filter(group__name=TRAINER, page=course).count() == 3


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
    assert set_up_roles() == [ORGANISER, TRAINER]


def test_the_command_says_what_it_did() -> None:
    for expected in ("Set up: Penyelenggara, Pelatih.", "The groups exist; nothing changed."):
        said = io.StringIO()
        call_command("setup_roles", stdout=said)
        assert said.getvalue().strip() == expected


def test_the_quiet_command_says_nothing_when_nothing_changed() -> None:
    for expected in ("Set up: Penyelenggara, Pelatih.", ""):
        said = io.StringIO()
        call_command("setup_roles", stdout=said, verbosity=0)
        assert said.getvalue().strip() == expected
