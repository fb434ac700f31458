"""What a lesson taught at a moment: the text that was public then, whatever it says now."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.log_actions import log
from wagtail.models import Locale, PageLogEntry, Revision

from assessments.models import LegalBasis
from courses.imports.pages import LOADED
from courses.models import LessonPage
from courses.taught import State, Teaching, Timeline, teachings_of
from tests.factories import make_course
from tests.lms.learning.rules import make_basis, publish

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
START = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def lesson() -> LessonPage:
    return LessonPage.objects.descendant_of(make_course(lessons=1)).get()


@pytest.fixture
def basis() -> LegalBasis:
    return make_basis()


def taught(lesson: LessonPage, basis: LegalBasis, at: datetime.datetime) -> bool:
    teaching = teachings_of([lesson.pk], [basis]).get(lesson.pk)
    return teaching is not None and basis.pk in teaching.at(at)


def test_a_corrected_lesson_taught_the_old_rule_until_it_was_corrected(
    lesson: LessonPage, basis: LegalBasis
) -> None:
    publish(lesson, basis, at=START)
    publish(lesson, at=START + 10 * DAY)
    assert taught(lesson, basis, START + DAY)
    assert not taught(lesson, basis, START + 10 * DAY)


def test_a_draft_teaches_nobody(lesson: LessonPage, basis: LegalBasis) -> None:
    publish(lesson, at=START)
    lesson.legal_bases = [basis]
    lesson.save_revision()
    assert not taught(lesson, basis, START + 100 * DAY)


def test_what_is_published_again_counts_from_that_moment(lesson: LessonPage, basis: LegalBasis) -> None:
    """An older version that somebody took back, by its entry in the history and not by its age."""
    publish(lesson, basis, at=START)
    old = LessonPage.objects.get(pk=lesson.pk).live_revision
    publish(lesson, at=START + 10 * DAY)
    old.publish()
    newest = PageLogEntry.objects.filter(revision=old, action="wagtail.publish").latest("pk")
    PageLogEntry.objects.filter(pk=newest.pk).update(timestamp=START + 20 * DAY)
    assert not taught(lesson, basis, START + 15 * DAY)
    assert taught(lesson, basis, START + 25 * DAY)


def test_what_the_loader_wrote_counts_although_its_history_names_no_revision(
    lesson: LessonPage, basis: LegalBasis
) -> None:
    for place, bases in enumerate(([basis], [])):
        lesson.legal_bases = bases
        revision = lesson.save_revision()
        revision.publish(log_action=False)
        log(instance=lesson, action=LOADED, data={"source": "M1.1"})
        at = START + place * 10 * DAY
        Revision.objects.filter(pk=revision.pk).update(created_at=at)
        entry = PageLogEntry.objects.filter(action=LOADED).latest("pk")
        PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=at)
    assert taught(lesson, basis, START + DAY)
    assert not taught(lesson, basis, START + 11 * DAY)


@pytest.mark.parametrize(
    "former",
    [["PP 43/2014 Ps 114"], [{"cite": "PP 43/2014 Pasal 114", "status": "verified"}]],
    ids=["citation", "record"],
)
def test_older_revisions_name_their_law_in_words(
    lesson: LessonPage, basis: LegalBasis, former: list[object]
) -> None:
    publish(lesson, at=START)
    revision = Revision.objects.get(pk=LessonPage.objects.get(pk=lesson.pk).live_revision_id)
    content = {**revision.content, "legal_basis": former}
    del content["legal_bases"]
    Revision.objects.filter(pk=revision.pk).update(content=content)
    assert taught(lesson, basis, START)


def test_a_law_box_teaches_as_well(lesson: LessonPage, basis: LegalBasis) -> None:
    lesson.body = [("law", {"citation": "PP 43/2014 Ps 114", "summary": "<p>Juli.</p>"})]
    publish_body(lesson)
    assert taught(lesson, basis, START)


def publish_body(lesson: LessonPage) -> None:
    revision = lesson.save_revision()
    revision.publish()
    Revision.objects.filter(pk=revision.pk).update(created_at=START)
    PageLogEntry.objects.filter(revision=revision.pk).update(timestamp=START)


def test_a_page_without_a_history_taught_what_it_says_now(lesson: LessonPage, basis: LegalBasis) -> None:
    lesson.legal_bases = [basis]
    lesson.save()
    assert taught(lesson, basis, START)


def test_a_page_without_a_history_is_read_to_its_law_boxes(lesson: LessonPage, basis: LegalBasis) -> None:
    lesson.body = [("law", {"citation": "PP 43/2014 Ps 114", "summary": "<p>Juli.</p>"})]
    lesson.save()
    assert taught(lesson, basis, START)


def test_a_lesson_without_law_borrows_that_of_its_translation(lesson: LessonPage, basis: LegalBasis) -> None:
    english, _new = Locale.objects.get_or_create(language_code="en")
    lesson.copy_for_translation(english, copy_parents=True)
    other = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    publish(other, basis, at=START)
    assert taught(lesson, basis, START + DAY)


def test_a_translation_that_was_forgotten_does_not_undo_a_correction(
    lesson: LessonPage, basis: LegalBasis
) -> None:
    english, _new = Locale.objects.get_or_create(language_code="en")
    lesson.copy_for_translation(english, copy_parents=True)
    other = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    publish(other, basis, at=START)
    publish(lesson, make_basis("146", number=16, year=2026), at=START)
    assert not taught(lesson, basis, START + DAY)


def test_lessons_that_never_cited_it_are_left_out(lesson: LessonPage, basis: LegalBasis) -> None:
    publish(lesson, make_basis("115"), at=START)
    assert teachings_of([lesson.pk], [basis]) == {}
    assert teachings_of([], [basis]) == {}
    assert teachings_of([lesson.pk], []) == {}


def test_many_lessons_and_revisions_cost_as_much_as_one(basis: LegalBasis) -> None:
    lessons = list(LessonPage.objects.descendant_of(make_course("banyak", lessons=3)))
    for lesson in lessons[:2]:
        publish(lesson, basis, at=START)

    def queries(asked: list[LessonPage]) -> int:
        with CaptureQueriesContext(connection) as seen:
            teachings_of([lesson.pk for lesson in asked], [basis])
        return len(seen)

    teachings_of([lessons[0].pk], [basis])
    one = queries([lessons[0], lessons[2]])
    publish(lessons[1], at=START + DAY)
    publish(lessons[1], basis, at=START + 2 * DAY)
    assert queries(lessons) == one <= 7


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=6, unique_by=lambda each: each[0]
    ),
    st.integers(-5, 60),
)
def test_the_state_is_that_of_the_last_publication_before(
    published: list[tuple[int, bool]], asked: int
) -> None:
    published = sorted(published)
    states = [State(frozenset({1}) if cites else frozenset(), True) for _day, cites in published]
    line = Timeline([START + day * DAY for day, _cites in published], states)
    before = [cites for day, cites in published if day <= asked] or [published[0][1]]
    assert bool(Teaching(line).at(START + asked * DAY)) == before[-1]


def test_a_revision_keeps_what_this_reads() -> None:
    """Wagtail writes lists of keys and the body as JSON in a text; if it ever does otherwise, this fails."""
    lesson = LessonPage.objects.descendant_of(make_course("bentuk", lessons=1)).get()
    basis = make_basis("1")
    lesson = publish(lesson, basis)
    content = lesson.get_latest_revision().content
    assert content["legal_bases"] == [basis.pk]
    assert json.loads(content["body"])[0]["type"] == "paragraph"
