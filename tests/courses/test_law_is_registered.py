"""Every law fact of the curriculum has a record of the register, in the files and in what was loaded;
and where nobody is sure, readers are told."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.cache import cache as store
from django.test import RequestFactory
from django.utils import translation

from assessments.citations import Citation, citations_in, parse_citation
from assessments.imports.bank import BUNDLED_BANK
from assessments.imports.register_files import BasisSource, read_register
from assessments.models import LegalBasis, Question
from courses.imports.curriculum import BUNDLED, load_curriculum
from courses.legal import citations_of, law_of, problems_of_lesson
from courses.models import LessonPage
from courses.queries import text_of
from lms.followup.suggestions import LEGAL_BASES

# A rule with a place, wherever it stands in a text: "(UU 6/2014 Ps 81)".
INLINE = re.compile(
    r"(?:Penjelasan (?:Umum )?)?(?:UU|PP|Permendagri|Permendesa PDTT|Permendesa PDT|Perki) \d+/\d{4}"
    r"(?: Ps \d+[A-Z]?(?:-\d+)?(?: ayat \(\d+\)(?:-\(\d+\))?)?(?: huruf [a-z])?)?"
)


@cache
def register() -> dict[str, BasisSource]:
    sources = read_register(BUNDLED_BANK / "legal")
    return {str(basis.citation): basis for source in sources for basis in source.bases}


def first_article(citation: Citation) -> int:
    found = re.match(r"\d+", citation.article)
    return int(found.group()) if found else 0


def covers(known: Citation, named: Citation) -> bool:
    """Whether a record speaks of the article that a sentence names. A rule alone is covered by any record."""
    if known.rule != named.rule:
        return False
    if not named.article:
        return True
    first, _dash, last = known.article.partition("-")
    numbers = (first, last or first)
    if not all(number.isdigit() for number in numbers):
        return known.article == named.article
    return int(numbers[0]) <= first_article(named) <= int(numbers[1])


def texts() -> Iterator[tuple[str, str]]:
    """Lessons and guides in all languages, and the questions that people practise and are tested with."""
    for file in sorted(BUNDLED.glob("**/*.md")):
        if file.name != "README.md":
            yield file.name, file.read_text(encoding="utf-8")
    for file in (BUNDLED_BANK / "items.yaml", *sorted(BUNDLED_BANK.glob("practice/*.yaml"))):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["items"]:
            yield item["id"], yaml.safe_dump(item, allow_unicode=True, width=10_000)


def test_every_law_named_in_lessons_guides_and_questions_is_registered() -> None:
    known = [basis.citation for basis in register().values()]
    missing, looked_at = [], 0
    for name, text in texts():
        for written in INLINE.findall(text):
            looked_at += 1
            named = parse_citation(written)
            if named is None or not any(covers(each, named) for each in known):
                missing.append((name, written))
    assert missing == []
    assert looked_at > 400


def front_matter(file: Path) -> dict[str, list[str]]:
    return yaml.safe_load(file.read_text(encoding="utf-8").split("---\n", 2)[1])


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_citation_of_a_lesson_file_stands_in_the_register_as_it_is(language: str) -> None:
    missing = []
    for file in sorted(BUNDLED.glob(f"*/*/*.{language}.md")):
        if ".guide." in file.name:
            continue
        meta = front_matter(file)
        boxes = re.findall(r"^:::law (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        for written in (*meta.get("legal_basis", []), *meta.get("updates", []), *boxes):
            places = citations_in(written)
            missing += [(file.name, written)] if not places else []
            missing += [(file.name, str(place)) for place in places if str(place) not in register()]
    assert missing == []


def test_what_a_suggestion_rests_on_is_registered() -> None:
    assert {citation for cited in LEGAL_BASES.values() for citation in cited} <= set(register())


# What was loaded


def shown(page: LessonPage) -> BeautifulSoup:
    store.clear()
    with translation.override("en"):
        return BeautifulSoup(page.serve(RequestFactory().get("/")).render().content, "html.parser")


@pytest.mark.django_db
def test_what_was_loaded_rests_on_the_register_and_tells_where_nobody_is_sure() -> None:
    load_curriculum(BUNDLED, bank=BUNDLED_BANK)
    _every_question_is_linked()
    lessons = list(LessonPage.objects.live().order_by("path"))
    assert len(lessons) > 60
    marked = 0
    for page in lessons:
        said = [problem for problem in problems_of_lesson(page) if problem.code in ("unreadable", "unknown")]
        assert said == [], page
        rules = law_of(page, text_of(page, "body").value).rules
        assert {str(rule.basis) for rule in rules} >= set(citations_of(page)), page
        marked += _is_told(page, [rule.basis for rule in rules])
    assert marked > 30


def _every_question_is_linked() -> None:
    for question in Question.objects.all():
        left = [source["ref"] for source in question.citations if citations_in(source["ref"])]
        assert left == [], question.code


def _is_told(page: LessonPage, bases: list[LegalBasis]) -> int:
    """Each unsure rule is called so in the fold and in its box, no sure one is. How many were unsure."""
    soup = shown(page)
    folds = [
        fold for fold in soup.select("article details.bb-fold") if "Legal basis" in fold.summary.get_text()
    ]
    assert len(folds) == 1
    for entry in folds[0].ul.find_all("li", recursive=False):
        [basis] = [each for each in bases if str(each) == entry.strong.get_text()]
        assert ("still to be checked on JDIH" in entry.get_text()) == basis.is_marked, (page, basis)
    by_name = {str(basis): basis for basis in bases}
    for box in soup.select("article .bb-box--law"):
        title = box.select_one(".bb-box-title").get_text()
        basis = by_name[title.partition(": ")[2]]
        # A box speaks the language of the lesson's text.
        said = any(
            words in box.get_text() for words in ("masih perlu diperiksa di JDIH", "still to be checked")
        )
        assert said == basis.is_marked, (page, basis)
    return sum(basis.is_marked for basis in bases)
