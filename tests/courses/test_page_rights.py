"""A trainer's rights end at the own course, whatever address of Wagtail's admin is tried."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse
from wagtail.admin.urls import pages as page_urls
from wagtail.models import Comment, GroupPagePermission, Page, Revision, TaskState, WorkflowState

from courses.domain import set_team
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.authors import SECRET, Teams, client_for, form_of, make_teams
from tests.security.crawler import body_of as raw_body_of

pytestmark = pytest.mark.django_db

KEPT = (
    Page,
    CoursePage,
    ModulePage,
    LessonPage,
    Revision,
    WorkflowState,
    TaskState,
    Comment,
    GroupPagePermission,
    apps.get_model("wagtailcore", "PageViewRestriction"),
)

SEARCHES = (
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_choose_page_search",
)


@pytest.fixture
def teams() -> Teams:
    made = make_teams()
    workflow = made.draft.get_workflow()
    workflow.start(made.draft, made.author)
    return made


def arguments(teams: Teams, page: LessonPage) -> dict[str, Any]:
    """Every name that stands in an address of Wagtail's pages."""
    parent = page.get_parent()
    state = teams.draft.current_workflow_state
    return {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": teams.own.get_parent().pk,
        "parent_page_id": parent.pk,
        "revision_id": page.latest_revision_id,
        "content_type_app_name": "courses",
        "content_type_model_name": "lessonpage",
        "app_label": "courses",
        "model_name": "lessonpage",
        "action_name": "approve",
        "task_state_id": state.current_task_state.pk,
        "task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
        "locale_id": 1,
    }


def addresses(teams: Teams, page: LessonPage) -> Iterator[str]:
    """All routes of Wagtail's pages at this page, and what else acts upon a page."""
    known = arguments(teams, page)
    for pattern in page_urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name == "revisions_compare":
            yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
            continue
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        yield reverse(f"wagtailadmin_pages:{pattern.name}", kwargs={name: known[name] for name in names})
    for action in ("delete", "move", "publish", "unpublish"):
        yield reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
    yield reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    yield reverse("wagtailadmin_explore_results", args=[page.get_parent().pk])
    yield reverse("simple_translation:submit_page_translation", args=[page.pk])
    yield reverse("wagtailadmin_pages:edit", args=[page.pk]) + f"?revision={page.latest_revision_id}"
    yield reverse("courses_guide:lesson", args=[teams.draft.pk])
    yield reverse("course_admin:size", args=[page.pk])
    yield reverse("course_admin:copy", args=[teams.course.pk])
    yield reverse("course_admin:look_over", args=[teams.course.pk])
    yield reverse("course_admin:team", args=[teams.course.pk])


def body_of(response: Any) -> str:
    return raw_body_of(response).decode(errors="replace")


def bodies(page: LessonPage, teams: Teams, address: str) -> Iterator[dict[str, Any]]:
    """What may be posted there: the editor's form with each of its buttons, and what other forms ask."""
    if "/edit/" in address or "/add/" in address:
        for action in ("action-publish", "action-submit", "action-workflow-action", "action-cancel-workflow"):
            yield form_of(page, text="Diubah orang asing.", **{action: "approve"})
    yield {
        "next": "/admin/",
        "title": "Salinan",
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": str(teams.own.get_parent().pk),
        "slug": "salinan",
        "year": "2030",
        "copy_subpages": "on",
        "publish_copies": "on",
        "alias": "on",
        "chooser": str(teams.own.get_parent().pk),
        "restriction_type": "login",
        "locales": ["1", "2"],
        "users": [str(teams.stranger.pk)],
        "comment": "Setuju",
        "move_applicable": "on",
        "include_descendants": "on",
    }


def state_of() -> dict[str, str]:
    """All rows about pages, as text."""
    return {model._meta.label: serializers.serialize("json", model.objects.order_by("pk")) for model in KEPT}


def tries(teams: Teams, page: LessonPage) -> Iterator[tuple[str, dict[str, Any] | None, dict[str, str]]]:
    """Every address with everything that may be sent to it: address, data of a POST, headers."""
    ajax = {"x-requested-with": "XMLHttpRequest"}
    for address in addresses(teams, page):
        yield address, None, {}
        yield address, None, ajax
        for data in bodies(page, teams, address):
            yield address, data, {}
        yield address, data, ajax


def walk(client: Client, teams: Teams, page: LessonPage) -> tuple[set[str], set[str]]:
    """The addresses that showed the secret, and those that changed something. Faults are raised."""
    shown, changed = set(), set()
    before = state_of()
    for address, data, headers in tries(teams, page):
        with transaction.atomic():
            if data is None:
                response = client.get(address, headers=headers)
            else:
                response = client.post(address, data, headers=headers)
            name = f"{'GET' if data is None else 'POST'} {address}"
            shown |= {name} if SECRET in body_of(response) else set()
            changed |= {name} if state_of() != before else set()
            transaction.set_rollback(True)
    return shown, changed


