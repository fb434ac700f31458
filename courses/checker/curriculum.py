"""The check of the whole curriculum: one line a problem, none when all is well."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from assessments.enums import OutcomeKind
from assessments.models import Outcome, Question
from courses.blocks import practice_questions
from courses.checker.citations import Citations
from courses.checker.links import Places, links_in
from courses.checker.words import LONGEST_AVERAGE, MOST_WORDS, sentence_average, word_count
from courses.models import CoursePage, GlossaryTerm, LessonPage

_NEEDED = ("practice", "discuss", "remember")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the code of a lesson with its language, a course, or an outcome."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def check_curriculum() -> tuple[int, list[Problem]]:
    """How many published lessons were looked at, and what is wrong. Queries do not grow with the lessons."""
    lessons = list(LessonPage.objects.live().filter(alias_of=None).select_related("locale").order_by("path"))
    prefetch_related_objects(lessons, "legal_bases")
    courses = list(CoursePage.objects.live().filter(alias_of=None).select_related("locale").order_by("path"))
    known = _Known.read(lessons, courses)
    problems = [Problem(_name(lesson), text) for lesson in lessons for text in _lesson(lesson, known)]
    for course in courses:
        problems += [Problem(course.title, text) for text in known.link_problems(course)]
    problems += [Problem(code, text) for code, text in _outcomes()]
    return len(lessons), problems


def _name(lesson: LessonPage) -> str:
    return f"{lesson.code} ({lesson.locale.language_code})"


@dataclass(frozen=True, slots=True)
class _Known:
    """What lessons refer to, read once for all of them."""

    questions: frozenset[str]
    terms: frozenset[str]
    written: frozenset[Any]
    places: Places
    citations: Citations

    @classmethod
    def read(cls, lessons: list[LessonPage], courses: list[CoursePage]) -> "_Known":
        links = [
            link for page in (*lessons, *courses) for value in _linking(page) for link in links_in(value)
        ]
        return cls(
            questions=frozenset(practice_questions().values_list("code", flat=True)),
            terms=frozenset(GlossaryTerm.objects.values_list("slug", flat=True)),
            written=frozenset(lesson.translation_key for lesson in lessons if lesson.body),
            places=Places(links),
            citations=Citations(lessons),
        )

    def link_problems(self, page: LessonPage | CoursePage) -> list[str]:
        found = (self.places.problem(link) for value in _linking(page) for link in links_in(value))
        return list(dict.fromkeys(problem for problem in found if problem))


def _linking(page: LessonPage | CoursePage) -> Iterator[Any]:
    if isinstance(page, LessonPage):
        yield list(page.body.raw_data)
        yield list(page.guide.raw_data)
    else:
        yield page.rationale
        yield page.how_to_learn


def _lesson(lesson: LessonPage, known: _Known) -> Iterator[str]:
    if not lesson.body:
        # Its translation stands in; that one is looked at by itself.
        if lesson.translation_key not in known.written:
            yield _("has no text")
        return
    yield from _length(lesson)
    yield from _pieces(lesson, known)
    yield from _alternatives(lesson)
    yield from known.link_problems(lesson)
    yield from known.citations.problems_of(lesson)
    yield from _guide(lesson)


def _length(lesson: LessonPage) -> Iterator[str]:
    words, average = word_count(lesson.body), sentence_average(lesson.body)
    if words > MOST_WORDS:
        yield _("has %(words)d words; at most %(most)d are read") % {"words": words, "most": MOST_WORDS}
    if average > LONGEST_AVERAGE:
        params = {"average": f"{average:.1f}", "most": int(LONGEST_AVERAGE)}
        yield _("a sentence has %(average)s words on average; at most %(most)d are easy") % params


def _pieces(lesson: LessonPage, known: _Known) -> Iterator[str]:
    kinds = [block["type"] for block in lesson.body.raw_data]
    for kind in _NEEDED:
        if kind not in kinds:
            yield _("has no block “%(kind)s”") % {"kind": kind}
    for block in lesson.body.raw_data:
        if block["type"] == "practice" and block["value"] not in known.questions:
            yield _("the practice question “%(code)s” is not in use") % {"code": block["value"]}
        if block["type"] == "terms":
            for term in block["value"]["terms"]:
                if _value(term) not in known.terms:
                    yield _("“%(term)s” is not in the glossary") % {"term": _value(term)}


def _value(item: Any) -> str:
    """An item of a ListBlock, in either form that Wagtail stores."""
    return str(item["value"] if isinstance(item, dict) else item)


def _alternatives(lesson: LessonPage) -> Iterator[str]:
    needed = {"picture": "alt", "diagram": "alternative", "audio": "transcript", "video": "transcript"}
    for block in lesson.body.raw_data:
        field = needed.get(block["type"])
        if field and not str(block["value"].get(field) or "").strip():
            yield _("“%(kind)s” says nothing to who cannot see or hear it") % {"kind": block["type"]}


def _guide(lesson: LessonPage) -> Iterator[str]:
    steps = [block["value"]["minutes"] or 0 for block in lesson.guide.raw_data if block["type"] == "step"]
    if steps and sum(steps) != lesson.guide_minutes:
        params = {"sum": sum(steps), "minutes": lesson.guide_minutes or 0}
        yield _("the steps of the guide take %(sum)d minutes, the session %(minutes)d") % params


def _outcomes() -> Iterator[tuple[str, str]]:
    """Results and discussions need both: a lesson that teaches them and a question that asks."""
    wanted = Outcome.objects.filter(kind__in=[OutcomeKind.RESULT, OutcomeKind.DISCUSSION])
    taught = set(LessonPage.objects.live().values_list("outcomes__code", flat=True))
    asked = set(wanted.filter(questions__in=_in_use()).values_list("code", flat=True))
    for code in wanted.values_list("code", flat=True):
        if code not in taught:
            yield code, _("no lesson serves this outcome")
        if code not in asked:
            yield code, _("no question asks about this outcome")


def _in_use() -> QuerySet[Question]:
    return Question.objects.non_polymorphic().filter(is_current=True, live=True, retired_at__isnull=True)
