"""Two teams with a course each, a second reader, and an organiser, for tests of rights and review."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.domain import REVIEWER, set_team
from courses.models import CoursePage, LessonPage, ModulePage
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.courses.trees import blocks
from tests.factories import make_course, make_staff

SECRET = "hanya-tim-sendiri-yang-membaca-ini"


@dataclass(frozen=True)
class Teams:
    """``lesson`` belongs to the first team: it is live, and has a draft with a secret in it. ``draft`` was
    never published. ``own`` is a lesson of the second team."""

    course: CoursePage
    other: CoursePage
    lesson: LessonPage
    draft: LessonPage
    own: LessonPage
    author: Any
    stranger: Any
    reader: Any
    organiser: Any


def member(username: str, *groups: str) -> Any:
    user = make_staff(username)
    user.user_permissions.clear()
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_teams() -> Teams:
    first, second = make_course("pertama"), make_course("kedua")
    set_up_roles()
    author, stranger = member("penulis", TRAINER), member("asing", TRAINER)
    set_team(course=first, users=[author])
    set_team(course=second, users=[stranger])
    lesson = LessonPage.objects.descendant_of(first).first()
    lesson.body = paragraph("Sudah terbit.")
    lesson.save_revision(user=author).publish()
    lesson.body = paragraph(SECRET)
    lesson.save_revision(user=author)
    draft = new_lesson(ModulePage.objects.descendant_of(first).first(), SECRET, author)
    return Teams(
        course=first,
        other=second,
        lesson=LessonPage.objects.get(pk=lesson.pk),
        draft=draft,
        own=LessonPage.objects.descendant_of(second).first(),
        author=author,
        stranger=stranger,
        reader=member("pemeriksa", REVIEWER),
        organiser=member("panitia", ORGANISER),
    )


def new_lesson(module: ModulePage, text: str, owner: Any) -> LessonPage:
    lesson = module.add_child(
        instance=LessonPage(
            title="Pelajaran yang belum terbit",
            slug="draf",
            code="M9.9",
            outcome_text=text,
            body=paragraph(text),
            live=False,
            owner=owner,
        )
    )
    lesson.save_revision(user=owner)
    return LessonPage.objects.get(pk=lesson.pk)


def paragraph(text: str) -> Any:
    return blocks([{"type": "paragraph", "value": f"<p>{text}</p>"}])


def said(message: str) -> str:
    """A message as staff of the test site read it."""
    with override("id"):
        return gettext(message)


def client_for(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(page: LessonPage, **changes: Any) -> dict[str, Any]:
    """What the editor posts for a lesson, with ``changes``."""
    fields = {
        "title": page.title,
        "code": page.code,
        "outcome_text": page.outcome_text or "Peserta dapat menulis usul.",
        "minutes": "9",
        "body": streamfield([("paragraph", rich_text(f"<p>{changes.pop('text', 'Isi.')}</p>"))]),
        "guide": streamfield([]),
        "guide_minutes": "",
        "guide_materials": "",
        "guide_preparation": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return nested_form_data({**fields, **changes})