@pytest.mark.parametrize("which", ["lesson", "draft"])
def test_a_trainer_neither_reads_nor_changes_what_another_team_has_not_published(
    teams: Teams, which: str
) -> None:
    assert walk(client_for(teams.stranger), teams, getattr(teams, which)) == (set(), set())


@pytest.mark.parametrize("who", ["author", "stranger", "reader", "organiser"])
@pytest.mark.parametrize("which", ["lesson", "draft"])
def test_every_role_gets_an_answer_at_every_address_of_a_page(teams: Teams, who: str, which: str) -> None:
    client, page = client_for(getattr(teams, who)), getattr(teams, which)
    others = [reverse(f"wagtailadmin_{name}") for name in ("home", "explore_root", "pages:search")]
    others += [f"{reverse(name)}?q=Pelajaran&p=1" for name in SEARCHES]
    for address in [*addresses(teams, page), *others]:
        for ajax in ({}, {"x-requested-with": "XMLHttpRequest"}):
            assert client.get(address, headers=ajax).status_code < 500, address


def test_the_own_author_reads_and_changes_it_at_the_same_addresses(teams: Teams) -> None:
    client = client_for(teams.author)
    for name in ("edit", "view_draft"):
        page = body_of(client.get(reverse(f"wagtailadmin_pages:{name}", args=[teams.lesson.pk])))
        assert SECRET in page
    before = state_of()
    client.post(reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk]), form_of(teams.lesson))
    assert state_of() != before


def test_no_trainer_publishes(teams: Teams) -> None:
    client = client_for(teams.author)
    client.post(
        reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk]),
        form_of(teams.lesson, text="Naskah baru.", **{"action-publish": "1"}),
    )
    stored = LessonPage.objects.get(pk=teams.lesson.pk)
    assert "Sudah terbit." in str(stored.body)
    assert stored.has_unpublished_changes
    client.post(reverse("wagtailadmin_pages:unpublish", args=[teams.lesson.pk]))
    assert LessonPage.objects.get(pk=teams.lesson.pk).live


def test_nothing_can_be_put_into_another_course(teams: Teams) -> None:
    client = client_for(teams.stranger)
    theirs = ModulePage.objects.descendant_of(teams.course).first()
    copied = {
        "new_title": "Sisipan",
        "new_slug": "sisipan",
        "new_parent_page": str(theirs.pk),
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[teams.own.pk]), copied)
    client.post(reverse("wagtailadmin_pages:copy", args=[teams.own.pk]), {**copied, "alias": "on"})
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[teams.own.pk, theirs.pk]))
    client.post(
        reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", theirs.pk]),
        form_of(teams.own, title="Sisipan"),
    )
    assert LessonPage.objects.get(pk=teams.own.pk).is_descendant_of(teams.other)
    assert not Page.objects.descendant_of(teams.course).filter(title="Sisipan").exists()


def test_dialogues_that_choose_a_page_name_no_draft_of_others(teams: Teams) -> None:
    module = teams.draft.get_parent()
    browse = reverse("wagtailadmin_choose_page_child", args=[module.pk])
    search = reverse("wagtailadmin_choose_page_search") + "?q=Pelajaran"
    for address in (browse, search):
        assert teams.draft.title not in body_of(client_for(teams.stranger).get(address)), address
        assert teams.lesson.title in body_of(client_for(teams.stranger).get(address)), address
        assert teams.draft.title in body_of(client_for(teams.author).get(address)), address


def test_who_leaves_the_team_writes_no_more_and_who_comes_does(teams: Teams) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])
    set_team(course=teams.course, users=[teams.stranger])
    assert client_for(teams.author).get(edit).status_code == 302
    assert client_for(teams.stranger).get(edit).status_code == 200


def test_a_new_language_of_a_course_belongs_to_the_same_team_and_is_reviewed(teams: Teams) -> None:
    from wagtail.models import Locale

    english, _made = Locale.objects.get_or_create(language_code="en")
    translated = teams.course.copy_for_translation(english, copy_parents=True)
    rights = translated.permissions_for_user(teams.author)
    assert rights.can_edit()
    assert not rights.can_publish()
    assert not translated.permissions_for_user(teams.stranger).can_edit()
    assert translated.get_workflow() == teams.course.get_workflow() is not None


def test_a_reader_opens_only_what_waits_for_them(teams: Teams) -> None:
    client = client_for(teams.reader)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[teams.draft.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])).status_code == 302


def test_organisers_say_who_writes_and_write_nothing(teams: Teams) -> None:
    client = client_for(teams.organiser)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])).status_code == 302
    team = reverse("course_admin:team", args=[teams.course.pk])
    response = client.post(team, {"users": [teams.stranger.pk, teams.author.pk]})
    assert response.status_code == 302
    edit = reverse("wagtailadmin_pages:edit", args=[teams.lesson.pk])
    assert client_for(teams.stranger).get(edit).status_code == 200
    assert "asing" in body_of(client.get(reverse("course_admin:teams")))
    assert client_for(teams.author).get(team).status_code == 302
