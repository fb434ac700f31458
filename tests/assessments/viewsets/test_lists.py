"""Lists of questions: what they find, what they say, and what they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from assessments import registry
from assessments.domain import retire_question
from assessments.models import Question
from lms.people.management.roles import set_up_roles
from tests.assessments.viewsets.editing import SUBMIT, edit
from tests.factories import OutcomeFactory, make_assessment, make_numeric, make_single

pytestmark = pytest.mark.django_db


def found(client: Client, name: str = "questions_all:index", **wanted: Any) -> list[str]:
    response = client.get(reverse(name), wanted)
    assert response.status_code == 200
    return [question.code for question in response.context["table"].data]


def row(client: Client, code: str) -> Question:
    table = client.get(reverse("questions_all:index")).context["table"].data
    return next(question for question in table if question.code == code)


def test_each_filter_finds_its_questions(author: Client) -> None:
    outcome = OutcomeFactory()
    wanted: dict[str, Any] = {
        "bank": "lain",
        "topic": "M1",
        "difficulty": "mudah",
        "bloom": "ingat",
        "stability": "stable",
        "citations": [{"ref": "PP 16/2026 Ps 89", "status": "ok"}],
    }
    make_single("DICARI", **wanted)
    make_single("LAIN")
    outcome.questions.add(Question.objects.get(code="DICARI"))
    asked = {**wanted, "citations": "pp 16/2026", "outcomes": outcome.pk}
    for name, value in asked.items():
        for place in ("questions_all:index", "questions_single:list"):
            assert found(author, place, **{name: value}) == ["DICARI"], name


def test_a_kind_is_found_in_the_list_of_all(author: Client) -> None:
    make_single("S1")
    make_numeric("N1")
    assert found(author, kind="numeric") == ["N1"]


def test_questions_in_tests_are_told_from_others(author: Client) -> None:
    assessment = make_assessment()
    other = make_assessment()
    make_single("SENDIRI")
    assert found(author, in_test="no") == ["SENDIRI"]
    assert "SENDIRI" not in found(author, in_test="yes")
    of_one = found(author, assessment=assessment.pk)
    assert of_one
    assert not [code for code in of_one if code.startswith(other.code)]


def test_the_status_is_told_and_found(author: Client, client: Client) -> None:
    set_up_roles()
    _live, changed, waiting, retired, draft = (make_single(code) for code in "ABCDE")
    edit(author, changed, stem="Kalimat baru", action={})
    edit(author, waiting, stem="Kalimat baru", action=SUBMIT)
    retire_question(question=retired, user=None, reason="Usang")
    Question.objects.filter(pk=draft.pk).update(live=False)
    assert found(author) == ["A", "B", "C", "E"], "retired ones are left out"
    assert found(author, status="retired") == ["D"]
    assert found(author, status="draft") == ["E"]
    assert found(author, status="review") == ["C"]
    assert found(author, status="changed") == ["B", "C"]
    words = [row(author, code).status_label for code in ("A", "B", "C", "E")]
    assert len(set(words)) == 4


def test_use_and_results_are_those_of_all_versions_and_of_this_one(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = make_assessment().forms.get(letter="A").items.get(position=1)
    monkeypatch.setattr(registry, "_usage_counts", [lambda ids: {item.question_id: 7}])
    monkeypatch.setattr(registry, "_performances", [lambda ids: {item.question_id: 0.625}])
    shown = row(author, item.question.code)
    assert (shown.tests, shown.answered, shown.right) == (1, 7, "62%")


def test_without_results_there_is_no_column_for_them(author: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_performances", [])
    table = author.get(reverse("questions_all:index")).context["table"]
    assert "right" not in table.columns


@pytest.mark.parametrize("place", ["questions_all:index", "questions_single:list"])
def test_three_questions_cost_no_more_queries_than_one(author: Client, place: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            author.get(reverse(place))
        return len(captured)

    make_single("S1")
    queries()
    one = queries()
    make_single("S2")
    make_single("S3")
    assert queries() == one


def test_a_long_question_is_cut_in_lists_and_still_found_whole(author: Client) -> None:
    make_single("PANJANG", stem="Baca kasus ini.\n\n" + "Dusun Pauk bermusyawarah. " * 40 + "Siapa memimpin?")
    for name in ("questions_all:index", "questions_single:list"):
        page = strip_tags(author.get(reverse(name), {"q": "Siapa memimpin"}).content.decode())
        assert "Baca kasus ini. Dusun Pauk" in page
        assert "Siapa memimpin?" not in page
