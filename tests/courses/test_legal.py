"""The law on the page of a lesson, and which lessons cite a rule."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, ReferenceIndex

from assessments.models import LegalBasis
from courses.domain import REVIEWER
from courses.legal import citations_of, law_of, lessons_citing, pages_citing, problems_of_lesson
from courses.models import LessonPage
from lms.people.management.roles import TRAINER, set_up_roles
from tests.courses.trees import Tree, blocks, make_tree
from tests.factories import make_staff
from tests.law import make_basis, make_regulation, revoke

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)


@pytest.fixture
def tree() -> Tree:
    cache.clear()
    return make_tree()


def law(citation: str) -> dict[str, Any]:
    return {"type": "law", "value": {"citation": citation, "summary": "<p>Ringkas.</p>"}}


def with_law(page: LessonPage, *bases: LegalBasis, boxes: tuple[str, ...] = ()) -> LessonPage:
    page.legal_bases = list(bases)
    page.body = blocks([{"type": "paragraph", "value": "<p>Isi.</p>"}, *(law(each) for each in boxes)])
    page.save()
    return LessonPage.objects.get(pk=page.pk)


def shown(page: LessonPage, language: str = "id") -> BeautifulSoup:
    with translation.override(language):
        answer = page.serve(RequestFactory().get("/"))
        assert isinstance(answer, TemplateResponse)
        return BeautifulSoup(answer.render().content, "html.parser")


def fold(soup: BeautifulSoup) -> str:
    return " ".join(soup.select_one("article details.bb-fold").get_text(" ").split())


def notices(soup: BeautifulSoup) -> list[str]:
    return [each.get_text(" ", strip=True) for each in soup.select("article .bb-message--warning")]


def test_the_fold_tells_what_a_rule_says_what_it_replaces_and_when_it_was_read(tree: Tree) -> None:
    old = make_basis("PP 43/2014 Ps 115")
    new = make_basis("PP 16/2026 Ps 143 ayat (2)", summary="Delapan tahun.", replaces=[old])
    text = fold(shown(with_law(tree.lesson, new)))
    assert "PP 16/2026 Ps 143 ayat (2)" in text
    assert "Delapan tahun." in text
    assert "PP 43/2014 Ps 115" in text
    assert "24 November 2026" in text


@pytest.mark.parametrize("fields", [{"needs_check": True}, {"known": "secondary"}, {"overdue": True}])
def test_what_is_not_sure_says_so_in_the_fold_in_the_box_and_on_paper(
    tree: Tree, fields: dict[str, Any]
) -> None:
    basis = make_basis("PP 16/2026 Ps 89", **fields)
    soup = shown(with_law(tree.lesson, basis, boxes=("PP 16/2026 Ps 89",)), "en")
    for part in ("article details.bb-fold", "article .bb-print-only"):
        assert "still to be checked on JDIH" in soup.select_one(part).get_text(), part
    # The box belongs to the text, which is Indonesian.
    assert "masih perlu diperiksa di JDIH" in soup.select_one("article .bb-box--law").get_text()
    sure = make_basis("UU 6/2014 Ps 3")
    soup = shown(with_law(tree.lesson, sure, boxes=("UU 6/2014 Ps 3",)), "en")
    assert "JDIH" not in soup.get_text()


def test_a_revoked_rule_is_told_at_the_top_with_its_successor(tree: Tree) -> None:
    old = make_basis("PP 43/2014 Ps 115")
    make_basis("PP 16/2026 Ps 143 ayat (2)", replaces=[old])
    page = with_law(tree.lesson, old)
    assert notices(shown(page, "en")) == []
    revoke("PP 43/2014", by="PP 16/2026")
    assert notices(shown(page, "en")) == [
        "This lesson cites a rule that has been revoked: PP 43/2014 Ps 115. In its place: "
        "PP 16/2026 Ps 143 ayat (2)."
    ]
    assert "Revoked; PP 16/2026 Ps 143 ayat (2) is in its place." in fold(shown(page, "en"))


def test_a_revoked_rule_in_a_box_alone_is_told_at_the_top_too(tree: Tree) -> None:
    make_basis("PP 43/2014 Ps 115")
    revoke("PP 43/2014", by="PP 16/2026")
    soup = shown(with_law(tree.lesson, boxes=("PP 43/2014 Ps 115",)), "en")
    [notice] = notices(soup)
    assert "In its place: PP 16/2026." in notice
    assert "Dicabut; penggantinya PP 16/2026" in soup.select_one(".bb-box--law").get_text()


def test_a_rule_that_ended_without_successor_says_only_that(tree: Tree) -> None:
    basis = make_basis("UU 1/2000 Ps 1", valid_to=datetime.date(2020, 1, 1))
    [notice] = notices(shown(with_law(tree.lesson, basis), "en"))
    assert notice.endswith("revoked: UU 1/2000 Ps 1.")


def test_old_texts_may_cite_what_nobody_registered(tree: Tree) -> None:
    soup = shown(with_law(tree.lesson, boxes=("Adat setempat", "UU 6/2014 Ps 54, 55")))
    assert len(soup.select(".bb-box--law")) == 2
    assert soup.select_one("article details.bb-fold") is None


def test_a_lesson_without_law_has_no_fold(tree: Tree) -> None:
    with_law(LessonPage.objects.get(code="M1.1", locale__language_code="en"))
    assert shown(with_law(tree.lesson)).select_one("article details.bb-fold") is None


def test_laws_come_first(tree: Tree) -> None:
    names = ["PP 16/2026 Ps 89", "UU 6/2014 Ps 80", "Permendagri 84/2015", "UU 6/2014 Ps 9"]
    known = {str(each): each for each in LegalBasis.objects.all()}
    page = with_law(tree.lesson, *(known.get(name) or make_basis(name) for name in names))
    assert [str(rule.basis) for rule in law_of(page, page.body).rules] == [
        "UU 6/2014 Ps 9", "UU 6/2014 Ps 80", "PP 16/2026 Ps 89", "Permendagri 84/2015",
    ]  # fmt: skip


def test_a_page_without_law_borrows_that_of_its_translation(tree: Tree) -> None:
    english = tree.untranslated.get_translation(Locale.objects.get(language_code="en"))
    english.legal_bases = []
    english.save()
    assert "UU 6/2014 Ps 80" in fold(shown(english, "en"))
    own = make_basis("UU 6/2014 Ps 81")
    english.legal_bases = [own]
    english.save()
    assert [str(rule.basis) for rule in law_of(english, None).rules] == ["UU 6/2014 Ps 81"]
    tree.untranslated.unpublish()
    english.legal_bases = []
    english.save()
    assert law_of(english, None).rules == ()


def test_a_preview_shows_the_law_that_is_not_saved_yet(tree: Tree) -> None:
    draft = LessonPage.objects.get(pk=tree.lesson.pk)
    draft.legal_bases = [make_basis("UU 6/2014 Ps 81")]
    assert [str(rule.basis) for rule in law_of(draft, draft.body).rules] == ["UU 6/2014 Ps 81"]


def test_the_law_of_a_lesson_takes_one_query_whatever_it_cites(tree: Tree) -> None:
    counts = []
    for number in (1, 6):
        bases = [make_basis(f"UU {number}/2000 Ps {each}") for each in range(1, number + 1)]
        boxes = tuple(str(make_basis(f"UU {number}/2001 Ps {each}")) for each in range(1, number + 1))
        page = with_law(tree.lesson, *bases, boxes=boxes)
        with CaptureQueriesContext(connection) as queries:
            assert len(law_of(page, page.body).rules) == 2 * number
        counts.append(len(queries))
    assert counts == [1, 1]


def test_boxes_ask_the_register_once_for_all(tree: Tree) -> None:
    counts = []
    for number in (1, 6):
        boxes = tuple(str(make_basis(f"UU {number}/2001 Ps {each}")) for each in range(1, number + 1))
        page = with_law(tree.lesson, boxes=boxes)
        shown(page)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            shown(LessonPage.objects.get(pk=page.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Who cites


def test_lessons_are_found_by_their_list_and_by_their_boxes(tree: Tree) -> None:
    listed, boxed = make_basis("UU 6/2014 Ps 3"), make_basis("UU 6/2014 Ps 68 ayat (1)")
    page = with_law(tree.lesson, listed, boxes=("UU 6/2014 Ps 68(1)",))
    ReferenceIndex.create_or_update_for_object(page)
    assert pages_citing([listed.pk, boxed.pk]) == {page.pk: {listed.pk, boxed.pk}}
    assert pages_citing([]) == {}
    assert citations_of(page) == ["UU 6/2014 Ps 3", "UU 6/2014 Ps 68 ayat (1)"]


def test_wagtail_knows_where_a_provision_is_used(tree: Tree) -> None:
    listed, boxed = make_basis("UU 6/2014 Ps 3"), make_basis("UU 6/2014 Ps 4")
    page = with_law(tree.lesson, listed, boxes=("UU 6/2014 Ps 4",))
    ReferenceIndex.create_or_update_for_object(page)
    for basis, label in ((listed, "legal_bases"), (boxed, "body")):
        [(found, references)] = ReferenceIndex.get_grouped_references_to(basis)
        assert found.pk == page.pk
        assert references[0].model_path.startswith(label)
        assert references[0].describe_source_field()
        assert references[0].describe_on_delete()


def test_the_report_names_published_lessons_with_their_editor(tree: Tree) -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    page = with_law(tree.lesson, basis)
    [found] = lessons_citing([basis.pk], None)
    assert found.title == "M1.1 Pelajaran 1.1 (id)"
    assert f"/pages/{page.pk}/edit/" in found.url
    page.unpublish()
    assert lessons_citing([basis.pk], None) == []


def test_who_keeps_the_register_sees_lessons_of_others_with_the_way_to_read_them(tree: Tree) -> None:
    basis = make_basis("UU 6/2014 Ps 3")
    page = with_law(tree.lesson, basis)
    set_up_roles()
    keeper, trainer = make_staff("pemeriksa"), make_staff("pelatih")
    for user, group in ((keeper, REVIEWER), (trainer, TRAINER)):
        user.user_permissions.clear()
        user.groups.set(Group.objects.filter(name=group))
    [found] = lessons_citing([basis.pk], keeper)
    assert found.url == page.get_url()
    assert lessons_citing([basis.pk], trainer) == []


def test_problems_of_a_lesson_are_those_of_its_citations(tree: Tree) -> None:
    old = make_basis("PP 43/2014 Ps 115")
    make_regulation("PP 16/2026")
    revoke("PP 43/2014", by="PP 16/2026")
    page = with_law(tree.lesson, old, boxes=("UU 1/1999 Ps 1",))
    assert [(each.code, each.citation) for each in problems_of_lesson(page, on=TODAY)] == [
        ("revoked", "PP 43/2014 Ps 115"),
        ("unknown", "UU 1/1999 Ps 1"),
    ]
