"""The check of the curriculum names what is wrong, where it is wrong."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assessments.enums import OutcomeKind
from assessments.models import Outcome, SingleChoiceQuestion
from assessments.questions.base import PRACTICE_BANK
from courses.checker import check_curriculum
from courses.models import GlossaryTerm, LessonPage
from tests.courses.trees import Tree, blocks, make_tree
from tests.law import make_basis, revoke

pytestmark = pytest.mark.django_db

WHOLE = [
    {"type": "paragraph", "value": "<p>Usul ditulis.</p>"},
    {"type": "practice", "value": "P-M1.1"},
    {"type": "discuss", "value": {"text": "<p>Siapa?</p>"}},
    {"type": "remember", "value": {"text": "<p>Tulis.</p>"}},
]


@pytest.fixture
def tree() -> Tree:
    """Every written lesson is as it should be."""
    tree = make_tree()
    SingleChoiceQuestion.objects.create(code="P-M1.1", stem="Apa?", bank=PRACTICE_BANK)
    for lesson in LessonPage.objects.all():
        if lesson.body:
            lesson.body = blocks(WHOLE)
        lesson.legal_bases = []
        lesson.save()
    tree.lesson.refresh_from_db()
    return tree


def problems() -> list[str]:
    with translation.override("en"):
        _lessons, found = check_curriculum()
    return [str(problem) for problem in found]


def change(lesson: LessonPage, *more: dict[str, Any], **fields: Any) -> None:
    lesson.body = blocks([*more, *WHOLE])
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.save()


def test_a_whole_curriculum_has_no_problem(tree: Tree) -> None:
    assert problems() == []
    assert check_curriculum()[0] == 8


def test_a_long_lesson_and_long_sentences_are_named(tree: Tree) -> None:
    change(tree.lesson, {"type": "paragraph", "value": f"<p>{'kata ' * 601}.</p>"})
    found = problems()
    assert "M1.1 (id): has 605 words; at most 600 are read" in found
    assert any("words on average" in line for line in found)


@pytest.mark.parametrize("kind", ["practice", "discuss", "remember"])
def test_a_missing_piece_is_named(tree: Tree, kind: str) -> None:
    tree.lesson.body = blocks([raw for raw in WHOLE if raw["type"] != kind])
    tree.lesson.save()
    assert problems() == [f"M1.1 (id): has no block “{kind}”"]


def test_what_does_not_exist_is_named(tree: Tree) -> None:
    GlossaryTerm.objects.create(slug="musdes", term="Musdes", meaning="A.")
    terms = {"type": "terms", "value": {"terms": ["musdes", "tidak-ada"]}}
    change(tree.lesson, terms, {"type": "practice", "value": "P-X"})
    assert problems() == [
        "M1.1 (id): “tidak-ada” is not in the glossary",
        "M1.1 (id): the practice question “P-X” is not in use",
    ]


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ('<a id="99999" linktype="page">', "a page that is not there"),
        ('<a id="99999" linktype="document">', "a document that is not there"),
        ('<a href="/tidak/ada/">', "“/tidak/ada/”, where there is no page"),
    ],
)
def test_a_broken_link_inside_the_site_is_named(tree: Tree, anchor: str, words: str) -> None:
    change(tree.lesson, {"type": "paragraph", "value": f"<p>{anchor}ini</a>.</p>"})
    [problem] = problems()
    assert words in problem


def test_links_that_lead_somewhere_are_no_problem(tree: Tree) -> None:
    inside = f'<a id="{tree.course.pk}" linktype="page">a</a> <a href="{tree.course.get_url()}#x">b</a>'
    change(tree.lesson, {"type": "paragraph", "value": f'<p>{inside} <a href="https://x.id">c</a>.</p>'})
    tree.course.rationale = f'<p><a id="{tree.lesson.pk}" linktype="page">Satu</a></p>'
    tree.course.save()
    assert problems() == []
    tree.lesson.unpublish()
    assert problems() == ["Kursus desa: a link leads to a page that is not there or not published"]


def test_a_picture_that_says_nothing_is_named(tree: Tree) -> None:
    change(tree.lesson, {"type": "diagram", "value": {"name": "kuorum-bpd", "alternative": " "}})
    assert problems() == ["M1.1 (id): “diagram” says nothing to who cannot see or hear it"]


def law(citation: str) -> dict[str, Any]:
    return {"type": "law", "value": {"citation": citation, "summary": "<p>A.</p>"}}


def test_a_rule_that_the_register_lacks_is_named(tree: Tree) -> None:
    change(tree.lesson, law("PP 43/2014 Ps 100"), law("bukan aturan"))
    found = problems()
    assert any("does not have PP 43/2014 Ps 100" in line for line in found)
    assert any("“bukan aturan” cannot be read" in line for line in found)


def test_of_a_revoked_rule_in_the_register_the_page_tells_by_itself(tree: Tree) -> None:
    make_basis("PP 43/2014 Ps 100")
    revoke("PP 43/2014", by="PP 16/2026")
    change(tree.lesson, law("PP 43/2014 Ps 100"))
    assert problems() == []


def test_minutes_of_a_guide_that_do_not_add_up_are_named(tree: Tree) -> None:
    step = {"type": "step", "value": {"title": "A", "minutes": 10, "parts": []}}
    guide = LessonPage._meta.get_field("guide").stream_block.to_python([step, step])
    change(tree.lesson, guide=guide, guide_minutes=25)
    assert problems() == ["M1.1 (id): the steps of the guide take 20 minutes, the session 25"]
    change(tree.lesson, guide=guide, guide_minutes=20)
    assert problems() == []


def test_a_lesson_that_nobody_wrote_in_any_language_is_named(tree: Tree) -> None:
    LessonPage.objects.filter(code="M1.1").update(body=[])
    assert sorted(problems()) == ["M1.1 (en): has no text", "M1.1 (id): has no text"]


def test_results_and_discussions_need_a_lesson_and_a_question(tree: Tree) -> None:
    outcome = Outcome.objects.create(code="H1", kind=OutcomeKind.RESULT, title="Paham")
    Outcome.objects.create(code="TK1", kind=OutcomeKind.SPECIFIC, title="Khusus")
    assert problems() == ["H1: no lesson serves this outcome", "H1: no question asks about this outcome"]
    tree.lesson.outcomes.add(outcome)
    tree.lesson.save()
    question = SingleChoiceQuestion.objects.create(code="Q1", stem="Apa?")
    question.outcomes.add(outcome)
    question.save()
    assert problems() == []


def test_the_queries_do_not_grow_with_the_lessons(tree: Tree) -> None:
    with CaptureQueriesContext(connection) as all_of_them:
        check_curriculum()
    LessonPage.objects.exclude(code="M1.1").update(live=False)
    with CaptureQueriesContext(connection) as one:
        check_curriculum()
    assert len(all_of_them) == len(one)
