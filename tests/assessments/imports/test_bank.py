"""The loader adds what is missing, leaves what people edited, and says what is wrong in a file."""

import copy
import random
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.composing import compose_form
from assessments.enums import Purpose
from assessments.imports import BUNDLED_BANK, load_bank
from assessments.models import (
    Assessment,
    AssessmentForm,
    FormItem,
    MatchingQuestion,
    NumericQuestion,
    Outcome,
    Question,
)
from assessments.queries import forms_are_equal, summarise_forms
from tests.assessments.questions.support import PERFECT

pytestmark = pytest.mark.django_db

SINGLE: dict[str, Any] = {
    "id": "X1",
    "type": "single",
    "points": 1,
    "stem": "Mana yang benar?",
    "outcomes": ["H1"],
    "options": [
        {"key": "a", "text": "ini", "correct": True, "why": "karena benar"},
        {"key": "b", "text": "itu", "correct": False, "why": "karena salah"},
    ],
}
NUMERIC = {"id": "X2", "type": "numeric", "points": 1, "stem": "Berapa?", "answer": 35.5, "unit": "orang"}
MATCHING = {
    "id": "X3",
    "type": "matching",
    "points": 2,
    "stem": "Pasangkan.",
    "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}],
    "extra_right": [{"text": "3", "why": "tidak ada"}],
}
LIKERT = {"id": "X4", "type": "likert", "points": 0, "stem": "Saya bisa.", "scale": ["tidak", "ya"]}


@pytest.fixture
def bank(tmp_path: Path) -> Any:
    """Writes a bank folder; give items, or a whole file by its name."""

    def write(*items: Any, **files: Any) -> Path:
        content = {
            "outcomes": [{"code": "H1", "kind": "result", "title": "Perencanaan"}],
            "items": {"items": list(items)},
            "assessments": [],
            **files,
        }
        for name, data in content.items():
            text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True)
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def changed(item: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(item), **changes}


def refused(folder: Path) -> str:
    with pytest.raises(ValidationError) as refusal:
        load_bank(folder)
    assert not Question.objects.exists()
    assert not Outcome.objects.exists()
    return "\n".join(refusal.value.messages)


# The bundled bank


def test_the_bundled_bank_loads_and_its_forms_are_equal() -> None:
    report = load_bank()
    assert (report.outcomes, report.questions, report.assessments) == (14, 143, 7)
    assert report.warnings == []
    summaries = summarise_forms(Assessment.objects.get(purpose=Purpose.TEST))
    assert [len(summary.questions) for summary in summaries] == [16, 16]
    assert forms_are_equal(summaries)


def test_the_surveys_of_the_bank_give_no_points_and_only_opinions_are_anonymous() -> None:
    load_bank()
    surveys = Assessment.objects.filter(purpose=Purpose.SURVEY)
    assert [survey.code for survey in surveys if survey.is_anonymous] == ["survei-reaksi"]
    summaries = [summary for survey in surveys for summary in summarise_forms(survey)]
    assert {summary.total for summary in summaries} == {0}
    asked = {question.code for summary in summaries for question in summary.questions}
    attitudes = Question.objects.filter(code__regex=r"^(LK|OT)-")
    assert asked == set(attitudes.values_list("code", flat=True))
    assert len(asked) == 28


def test_a_second_run_changes_nothing_and_asks_little() -> None:
    load_bank()
    with CaptureQueriesContext(connection) as captured:
        report = load_bank(BUNDLED_BANK)
    assert (report.added, report.kept) == (0, 164)
    writes = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    # The register asks five of them.
    assert len(captured) <= 13


def test_a_perfect_answer_earns_all_points_of_every_bundled_question() -> None:
    load_bank()
    scored = [question for question in Question.objects.all() if question.correct_response() is not None]
    assert len(scored) == 115
    for question in scored:
        response = question.correct_response()
        given = PERFECT.get(question.kind, lambda _question, same=response: same)(question)
        assert question.score(response) == question.score(given) == question.points, question.code


