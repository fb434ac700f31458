"""Tasks for authors: opened once, closed when the citation is mended."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from assessments.models import LegalBasis
from assessments.register import record_check
from courses.domain import REVIEWER, set_team, update_review_tasks
from courses.models import LessonPage, ReviewTask
from courses.tasks import look_at_the_law
from lms.people.management.roles import TRAINER, set_up_roles
from lms.settings import base
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import make_staff
from tests.law import make_basis, make_regulation, revoke

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def citing(page: LessonPage, *bases: LegalBasis) -> LessonPage:
    page.legal_bases = list(bases)
    page.save()
    return page


def waiting() -> list[tuple[str, str, str]]:
    tasks = ReviewTask.objects.waiting().select_related("page", "basis").order_by("pk")
    return [(task.page.code, task.basis.citation, task.reason) for task in tasks]


def old_rule() -> LegalBasis:
    basis = make_basis("PP 43/2014 Ps 115")
    revoke("PP 43/2014", by="PP 16/2026")
    return LegalBasis.objects.get(pk=basis.pk)


def test_each_published_lesson_and_bad_rule_makes_one_task(tree: Tree) -> None:
    due = make_basis("UU 6/2014 Ps 3", recheck_on=TODAY)
    fine = make_basis("UU 6/2014 Ps 4", recheck_on=TODAY + datetime.timedelta(days=1), needs_check=True)
    citing(tree.lesson, old_rule(), due, fine)
    citing(tree.untranslated, due).unpublish()
    ReviewTask.objects.all().delete()
    assert update_review_tasks(on=TODAY) == (2, 0)
    assert set(waiting()) == {("M1.1", "PP 43/2014 Ps 115", "revoked"), ("M1.1", "UU 6/2014 Ps 3", "due")}
    assert update_review_tasks(on=TODAY) == (0, 0)
    assert ReviewTask.objects.count() == 2


def test_a_rule_in_a_box_counts(tree: Tree) -> None:
    old_rule()
    tree.lesson.body = blocks(
        [{"type": "law", "value": {"citation": "PP 43/2014 Ps 115", "summary": "<p>A.</p>"}}]
    )
    tree.lesson.save()
    ReferenceIndex.create_or_update_for_object(tree.lesson)
    assert update_review_tasks(on=TODAY) == (1, 0)


def test_mending_the_citation_closes_the_task_at_once(tree: Tree) -> None:
    page = citing(tree.lesson, old_rule())
    update_review_tasks()
    assert len(waiting()) == 1
    page.legal_bases = [make_basis("PP 16/2026 Ps 143 ayat (2)")]
    page.save_revision().publish()
    assert waiting() == []
    assert ReviewTask.objects.get().closed_at is not None


def test_taking_the_box_out_closes_its_task_at_once(tree: Tree) -> None:
    page, value = tree.lesson, {"citation": str(old_rule()), "summary": "<p>A.</p>"}
    page.body = blocks([{"type": "law", "value": value}])
    page.save_revision().publish()
    assert waiting() == [("M1.1", "PP 43/2014 Ps 115", "revoked")]
    page.body = blocks([{"type": "paragraph", "value": "<p>A.</p>"}])
    page.save_revision().publish()
    assert waiting() == []


def test_a_task_opens_again_if_its_reason_comes_back(tree: Tree) -> None:
    basis = make_basis("UU 6/2014 Ps 3", recheck_on=TODAY)
    citing(tree.lesson, basis)
    update_review_tasks(on=TODAY)
    later = TODAY + datetime.timedelta(days=90)
    record_check(basis=basis, user=make_staff("a"), on=TODAY, recheck_on=later)
    assert update_review_tasks(on=TODAY) == (0, 0)
    assert waiting() == []
    assert update_review_tasks(on=later) == (1, 0)
    assert ReviewTask.objects.count() == 1


def test_looking_at_the_rule_closes_the_task_at_once(tree: Tree) -> None:
    basis = make_basis("UU 6/2014 Ps 3", recheck_on=timezone.localdate())
    citing(tree.lesson, basis)
    update_review_tasks()
    assert len(waiting()) == 1
    today = timezone.localdate()
    later = today + datetime.timedelta(days=9)
    record_check(basis=basis, user=make_staff("a"), on=today, recheck_on=later)
    assert waiting() == []


def test_a_revocation_in_the_admin_opens_the_tasks_at_once(tree: Tree) -> None:
    basis = make_basis("PP 43/2014 Ps 115")
    citing(tree.lesson, basis)
    new = make_regulation("PP 16/2026", valid_from=datetime.date(2026, 3, 27))
    client = Client()
    client.force_login(make_staff("admin", is_superuser=True))
    fields = {
        "kind": "PP",
        "number": 43,
        "year": 2014,
        "title": "Lama",
        "known": "verified",
        "revoked_by": new.pk,
    }
    assert client.post(reverse("regulations:edit", args=[basis.regulation_id]), fields).status_code == 302
    assert waiting() == [("M1.1", "PP 43/2014 Ps 115", "revoked")]


def test_a_withdrawn_lesson_has_no_task(tree: Tree) -> None:
    page = citing(tree.lesson, old_rule())
    update_review_tasks()
    page.unpublish()
    assert waiting() == []


def test_the_worker_marks_and_tells(tree: Tree) -> None:
    basis = make_basis("UU 6/2014 Ps 3", recheck_on=timezone.localdate())
    citing(tree.lesson, basis)
    for _time in range(2):
        look_at_the_law()
    basis.refresh_from_db()
    assert basis.overdue
    assert waiting() == [("M1.1", "UU 6/2014 Ps 3", "due")]
    scheduled = {entry["task"] for entry in base.CELERY_BEAT_SCHEDULE.values()}
    assert "courses.tasks.look_at_the_law" in scheduled


def test_it_asks_as_much_for_three_lessons_as_for_one(tree: Tree) -> None:
    basis = old_rule()
    pages = list(LessonPage.objects.filter(locale__language_code="id"))
    counts = []
    for number in (1, 3):
        for page in pages[:number]:
            citing(page, basis)
        ReviewTask.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert update_review_tasks(on=TODAY) == (number, 0)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The first page of the admin


def home_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def member(name: str, role: str) -> Any:
    set_up_roles()
    user = make_staff(name)
    user.groups.add(Group.objects.get(name=role))
    return user


def test_the_owner_of_a_lesson_finds_the_task_on_the_first_page(tree: Tree) -> None:
    author, other, reviewer = member("a", TRAINER), member("b", TRAINER), member("c", REVIEWER)
    set_team(course=tree.course, users=[author, other])
    own, loaded = (
        citing(tree.lesson, old_rule()),
        citing(tree.untranslated, old := LegalBasis.objects.get(citation="PP 43/2014 Ps 115")),
    )
    LessonPage.objects.filter(pk=own.pk).update(owner=author)
    update_review_tasks()
    link = f"/pages/{own.pk}/edit/"
    assert link in home_of(author)
    assert str(old) in home_of(author)
    assert f"/pages/{loaded.pk}/edit/" not in home_of(author)
    assert link not in home_of(other)
    assert f"/pages/{loaded.pk}/edit/" in home_of(reviewer)
    assert link not in home_of(reviewer)


def test_the_first_page_asks_as_much_for_three_tasks_as_for_one(tree: Tree) -> None:
    reviewer, basis = member("c", REVIEWER), old_rule()
    pages = list(LessonPage.objects.filter(locale__language_code="id"))
    counts = []
    for number in (1, 3):
        for page in pages[:number]:
            citing(page, basis)
        update_review_tasks()
        home_of(reviewer)
        client = Client()
        client.force_login(reviewer)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("wagtailadmin_home"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
