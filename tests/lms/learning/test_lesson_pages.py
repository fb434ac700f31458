"""The gate before lessons, progress, translations, unpublished pages, and what it all costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site

from courses.models import CoursePage, LessonPage
from home.models import HomePage
from lms.cohorts.models import Enrolment
from lms.learning.datasets import course_lines
from lms.learning.domain import complete_lesson, start_attempt, submit_attempt
from lms.learning.domain.lessons import open_lesson, progress_id
from lms.learning.models import LessonProgress
from tests.factories import EnrolmentFactory, make_course, make_staff
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_enrolment(enrolment: Enrolment) -> Enrolment:
    """Somebody whose lessons are open."""
    submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="pre"))
    return enrolment


def lessons_of(enrolment: Enrolment) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(enrolment.cohort.course).order_by("path"))


def in_english(enrolment: Enrolment) -> CoursePage:
    """The whole course once more below an English root."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    root = Site.objects.get(is_default_site=True).root_page.specific
    english_root = root.copy_for_translation(locale)
    english_root.save_revision().publish()
    course = enrolment.cohort.course
    copies = []
    for page in course.get_descendants(inclusive=True).order_by("path"):
        copy = page.specific.copy_for_translation(locale)
        copy.title = f"English {page.title}"
        copy.save_revision().publish()
        copies.append(copy)
    return copies[0]


# The gate


def test_a_visitor_is_sent_to_sign_in_and_back(client: Client, open_enrolment: Enrolment) -> None:
    url = lessons_of(open_enrolment)[0].url
    reply = client.get(url)
    assert (reply.status_code, reply["Location"]) == (302, f"/masuk/?next={url.replace('/', '%2F')}")


def test_the_enrolled_read_and_are_recorded_once(participant: Client, open_enrolment: Enrolment) -> None:
    lesson = lessons_of(open_enrolment)[0]
    assert "Isi pelajaran 1.1." in participant.get(lesson.url).content.decode()
    opened = LessonProgress.objects.get(enrolment=open_enrolment, lesson=lesson).opened_at
    participant.get(lesson.url)
    progress = LessonProgress.objects.get()
    assert (progress.opened_at, progress.completed_at) == (opened, None)


def test_lessons_wait_for_the_pre_test(participant: Client, enrolment: Enrolment) -> None:
    lesson = lessons_of(enrolment)[0]
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    for reply in (participant.get(lesson.url), participant.post(f"/pelajaran/{lesson.pk}/selesai/")):
        assert reply.status_code == 403
        assert "/tes/pre/mulai/" in reply.content.decode()
    assert not LessonProgress.objects.exists()
    submit_attempt(attempt=attempt)
    assert participant.get(lesson.url).status_code == 200


def test_a_cohort_can_open_lessons_without_a_pre_test(client: Client) -> None:
    enrolment = EnrolmentFactory(cohort__pretest_first=False)
    sign_in_as(client, enrolment.participant)
    assert client.get(lessons_of(enrolment)[0].url).status_code == 200


def test_a_course_of_others_is_refused(participant: Client, open_enrolment: Enrolment) -> None:
    lesson = lessons_of(EnrolmentFactory())[0]
    for reply in (participant.get(lesson.url), participant.post(f"/pelajaran/{lesson.pk}/selesai/")):
        assert reply.status_code == 403
    assert not LessonProgress.objects.exists()


def test_who_is_enrolled_nowhere_reads_no_lesson(client: Client, open_enrolment: Enrolment) -> None:
    sign_in_as(client, EnrolmentFactory(cohort__course=make_course("lain")).participant)
    assert client.get(lessons_of(open_enrolment)[0].url).status_code == 403


def test_a_second_training_of_the_same_person_opens_its_own_course(
    participant: Client, open_enrolment: Enrolment
) -> None:
    other = EnrolmentFactory(participant=open_enrolment.participant, cohort__pretest_first=False)
    for lesson in (lessons_of(open_enrolment)[0], lessons_of(other)[0]):
        assert participant.get(lesson.url).status_code == 200
    owners = dict(LessonProgress.objects.values_list("enrolment_id", "lesson__path"))
    assert owners == {e.pk: lessons_of(e)[0].path for e in (open_enrolment, other)}


def test_staff_read_without_leaving_a_trace(client: Client, open_enrolment: Enrolment) -> None:
    client.force_login(make_staff())
    assert client.get(lessons_of(open_enrolment)[0].url).status_code == 200
    assert not LessonProgress.objects.exists()


def test_a_user_without_the_admin_is_no_reader(client: Client, open_enrolment: Enrolment) -> None:
    user = make_staff()
    user.user_permissions.clear()
    client.force_login(user)
    assert client.get(lessons_of(open_enrolment)[0].url).status_code == 302


