"""Questions of lessons: a bank of their own, which no test draws from, lists or offers."""

import random
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError

from assessments.blueprint_forms import ItemFormSet
from assessments.checker import check_assessment, has_errors
from assessments.composing import compose_form
from assessments.enums import Purpose
from assessments.imports import load_bank
from assessments.models import AssessmentForm, FormItem, FormSection, Question
from assessments.queries import load_practice_questions
from assessments.questions.base import PRACTICE_BANK
from tests.factories import AssessmentFactory, make_likert, make_single

pytestmark = pytest.mark.django_db

# Two that could stand in a lesson.
PRACTICE = """
items:
  - id: P-M3.1
    module: M3
    lesson: M3.1
    type: single
    topic: REN
    outcomes: [H1]
    bloom: paham
    difficulty: mudah
    points: 1
    stem: Warga Dusun Kenanga mencari daftar kegiatan desa tahun depan. Dokumen mana yang dibuka?
    options:
      - {key: a, text: RKP Desa, correct: true, why: RKP Desa memuat kegiatan satu tahun.}
      - {key: b, text: RPJM Desa, correct: false, why: RPJM Desa memuat arah untuk masa jabatan.}
    feedback: Kegiatan tahun depan dicari di RKP Desa.
    gloss: Which document holds next year's activities
  - id: P-M3.1-en
    module: M3
    lesson: M3.1
    type: numeric
    outcomes: [H1]
    points: 1
    stem: For how many years is an RKP Desa made?
    answer: 1
    unit: year
    feedback: Each year has its own.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    outcomes = [{"code": "H1", "kind": "result", "title": "Perencanaan"}]
    (tmp_path / "outcomes.yaml").write_text(yaml.safe_dump(outcomes))
    (tmp_path / "items.yaml").write_text(yaml.safe_dump({"items": []}))
    (tmp_path / "assessments.yaml").write_text("[]")
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "m3.yaml").write_text(PRACTICE, encoding="utf-8")
    return tmp_path


def test_practice_files_fill_a_bank_of_their_own_and_again_is_nothing(folder: Path) -> None:
    assert load_bank(folder).questions == 2
    rows = Question.objects.values_list("code", "bank", "lesson_code").order_by("code")
    assert list(rows) == [(code, PRACTICE_BANK, "M3.1") for code in ("P-M3.1", "P-M3.1-en")]
    assert Question.objects.get(code="P-M3.1").feedback == "Kegiatan tahun depan dicari di RKP Desa."
    assert load_bank(folder).added == 0


def test_a_bank_without_practice_is_a_bank(folder: Path) -> None:
    (folder / "practice" / "m3.yaml").unlink()
    (folder / "practice").rmdir()
    assert load_bank(folder).questions == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("id: P-M3.1\n", "id: M3-01A\n"), "P-"),
        (("id: P-M3.1-en", "id: P-M3.1"), "P-M3.1"),
        (("    topic: REN\n", "    topic: REN\n    pair: M3-01\n"), "pair"),
        (("    topic: REN\n", "    topic: REN\n    core: true\n"), "core"),
        (("    lesson: M3.1\n    type: single", "    type: single"), "lesson"),
    ],
)
def test_what_belongs_to_tests_or_to_no_lesson_is_refused_by_name(
    folder: Path, change: tuple[str, str], word: str
) -> None:
    (folder / "practice" / "m3.yaml").write_text(PRACTICE.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ValidationError) as refusal:
        load_bank(folder)
    assert word in "".join(refusal.value.messages)
    assert not Question.objects.exists()


def test_an_id_in_two_files_is_refused(folder: Path) -> None:
    (folder / "practice" / "m4.yaml").write_text(PRACTICE, encoding="utf-8")
    with pytest.raises(ValidationError, match=r"P-M3\.1"):
        load_bank(folder)


@pytest.mark.parametrize("purpose", Purpose.values)
def test_no_draw_takes_a_question_of_a_lesson(purpose: str) -> None:
    make_single("P-1", bank=PRACTICE_BANK, topic="REN")
    make_single("M-1", topic="REN")
    form = AssessmentForm.objects.create(assessment=AssessmentFactory(purpose=purpose), letter="A")
    section = FormSection.objects.create(form=form, number=1, draw=1, topic="REN")
    drawn = compose_form(form, rng=random.Random(1))
    assert [Question.objects.get(pk=item.question_id).code for item in drawn] == ["M-1"]
    section.draw = 2
    section.save()
    with pytest.raises(ValidationError):
        compose_form(form, rng=random.Random(1))


def test_the_checker_stops_a_test_that_lists_one() -> None:
    assessment = AssessmentFactory()
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        FormItem.objects.create(form=form, question=make_single(f"M-{letter}"), position=1)
    assert not has_errors(check_assessment(assessment))
    FormItem.objects.create(form=form, question=make_single("P-1", bank=PRACTICE_BANK), position=2)
    findings = check_assessment(assessment)
    assert [finding.question.code for finding in findings if finding.code == "practice_bank"] == ["P-1"]
    assert has_errors(findings)


def test_the_form_of_a_test_does_not_offer_one() -> None:
    make_single("P-1", bank=PRACTICE_BANK)
    make_single("M-1")
    form = AssessmentForm.objects.create(assessment=AssessmentFactory(), letter="A")

    class Rows(ItemFormSet):
        def __init__(self) -> None:
            self.instance = form

    assert [question.code for question in Rows()._offered] == ["M-1"]


@pytest.mark.parametrize("number", [1, 3])
def test_practice_is_read_in_one_query_once_it_is_known(
    number: int, django_assert_num_queries: object
) -> None:
    codes = [make_single(f"P-{n}", bank=PRACTICE_BANK).code for n in range(number)]
    load_practice_questions(codes)
    with django_assert_num_queries(1):
        found = load_practice_questions(codes)
        assert sorted(found) == codes
        assert [choice.text for choice in found[codes[0]].choices.all()]  # type: ignore[attr-defined]


def test_only_what_can_be_practised_is_read() -> None:
    make_likert("P-sikap", bank=PRACTICE_BANK)
    make_single("P-draf", bank=PRACTICE_BANK, live=False)
    make_single("M-1")
    assert load_practice_questions(["P-sikap", "P-draf", "M-1", "P-tiada"]) == {}
