"""From the author over a second reader to the public."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, TaskState, Workflow, WorkflowPage

from courses.domain import REVIEW, REVIEWER
from courses.domain.rights import give_rights
from courses.models import LessonPage
from lms.people.management.roles import TRAINER, set_up_roles
from tests.courses.authors import Teams, client_for, form_of, make_teams, member, said
from tests.factories import make_course
from tests.security.crawler import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def submit(teams: Teams, text: str = "Naskah baru.") -> TaskState:
    edit = reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])
    response = client_for(teams.author).post(edit, form_of(teams.lesson, text=text, **{"action-submit": "1"}))
    assert response.status_code == 302
    state = LessonPage.objects.get(pk=teams.lesson.pk).current_workflow_task_state
    assert state is not None
    return state


def act(user: object, state: TaskState, action: str, **data: str) -> LessonPage:
    page = state.workflow_state.content_object
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    client_for(user).post(address, {"next": "/admin/", **data})
    return LessonPage.objects.get(pk=page.pk)


def test_what_a_second_reader_approves_is_published(teams: Teams) -> None:
    page = act(teams.reader, submit(teams), "approve")
    assert "Naskah baru." in str(page.body)
    assert page.live
    assert page.current_workflow_state is None


def test_readers_find_what_waits_on_their_first_page_and_authors_do_not(teams: Teams) -> None:
    submit(teams)
    waits = f"/admin/pages/{teams.lesson.pk}/edit/"
    home = body_of(client_for(teams.reader).get("/admin/")).decode()
    assert said("Awaiting your review") in home
    assert waits in home
    assert said("Awaiting your review") not in body_of(client_for(teams.stranger).get("/admin/")).decode()


def test_what_is_returned_comes_back_to_its_author_with_the_reason(teams: Teams) -> None:
    page = act(teams.reader, submit(teams), "reject", comment="Kalimat kedua terlalu panjang.")
    assert "Sudah terbit." in str(page.body)
    editor = body_of(
        client_for(teams.author).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    ).decode()
    history = reverse(
        "wagtailadmin_pages:workflow_history_detail", args=[page.pk, page.workflow_states.get().pk]
    )
    said = body_of(client_for(teams.author).get(history)).decode()
    assert "Kalimat kedua terlalu panjang." in said
    assert "action-restart-workflow" in editor
    assert f"/admin/pages/{page.pk}/edit/" in body_of(client_for(teams.author).get("/admin/")).decode()


def test_nobody_approves_what_they_sent_themselves(teams: Teams) -> None:
    teams.author.groups.add(*member("dua", REVIEWER).groups.all())
    state = submit(teams)
    page = act(teams.author, state, "approve")
    assert "Sudah terbit." in str(page.body)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert said("Awaiting your review") not in body_of(client_for(teams.author).get("/admin/")).decode()
    assert "Naskah baru." in str(act(teams.reader, state, "approve").body)


@pytest.mark.parametrize("who", ["stranger", "organiser", "author"])
def test_nobody_else_approves(teams: Teams, who: str) -> None:
    state = submit(teams)
    page = act(getattr(teams, who), state, "approve")
    assert "Sudah terbit." in str(page.body)


def test_every_course_is_under_review_also_a_later_one() -> None:
    first = make_course("pertama")
    set_up_roles()
    second = make_course("kedua")
    workflow = Workflow.objects.get(name=REVIEW)
    assert {first.get_workflow(), second.get_workflow()} == {workflow}
    set_up_roles()
    assert WorkflowPage.objects.filter(workflow=workflow).count() == 2


def test_what_an_administrator_chose_for_a_course_stays() -> None:
    course = make_course()
    other = Workflow.objects.create(name="Lain")
    WorkflowPage.objects.create(page=course, workflow=other)
    set_up_roles()
    assert course.get_workflow() == other


def test_rights_over_all_courses_that_trainers_once_had_become_teams() -> None:
    course = make_course()
    set_up_roles()
    user = member("lama", TRAINER)
    group = user.groups.get()
    give_rights(group, course, ("add_page", "change_page", "publish_page"))
    call_command("setup_roles", verbosity=0)
    assert not GroupPagePermission.objects.filter(group=group).exists()
    rights = course.permissions_for_user(type(user).objects.get(pk=user.pk))
    assert rights.can_edit()
    assert not rights.can_publish()