def test_pages_above_the_lessons_are_public_and_show_the_own_progress(
    client: Client, open_enrolment: Enrolment
) -> None:
    course = open_enrolment.cohort.course
    pages = [course, course.get_children().first().specific]
    assert all("bb-weave" not in client.get(page.url).content.decode() for page in pages)
    sign_in_as(client, open_enrolment.participant)
    complete_lesson(enrolment=open_enrolment, lesson=lessons_of(open_enrolment)[0])
    for page in pages:
        content = client.get(page.url).content.decode()
        assert content.count("bb-weave-row is-done") == 1
    rows = [row for row in content.split("<li") if "bb-row-link" in row]
    assert ["bb-badge--done" in row for row in rows] == [True, False]


def test_the_enrolled_have_one_way_on_and_it_marks_the_lesson(
    participant: Client, open_enrolment: Enrolment
) -> None:
    lesson, following = lessons_of(open_enrolment)[:2]
    before = participant.get(lesson.url).content.decode()
    assert 'rel="next"' not in before
    assert f"/pelajaran/{lesson.pk}/selesai/" in before
    complete_lesson(enrolment=open_enrolment, lesson=lesson)
    after = participant.get(lesson.url).content.decode()
    assert f'class="bb-button bb-button--big" href="{following.url}"' in after


# Marking as done


def test_done_leads_to_the_next_lesson_and_at_last_to_the_own_page(
    participant: Client, open_enrolment: Enrolment
) -> None:
    first, second = lessons_of(open_enrolment)
    targets = [participant.post(f"/pelajaran/{page.pk}/selesai/") for page in (first, second)]
    assert [(reply.status_code, reply["Location"]) for reply in targets] == [
        (303, second.url),
        (303, reverse("portal:dashboard")),
    ]
    assert LessonProgress.objects.filter(completed_at__isnull=False).count() == 2


def test_done_twice_keeps_the_first_time(open_enrolment: Enrolment) -> None:
    lesson = lessons_of(open_enrolment)[0]
    first = complete_lesson(enrolment=open_enrolment, lesson=lesson)
    assert complete_lesson(enrolment=open_enrolment, lesson=lesson).completed_at == first.completed_at


def test_two_devices_derive_the_same_key(open_enrolment: Enrolment) -> None:
    lesson = lessons_of(open_enrolment)[0]
    open_lesson(enrolment=open_enrolment, lesson=lesson)
    assert LessonProgress.objects.get().pk == progress_id(enrolment=open_enrolment, lesson=lesson)
    assert LessonProgress.objects.get().pk.version == 5


def test_the_address_opened_by_hand_leads_to_the_lesson(
    participant: Client, open_enrolment: Enrolment
) -> None:
    lesson = lessons_of(open_enrolment)[0]
    reply = participant.get(f"/pelajaran/{lesson.pk}/selesai/")
    assert (reply.status_code, reply["Location"]) == (303, lesson.url)
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("page_id", [0, 999_999, 10**30])
def test_a_lesson_that_never_was_is_not_there(
    participant: Client, enrolment: Enrolment, page_id: int
) -> None:
    assert participant.post(f"/pelajaran/{page_id}/selesai/").status_code == 404


# Unpublished and deleted


def test_an_unpublished_lesson_says_so_and_links_the_next(
    participant: Client, open_enrolment: Enrolment
) -> None:
    first, second = lessons_of(open_enrolment)
    complete_lesson(enrolment=open_enrolment, lesson=first)
    first.unpublish()
    for reply in (participant.get(first.url), participant.post(f"/pelajaran/{first.pk}/selesai/")):
        assert reply.status_code == 404
        assert second.url in reply.content.decode()
    assert LessonProgress.objects.get().completed_at is not None


def test_a_lesson_without_a_way_on_links_the_own_page(participant: Client, open_enrolment: Enrolment) -> None:
    for lesson in lessons_of(open_enrolment):
        lesson.unpublish()
    content = participant.get(lessons_of(open_enrolment)[0].get_url()).content.decode()
    assert reverse("portal:dashboard") in content