def test_near_misses_of_the_bank_are_wrong_and_say_why() -> None:
    load_bank()
    question = Question.objects.get(code="M3-07A")
    assert question.score("Daftar  Usulan.") == 1
    assert question.score("daftar usaha") == 0
    assert question.feedback_on("Daftar usaha") == ["Huruf U adalah usulan, bukan usaha."]


def test_a_survey_says_how_it_is_taken(bank: Any) -> None:
    survey = {
        "code": "s",
        "purpose": "survey",
        "title": "Survei",
        "minutes": 5,
        "layout": "page",
        "is_anonymous": True,
        "attempts_allowed": 1,
        "instructions": "Jawablah apa adanya.",
        "forms": {"A": ["X4"]},
    }
    load_bank(bank(LIKERT, assessments=[survey]))
    made = Assessment.objects.get()
    assert (made.purpose, made.layout, made.is_anonymous, made.attempts_allowed) == (
        "survey",
        "page",
        True,
        1,
    )
    assert made.instructions == "Jawablah apa adanya."


def test_an_attitude_with_points_is_refused(bank: Any) -> None:
    message = refused(bank(changed(LIKERT, points=1)))
    assert "X4: points" in message


# Editing survives


def test_edits_of_trainers_survive_and_new_items_are_added(bank: Any) -> None:
    load_bank(bank(SINGLE))
    Question.objects.update(stem="Kalimat pelatih")
    Outcome.objects.update(title="Judul pelatih")

    report = load_bank(bank(changed(SINGLE, stem="Kalimat berkas"), NUMERIC))

    assert (report.questions, report.kept) == (1, 2)
    assert Question.objects.get(code="X1").stem == "Kalimat pelatih"
    assert Outcome.objects.get().title == "Judul pelatih"
    assert NumericQuestion.objects.get(code="X2").answer == Decimal("35.5")


def test_fields_find_their_place(bank: Any) -> None:
    item = changed(
        SINGLE,
        pair="X",
        form="A",
        lesson="M1.1",
        topic="UUD",
        bloom="paham",
        difficulty="sedang",
        stability="stable",
        note="Catatan",
        cite=[{"ref": "UU 6/2014 Ps 3", "status": "verified"}],
    )
    load_bank(bank(item, MATCHING, LIKERT))
    question = Question.objects.get(code="X1")
    assert (question.pair, question.form_letter, question.lesson_code) == ("X", "A", "M1.1")
    assert question.citations == [{"ref": "UU 6/2014 Ps 3", "status": "verified"}]
    assert [(c.text, c.is_correct, c.rationale) for c in question.choices.all()] == [
        ("ini", True, "karena benar"),
        ("itu", False, "karena salah"),
    ]
    pairs = MatchingQuestion.objects.get().match_pairs.all()
    assert [(pair.left, pair.right, pair.rationale) for pair in pairs] == [
        ("a", "1", ""),
        ("b", "2", ""),
        ("", "3", "tidak ada"),
    ]


def test_points_that_do_not_share_out_are_told_and_loaded(bank: Any) -> None:
    report = load_bank(bank(changed(MATCHING, points=1)))
    assert report.questions == 1
    assert ["X3" in warning for warning in report.warnings] == [True]


def test_a_test_is_made_of_the_current_versions(bank: Any) -> None:
    test = {"code": "t", "title": "Tes", "minutes": 5, "pass_mark_percent": 60, "forms": {"A": ["X2", "X1"]}}
    load_bank(bank(SINGLE, NUMERIC, assessments=[test]))
    form = Assessment.objects.get().forms.get()
    assert list(form.items.order_by("position").values_list("question__code", flat=True)) == ["X2", "X1"]


