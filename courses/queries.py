"""Reads of the course tree. Nothing here knows of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from wagtail.models import Page

from courses.enums import CourseKind
from courses.models import CoursePage, CourseTeam, GlossaryPage, GlossaryTerm, LessonPage, ModulePage
from courses.rows import STEP, Trail, course_rows, trail_in

# What a list of lessons leaves in the database.
HEAVY_FIELDS = ("body", "guide", "guide_materials", "guide_preparation")
_MEMO = "_live_translations"


@dataclass(frozen=True)
class ModuleOutline:
    """A published module and its published lessons, in tree order."""

    page: ModulePage
    lessons: tuple[LessonPage, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class CourseOutline:
    """A course as a participant meets it. Lessons come without their text (it loads when asked for)."""

    course: CoursePage
    modules: tuple[ModuleOutline, ...]

    @cached_property
    def lessons(self) -> tuple[LessonPage, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)


@dataclass(frozen=True)
class ModuleTrail:
    """Where a module stands in its course, and its lessons (without their text)."""

    course: Page | None
    lessons: tuple[LessonPage, ...]
    previous: Page | None
    next: Page | None


@dataclass(frozen=True)
class Text:
    """A value of a page, and the language it is really written in."""

    value: Any
    language: str


def outline_of(course: CoursePage) -> CourseOutline:
    """The live modules of a course with their live lessons, in tree order. Two queries."""
    modules = ModulePage.objects.live().descendant_of(course).order_by("path")
    lessons = (
        LessonPage.objects.live()
        .descendant_of(course)
        .select_related("locale")
        .defer(*HEAVY_FIELDS)
        .order_by("path")
    )
    below: dict[str, list[LessonPage]] = {}
    for lesson in lessons:
        below.setdefault(lesson.path[: -lesson.steplen], []).append(lesson)
    return CourseOutline(
        course, tuple(ModuleOutline(module, tuple(below.get(module.path, ()))) for module in modules)
    )


def trail_of(lesson: LessonPage) -> Trail:
    """Course, module, neighbours and siblings of a lesson, live ones only. One query.

    Works for a lesson that is not saved yet (a preview), as long as its place in the tree is known.
    """
    return trail_in(course_rows(lesson.path[: -2 * STEP]), lesson.path)


def module_trail_of(module: ModulePage) -> ModuleTrail:
    """Course, neighbours and lessons of a module, live ones only. Two queries."""
    course_path = module.path[: -module.steplen]
    family = (
        Page.objects.live().filter(path__startswith=course_path, depth__lte=module.depth).order_by("path")
    )
    by_path = {page.path: page for page in family}
    course = by_path.pop(course_path, None)
    before = [page for page in by_path.values() if page.path < module.path]
    after = [page for page in by_path.values() if page.path > module.path]
    lessons = LessonPage.objects.live().filter(path__startswith=module.path).order_by("path")
    return ModuleTrail(
        course=course,
        lessons=tuple(lessons.defer(*HEAVY_FIELDS)),
        previous=before[-1] if before else None,
        next=after[0] if after else None,
    )


def lesson_in_course(page: LessonPage, course: CoursePage) -> LessonPage | None:
    """The live lesson of ``course`` that ``page`` is a translation or alias of (or is itself), else None."""
    if page.path.startswith(course.path) and page.live:
        return page
    return (
        LessonPage.objects.live().descendant_of(course).filter(translation_key=page.translation_key).first()
    )


def courses_in(language: str) -> list[CoursePage]:
    """The published trainings of a language, in tree order.

    Lessons about changed rules are given to people one by one: nobody takes them as a course.
    """
    trainings = CoursePage.objects.live().filter(kind=CourseKind.TRAINING)
    return list(trainings.filter(locale__language_code=language).order_by("path"))


def paths_of_updates() -> list[str]:
    """Where lessons about changed rules stand in the tree. One query."""
    return list(CoursePage.objects.filter(kind=CourseKind.UPDATES).values_list("path", flat=True))


def terms_named(slugs: Iterable[str]) -> list[GlossaryTerm]:
    """The terms of these slugs in their order; a slug that names nothing is left out. One query."""
    wanted = list(slugs)
    found = {term.slug: term for term in GlossaryTerm.objects.filter(slug__in=wanted)}
    return [found[slug] for slug in wanted if slug in found]


def terms_by_letter() -> list[tuple[str, list[GlossaryTerm]]]:
    """All terms in alphabetical order, by first letter. One query."""
    terms = sorted(GlossaryTerm.objects.all(), key=lambda term: term.term.casefold())
    return [(letter, list(group)) for letter, group in groupby(terms, key=lambda term: term.letter)]


def glossary_page(language: str) -> GlossaryPage | None:
    """The published glossary of a language. One query."""
    return GlossaryPage.objects.live().filter(locale__language_code=language).first()


def live_translations(page: Page) -> dict[str, Page]:
    """The published pages that say the same in other languages, by language code. One query a page object."""
    if not hasattr(page, _MEMO):
        others: Iterable[Page] = (
            type(page)
            .objects.live()
            .filter(translation_key=page.translation_key)
            .exclude(pk=page.pk)
            .select_related("locale")
            .order_by("locale_id")
        )
        setattr(page, _MEMO, {other.locale.language_code: other for other in others})
    return getattr(page, _MEMO)


def text_of(page: Page, field: str) -> Text:
    """A field of a page; where it is empty, the same field of a translation that has it.

    So an English page may have its title long before its text: the Indonesian text stands in, and stays
    in step with what trainers change there. An alias (Wagtail's stand-in for a page that nobody has
    translated) carries the language of the page it mirrors.
    """
    value = getattr(page, field)
    if value:
        return Text(value, _language_of(page))
    for language, other in live_translations(page).items():
        borrowed = getattr(other, field)
        if borrowed:
            return Text(borrowed, language)
    return Text(value, page.locale.language_code)


def _language_of(page: Page) -> str:
    if page.alias_of_id is not None:
        for language, other in live_translations(page).items():
            if other.pk == page.alias_of_id:
                return language
    return page.locale.language_code


def courses_with_authors() -> list[tuple[CoursePage, list[Any]]]:
    """Every course but mirrors, drafts too, trainings first, with the people of its team. Three queries."""
    own = CoursePage.objects.filter(alias_of__isnull=True)
    courses = list(own.select_related("locale").order_by("kind", "path"))
    keys = {course.translation_key for course in courses}
    teams = CourseTeam.objects.filter(translation_key__in=keys).prefetch_related("group__user_set")
    people = {team.translation_key: list(team.group.user_set.all()) for team in teams.select_related("group")}
    return [(course, people.get(course.translation_key, [])) for course in courses]