@pytest.mark.parametrize("who", ["visitor", "other"])
def test_others_meet_the_ordinary_not_found(client: Client, open_enrolment: Enrolment, who: str) -> None:
    lesson = lessons_of(open_enrolment)[0]
    if who == "other":
        sign_in_as(client, EnrolmentFactory().participant)
    lesson.unpublish()
    reply = client.get(lesson.get_url())
    assert reply.status_code == 404
    assert lessons_of(open_enrolment)[1].url not in reply.content.decode()


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_staff("admin", is_superuser=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_page_that_people_worked_on_is_not_deleted(
    editor: Client, open_enrolment: Enrolment, level: int
) -> None:
    lesson = lessons_of(open_enrolment)[0]
    open_lesson(enrolment=open_enrolment, lesson=lesson)
    page = Page.objects.get(path=lesson.path[: len(lesson.path) - 4 * level])
    reply = editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    assert Page.objects.filter(pk=page.pk).exists()
    said = str(reply.context["messages"]._loaded_data or reply.content.decode())
    assert "Tarik saja dari tayangan." in said


def test_nor_is_it_deleted_in_bulk_or_by_deleting_its_translation(
    editor: Client, open_enrolment: Enrolment
) -> None:
    lesson = lessons_of(open_enrolment)[0]
    open_lesson(enrolment=open_enrolment, lesson=lesson)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    editor.post(f"{bulk}?id={lesson.pk}&next=/admin/")
    in_english(open_enrolment)
    translated = lesson.get_translations().get()
    editor.post(reverse("wagtailadmin_pages:delete", args=[translated.pk]))
    assert LessonPage.objects.filter(translation_key=lesson.translation_key).count() == 2


def test_a_page_that_nobody_worked_on_is_deleted(editor: Client, open_enrolment: Enrolment) -> None:
    lesson = lessons_of(open_enrolment)[1]
    editor.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()


# Translations


def test_progress_is_one_whichever_translation_was_read(
    participant: Client, open_enrolment: Enrolment
) -> None:
    in_english(open_enrolment)
    first, second = lessons_of(open_enrolment)
    english = first.get_translations().get().specific
    assert participant.get(english.url).status_code == 200
    reply = participant.post(f"/en/pelajaran/{english.pk}/selesai/")
    assert reply["Location"] == second.get_translations().get().url
    progress = LessonProgress.objects.get()
    assert (progress.lesson_id, progress.completed_at is not None) == (first.pk, True)
    assert participant.get(first.url).context["request"].lesson_visit.done


def test_lines_are_in_the_language_of_the_interface_with_the_own_page_where_none_is(
    open_enrolment: Enrolment,
) -> None:
    in_english(open_enrolment)
    first = lessons_of(open_enrolment)[0]
    first.get_translations().get().unpublish()
    with translation.override("en"):
        titles = [line.page.title for line in course_lines(open_enrolment).lessons]
    assert titles == ["Pelajaran 1.1", "English Pelajaran 1.2"]


# Cost


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def stock_page_beside(lesson: LessonPage) -> Page:
    """A page of the reference site that asks for nothing of ours, at the depth of the lesson."""
    module = lesson.get_parent()
    return module.add_child(instance=HomePage(title="Biasa", slug="biasa"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("blocks", [1, 40])
def test_a_lesson_costs_at_most_eight_queries_more_than_a_stock_page(
    participant: Client,
    open_enrolment: Enrolment,
    blocks: int,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lesson = lessons_of(open_enrolment)[0]
    lesson.body = [("paragraph", f"<p>Bagian {number}.</p>") for number in range(blocks)]
    lesson.save_revision().publish()
    stock = stock_page_beside(lesson)
    if language == "en":
        in_english(open_enrolment)
        lesson, stock = (page.get_translations().get().specific for page in (lesson, stock))
    monkeypatch.setattr(HomePage, "template", "lms/errors/message.html")
    visitor = Client()
    visitor.get(stock.url)
    baseline = queries_of(visitor, stock.url)
    # Arriving is written down once, on the page after the sign-in, which is not a lesson.
    participant.get("/beranda/")
    first_view = queries_of(participant, lesson.url)
    later_view = queries_of(participant, lesson.url)
    assert first_view - baseline <= 8
    assert later_view - baseline <= 7


def test_a_participant_gets_nothing_that_is_for_facilitators(
    participant: Client, open_enrolment: Enrolment
) -> None:
    canary = "KENARI-FASILITATOR"
    lesson = lessons_of(open_enrolment)[0]
    lesson.body = [
        ("paragraph", "<p>Awal.</p>"),
        ("facilitator", {"text": f"<p>{canary}</p>"}),
        ("paragraph", "<p>Akhir.</p>"),
    ]
    parts = [("text", f"<p>{canary}</p>"), ("script", {"text": f"<p>{canary}</p>"})]
    lesson.guide = [("step", {"title": canary, "minutes": 10, "parts": parts})]
    lesson.guide_materials = lesson.guide_preparation = canary
    lesson.save_revision().publish()
    for address in (lesson.url, lesson.get_parent().url, open_enrolment.cohort.course.url):
        answer = participant.get(address)
        assert answer.status_code == 200
        assert canary not in answer.content.decode()
    assert "Akhir." in participant.get(lesson.url).content.decode()
    assert participant.get(reverse("courses_guide:lesson", args=[lesson.pk])).status_code == 302


def test_the_lines_of_a_course_take_three_queries_whatever_its_size(
    open_enrolment: Enrolment, django_assert_num_queries: Callable[..., Any]
) -> None:
    big = EnrolmentFactory(cohort__course=make_course("besar", modules=3, lessons=4))
    for enrolment in (open_enrolment, big):
        course_lines(enrolment)  # Pages of a course are read once, and when something has changed.
    for enrolment, total in ((open_enrolment, 2), (big, 12)):
        with django_assert_num_queries(3):
            assert course_lines(enrolment).total == total