# Wrong files


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stem": None}, ["X1", "stem"]),
        ({"points": "satu"}, ["X1", "points"]),
        ({"points": 0}, ["X1", "points"]),
        ({"type": "essay"}, ["X1", "type"]),
        ({"outcomes": ["H9"]}, ["X1", "outcomes", "H9"]),
        ({"options": None}, ["X1", "options"]),
        ({"options": ["a", "b"]}, ["X1", "options 1"]),
        ({"options": [{"text": "a", "correct": "ya"}]}, ["X1, options 1", "correct"]),
        ({"options": [{"text": "a", "correct": False}, {"text": "b", "correct": False}]}, ["X1"]),
        ({"bloom": "melamun"}, ["X1", "bloom"]),
        ({"difficulty": "aneh"}, ["X1", "difficulty"]),
        ({"scoring": "per_pair"}, ["X1", "scoring"]),
        ({"cite": [{"status": "verified"}]}, ["X1, cite 1", "ref"]),
        ({"topic": "x" * 50}, ["X1", "topic"]),
    ],
)
def test_a_wrong_item_is_named_with_its_field(bank: Any, change: dict[str, Any], words: list[str]) -> None:
    message = refused(bank(changed(SINGLE, **change)))
    assert [word for word in words if word not in message] == []


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (changed(NUMERIC, answer="banyak"), "answer"),
        (changed(NUMERIC, answer=float("nan")), "answer"),
        (changed(NUMERIC, tolerance=-1), ""),
        (changed(MATCHING, pairs=[{"left": "a"}]), "right"),
        ({"id": "X5", "type": "true_false", "points": 1, "stem": "Ya?", "answer": "benar"}, "answer"),
        (
            {"id": "X5", "type": "ordering", "points": 1, "stem": "Urut", "steps_in_order": [1, 2]},
            "steps_in_order",
        ),
        ({"id": "X5", "type": "ordering", "points": 1, "stem": "Urut", "steps_in_order": ["a"]}, ""),
    ],
)
def test_wrong_fields_of_the_other_kinds_are_named(bank: Any, item: dict[str, Any], field: str) -> None:
    message = refused(bank(item))
    assert item["id"] in message
    assert field in message


def test_all_wrong_items_are_told_at_once(bank: Any) -> None:
    message = refused(bank(changed(SINGLE, stem=None), changed(NUMERIC, answer=None)))
    assert "X1" in message
    assert "X2" in message


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"items": "items: [\n"}, "items.yaml"),
        ({"items": "teks"}, "items.yaml"),
        ({"items": {"items": [SINGLE, SINGLE]}}, "X1"),
        ({"outcomes": [{"code": "H1", "kind": "mimpi", "title": "x"}]}, "kind"),
        ({"assessments": [{"code": "t", "title": "T", "minutes": 5, "pass_mark_percent": 60}]}, "forms"),
        (
            {
                "assessments": [
                    {"code": "t", "title": "T", "minutes": 5, "pass_mark_percent": 60, "forms": {"A": ["X9"]}}
                ]
            },
            "X9",
        ),
        (
            {
                "assessments": [
                    {
                        "code": "t",
                        "title": "T",
                        "minutes": 5,
                        "pass_mark_percent": 160,
                        "forms": {"A": ["X1"]},
                    }
                ]
            },
            "pass_mark_percent",
        ),
    ],
)
def test_a_wrong_file_loads_nothing_and_is_named(bank: Any, files: dict[str, Any], word: str) -> None:
    assert word in refused(bank(SINGLE, **files))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "outcomes.yaml" in refused(tmp_path)


# The command


def test_the_command_tells_what_it_did(bank: Any) -> None:
    out = StringIO()
    call_command("load_question_bank", bank(SINGLE, LIKERT), stdout=out)
    assert "2 questions" in out.getvalue()


def test_the_command_says_what_is_wrong_and_that_nothing_was_loaded(bank: Any) -> None:
    with pytest.raises(CommandError, match=r"(?s)X1: stem.*Nothing was loaded"):
        call_command("load_question_bank", bank(changed(SINGLE, stem=None)), stdout=StringIO())


def test_the_bundled_practice_draws_from_what_the_test_does_not_list() -> None:
    load_bank()
    form = AssessmentForm.objects.get(assessment__code="latihan-campuran")
    drawn = {item.question_id for item in compose_form(form, rng=random.Random(1))}
    assert len(drawn) == 10
    tested = FormItem.objects.filter(form__assessment__code="tes-pendek").values_list(
        "question_id", flat=True
    )
    assert not drawn & set(tested)
