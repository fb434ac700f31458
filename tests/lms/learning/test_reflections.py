"""Private notes: kept for the person, read by nobody else."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from courses.models import LessonPage
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain.practice import keep_note
from lms.learning.models import LessonProgress, ReflectionNote
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import EnrolmentFactory, FacilitatorFactory, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.lessons import NOTE_BLOCK, PROMPT, put_into_lesson
from tests.security.crawler import Crawler

pytestmark = pytest.mark.django_db
SECRET = "KENARI-CATATAN-PRIBADI"


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(cohort__pretest_first=False)


@pytest.fixture
def lesson(enrolment: Enrolment) -> LessonPage:
    page = LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path").first()
    return put_into_lesson(page)


def send(client: Client, lesson: LessonPage, text: str) -> Any:
    return client.post(f"/pelajaran/{lesson.pk}/catatan/{NOTE_BLOCK}/", {"text": text})


def test_a_note_is_kept_changed_and_thrown_away(participant: Client, lesson: LessonPage) -> None:
    reply = send(participant, lesson, "Bulan lalu.\r\nDi balai.")
    assert (reply.status_code, reply["Location"]) == (303, f"{lesson.url}#catatan-1")
    assert ReflectionNote.objects.get().text == "Bulan lalu.\nDi balai."
    assert "Bulan lalu.\nDi balai.</textarea>" in participant.get(lesson.url).content.decode()
    send(participant, lesson, "Tahun lalu")
    assert ReflectionNote.objects.get().text == "Tahun lalu"
    send(participant, lesson, "  ")
    assert not ReflectionNote.objects.exists()


def test_a_note_that_a_script_sends_is_kept_and_answered_in_few_bytes(
    participant: Client, lesson: LessonPage
) -> None:
    address, asks = f"/pelajaran/{lesson.pk}/catatan/{NOTE_BLOCK}/", {"Accept": "application/json"}
    reply = participant.post(address, {"text": "Baru sebagian"}, headers=asks)
    assert (reply.status_code, reply.json()) == (200, {"saved": True})
    assert ReflectionNote.objects.get().text == "Baru sebagian"
    refused = participant.post(address, {"text": "a" * 2001}, headers=asks)
    assert refused.status_code == 400
    assert refused.json()["error"]
    assert ReflectionNote.objects.get().text == "Baru sebagian"
    assert "lms/js/notes" in participant.get(lesson.url).content.decode()
    # Whoever is no longer signed in is never told that something was saved.
    assert Client().post(address, {"text": "Orang lain"}, headers=asks).status_code in (302, 303, 401, 403)


@pytest.mark.parametrize("text", ["a" * 2001, "nol \x00 di tengah"])
def test_what_does_not_fit_is_shown_again_and_nothing_is_lost(
    participant: Client, lesson: LessonPage, text: str
) -> None:
    send(participant, lesson, "Yang lama")
    reply = send(participant, lesson, text)
    assert reply.status_code == 400
    assert text[:100].strip() in reply.content.decode()
    assert ReflectionNote.objects.get().text == "Yang lama"
    assert send(participant, lesson, "\n".join(["a"] * 1000)).status_code == 303


def test_a_note_is_the_persons_own(participant: Client, lesson: LessonPage, enrolment: Enrolment) -> None:
    send(participant, lesson, SECRET)
    neighbour = EnrolmentFactory(cohort=enrolment.cohort)
    other = Client()
    sign_in_as(other, neighbour.participant)
    for place in (lesson.url, "/catatan-saya/", "/beranda/", "/pelajaran-saya/"):
        assert SECRET not in other.get(place).content.decode()
    assert SECRET in participant.get("/catatan-saya/").content.decode()


def test_the_page_of_notes_shows_the_question_and_leads_back(participant: Client, lesson: LessonPage) -> None:
    assert "bb-note-of" not in participant.get("/catatan-saya/").content.decode()
    send(participant, lesson, "Isi <b>catatan</b>")
    content = participant.get("/catatan-saya/").content.decode()
    assert PROMPT in content
    assert f'href="{lesson.url}#catatan-1"' in content
    assert "Isi &lt;b&gt;catatan&lt;/b&gt;" in content
    lesson.body = []
    lesson.save_revision().publish()
    assert "Isi &lt;b&gt;" in participant.get("/catatan-saya/").content.decode()
    lesson.unpublish()
    assert "Isi &lt;b&gt;" in participant.get("/catatan-saya/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_notes_do_not_grow(
    participant: Client,
    enrolment: Enrolment,
    lesson: LessonPage,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number, page in enumerate(LessonPage.objects.descendant_of(enrolment.cohort.course)[:count]):
        put_into_lesson(page)
        keep_note(enrolment=enrolment, lesson=page, block_id=NOTE_BLOCK, text=f"Catatan {number}")
    participant.get("/beranda/")
    with django_assert_max_num_queries(9):
        participant.get("/catatan-saya/")


@pytest.mark.parametrize("role", ["", TRAINER, ORGANISER, "superuser"])
def test_no_member_of_staff_reads_a_note(
    client: Client, enrolment: Enrolment, lesson: LessonPage, role: str
) -> None:
    keep_note(enrolment=enrolment, lesson=lesson, block_id=NOTE_BLOCK, text=SECRET)
    set_up_roles()
    user = make_staff("pengintip", is_superuser=role == "superuser")
    if role and role != "superuser":
        user.groups.add(Group.objects.get(name=role))
    FacilitatorFactory(cohort=enrolment.cohort, user=user)
    client.force_login(user)
    person, cohort = enrolment.participant, enrolment.cohort
    crawler = Crawler(client)
    places = [
        lesson.url,
        "/catatan-saya/",
        f"/pelajaran/{lesson.pk}/catatan/{NOTE_BLOCK}/",
        f"/admin/pages/{lesson.pk}/edit/",
        "/admin/reports/site-history/?q=KENARI",
        "/admin/pages/search/?q=KENARI",
        f"/admin/angkatan/{cohort.pk}/",
        f"/admin/peserta/edit/{person.pk}/",
    ]
    # The superuser opens everything, so what that crawl does not meet nobody meets.
    answers = (
        crawler.crawl(places, of_a_route=4)
        if role == "superuser"
        else [crawler.send("get", at) for at in places]
    )
    assert len(answers) >= len(places)
    assert [answer.address for answer in crawler.answers if SECRET in answer.text] == []


def test_nothing_else_in_the_product_points_at_notes() -> None:
    """A report or list that read notes would begin with a relation, a search index or an admin."""
    assert not ReflectionNote._meta.related_objects
    assert "indexed" not in str(getattr(ReflectionNote, "search_fields", "")), "not searched"
    reading = [model for model in apps.get_models() if "reflectionnote" in str(model._meta.db_table)]
    assert reading == [ReflectionNote]


def test_writing_opens_the_lesson_and_a_kept_training_takes_nothing(
    participant: Client, lesson: LessonPage
) -> None:
    send(participant, lesson, "Satu")
    assert LessonProgress.objects.get().lesson_id == lesson.pk
    Cohort.objects.update(state="arsip")
    reply = send(participant, lesson, "Dua")
    assert reply.status_code in (303, 400)
    assert ReflectionNote.objects.get().text == "Satu"
