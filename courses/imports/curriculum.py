"""Load the curriculum: the question bank first, then courses, modules and lessons in both languages."""

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from assessments.citations import citations_in
from assessments.imports import load_bank
from assessments.legal import resolve
from courses.checker import check_curriculum
from courses.imports.files import read_curriculum
from courses.imports.glossary import glossary_pages, load_glossary, read_glossary
from courses.imports.pages import LoadReport, PageLoader, PageSource
from courses.imports.sources import SOURCE, TRANSLATION, CourseSource, LessonSource, ModuleSource
from courses.models import CoursePage, LessonPage, ModulePage
from courses.signals import site_tree_wanted

BUNDLED = Path(__file__).resolve().parent.parent / "curriculum"
LANGUAGES = (SOURCE, TRANSLATION)
Parents = dict[str, Page]


def load_curriculum(folder: Path, *, bank: Path, check: bool = False) -> LoadReport:
    """Bring the site up to the files, all or nothing. Raises ValidationError for malformed files.

    Idempotent: a second run writes nothing. What a person has changed stays (``courses.imports.pages``).
    With ``check`` everything is done, looked at (``courses.checker``) and then rolled back, so the report
    tells what a run would do and what is wrong with the curriculum.
    """
    courses, terms = read_curriculum(folder), read_glossary(folder)
    with transaction.atomic():
        loader = PageLoader()
        loader.report.bank = load_bank(bank)
        _refuse_unregistered(courses)
        for language in LANGUAGES:
            loader.locale(language)
        site_tree_wanted.send(sender=PageLoader, loader=loader)
        load_glossary(loader.report.terms, terms)
        roots = _roots(loader)
        for source in glossary_pages() if terms else ():
            if root := roots.get(source.language):
                loader.place(source, parent=root, in_order=False)
        for course in courses:
            _load_course(loader, course, roots)
        if check:
            loader.report.lessons, loader.report.problems = check_curriculum()
            transaction.set_rollback(True)
    return loader.report


def _refuse_unregistered(courses: list[CourseSource]) -> None:
    """Raises ValidationError (code "malformed"): each citation that the register lacks, with its line."""
    cited = [
        each
        for course in courses
        for module in course.modules
        for lesson in module.lessons
        for text in lesson.texts.values()
        for each in text.cited
    ]
    known = resolve(dict.fromkeys(each.citation for each in cited))
    problems = [
        _("%(place)s: the register of legal bases does not have %(citation)s.")
        % {"place": each.place, "citation": each.citation}
        for each in cited
        if known[each.citation].missing
    ]
    if problems:
        raise ValidationError([ValidationError(text, code="malformed") for text in dict.fromkeys(problems)])


def _roots(loader: PageLoader) -> Parents:
    """The front page in each language that has one: courses stand below it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise ValidationError(_("Wagtail has no default site. Make one in Settings, Sites."), code="no_site")
    pages = site.root_page.get_translations(inclusive=True).select_related("locale")
    roots = {page.locale.language_code: page for page in pages}
    # A host site in another language than the curriculum: the courses stand below what there is.
    roots.setdefault(SOURCE, site.root_page)
    return {language: roots[language] for language in LANGUAGES if language in roots}


def _load_course(loader: PageLoader, course: CourseSource, roots: Parents) -> None:
    parents = {
        language: page
        for language, root in roots.items()
        if (page := loader.place(_course_page(course, language), parent=root, in_order=False))
    }
    modules: Parents = {}
    for module in course.modules:
        found = _place_all(loader, _module_pages(course, module), parents, after=modules)
        modules |= found
        lessons: Parents = {}
        for lesson in module.lessons:
            lessons |= _place_all(loader, _lesson_pages(course, lesson), found, after=lessons)


def _place_all(
    loader: PageLoader, sources: Iterator[PageSource], parents: Parents, *, after: Parents
) -> Parents:
    placed: Parents = {}
    for source in sources:
        parent = parents.get(source.language)
        if parent is None:
            continue
        page = loader.place(source, parent=parent, after=after.get(source.language))
        if page is not None:
            placed[source.language] = page
    return placed


def _course_page(course: CourseSource, language: str) -> PageSource:
    return PageSource(
        key=course.slug,
        language=language,
        model=CoursePage,
        slug=course.slug,
        fields={
            "title": course.titles[language],
            "summary": course.summaries[language],
            "rationale": course.rationale[language],
            "how_to_learn": course.how_to_learn[language],
            "lesson_hours": course.jp,
            "kind": str(course.kind),
        },
    )


def _module_pages(course: CourseSource, module: ModuleSource) -> Iterator[PageSource]:
    for language in LANGUAGES:
        yield PageSource(
            key=f"{course.slug}/{module.code}",
            language=language,
            model=ModulePage,
            slug=module.slug,
            fields={
                "title": module.titles[language],
                "code": module.code,
                "summary": module.summaries[language],
                "can_do": module.can_do[language],
                "lesson_hours": module.jp,
                "outcomes": module.outcomes,
            },
        )


def _lesson_pages(course: CourseSource, lesson: LessonSource) -> Iterator[PageSource]:
    """The English page has its title at once; until its text is written, the Indonesian one stands in."""
    for language in LANGUAGES:
        text = lesson.texts[language]
        yield PageSource(
            key=f"{course.slug}/{lesson.code}",
            language=language,
            model=LessonPage,
            slug=lesson.slug,
            fields={
                "title": text.title,
                "code": lesson.code,
                "outcome_text": text.outcome,
                "minutes": lesson.minutes,
                "outcomes": lesson.outcomes,
                "body": text.body,
                "legal_bases": text.legal_bases,
                "updates": sorted({str(each) for said in lesson.updates for each in citations_in(said)}),
                "guide": text.guide.body,
                "guide_minutes": text.guide.minutes,
                "guide_materials": text.guide.materials,
                "guide_preparation": text.guide.preparation,
            },
        )
