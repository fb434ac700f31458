"""From a file to the bank: what is taken, all or nothing, and once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from assessments.datasets.columns import kind_label
from assessments.imports import plan as planning
from assessments.imports import plan_import, run_import
from assessments.models import FormItem, Question, QuestionMedia, SingleChoiceQuestion
from tests.assessments.imports.zoo import book
from tests.factories import make_single

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "questions"
MOODLE = (DATA / "moodle.xml").read_bytes()
FILES = sorted(DATA.iterdir())


def taken(data: bytes, bank: str = "desa") -> Any:
    plan = plan_import(file=data, name="berkas", bank=bank)
    run_import(plan=plan)
    return plan


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_account_adds_up_and_a_dry_run_writes_nothing(file: Path) -> None:
    with file.open("rb") as opened:
        plan = plan_import(file=opened, name=file.name, bank="desa")
    assert plan.found == len(plan.to_take) + len(plan.there) + len(plan.refused) + sum(plan.unknown.values())
    assert not Question.objects.exists()
    assert not QuestionMedia.objects.exists()
    assert all(row.remarks for row in plan.refused)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_second_time_nothing_is_doubled(file: Path) -> None:
    first = taken(file.read_bytes())
    assert first.to_take
    before = set(Question.objects.values_list("pk", flat=True))
    again = taken(file.read_bytes())
    assert again.to_take == []
    assert len(again.there) == len(first.to_take)
    assert set(Question.objects.values_list("pk", flat=True)) == before


def test_imported_questions_are_current_first_versions_in_no_test() -> None:
    taken(MOODLE)
    questions = Question.objects.all()
    assert {(q.version, q.is_current, q.bank, q.live) for q in questions} == {(1, True, "desa", True)}
    assert not FormItem.objects.exists()
    first = SingleChoiceQuestion.objects.get(code="LEM-01")
    assert first.difficulty == "mudah"
    assert "lembaga" in first.note
    assert {q.code for q in questions} - {"LEM-01"} == {f"DESA-{n:03d}" for n in range(1, len(questions))}


def test_pictures_are_drawn_anew_and_stored_once() -> None:
    taken(MOODLE)
    taken(MOODLE, bank="kedua")
    media = QuestionMedia.objects.get()
    assert (media.title, media.alternative, media.content_type) == (
        "balai desa.png",
        "Balai desa",
        "image/png",
    )
    with media.file.open("rb") as stored, Image.open(stored) as image:
        assert image.size == (2, 2)
    assert Question.objects.filter(image=media).count() == 2


def test_a_code_of_another_bank_is_made_unique() -> None:
    make_single(code="LEM-01")
    plan = taken(MOODLE)
    assert plan.to_take[0].code == "LEM-01-2"


def test_a_code_that_the_bank_has_is_left_as_it_is() -> None:
    make_single(code="LEM-01", bank="desa", stem="Kalimat pelatih")
    plan = taken(MOODLE)
    assert [row.code for row in plan.there] == ["LEM-01"]
    assert Question.objects.get(code="LEM-01").stem == "Kalimat pelatih"


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_import(file=MOODLE, name="berkas", bank="desa")
    plan.to_take[-1].code = plan.to_take[0].code
    with pytest.raises(ValidationError) as refused:
        run_import(plan=plan)
    assert refused.value.messages
    assert not Question.objects.exists()


def test_kinds_that_one_may_not_add_or_publish() -> None:
    plan = plan_import(file=MOODLE, name="berkas", bank="desa", allowed={"single", "true_false"})
    assert {row.kind for row in plan.to_take} == {"single", "true_false"}
    saved = run_import(plan=plan, publishable={"single"})
    assert {question.kind: question.live for question in saved} == {"single": True, "true_false": False}
    draft = next(question for question in saved if not question.live)
    assert type(draft).objects.get(pk=draft.pk).latest_revision is not None


@pytest.mark.parametrize("bank", ["", "  ", "x" * 41])
def test_a_bank_needs_a_name(bank: str) -> None:
    with pytest.raises(ValidationError):
        plan_import(file=MOODLE, name="berkas", bank=bank)


# Our workbook


def row_of(*rows: list[object]) -> Any:
    heads: list[object] = [
        "kode",
        "jenis",
        "soal",
        "kunci",
        "Pilihan A",
        "pilihan b",
        "capaian",
        "versi",
        "warna",
    ]
    return plan_import(file=book([heads, *rows]), name="soal.xlsx", bank="desa")


def test_a_row_says_what_is_wrong_with_it() -> None:
    plan = row_of(
        ["A", kind_label("single"), "Apa?", "A", "x", "y", "", 3, "merah"],
        ["B", kind_label("single").upper(), "Apa lagi?", "C", "x", "y"],
        ["C", kind_label("numeric"), "Berapa?", "1.5"],
        ["D", "single", "Apa?", "A", "x", "y", "ZZ"],
        ["E", "teka-teki", "Apa?"],
        ["F", "", "Apa?"],
        [101, kind_label("true_false"), "Ya?", "benar"],
    )
    assert [(row.where, row.status) for row in plan.rows] == [
        ("Row 2", "taken"),
        ("Row 3", "refused"),
        ("Row 4", "refused"),
        ("Row 5", "refused"),
        ("Row 7", "refused"),
        ("Row 8", "taken"),
    ]
    assert plan.unknown == {"teka-teki": 1}
    assert "warna" in plan.notes[0]
    assert "versi" not in plan.notes[0]
    assert plan.rows[-1].code == "101"
    assert planning.ImportStatus.TAKEN.label


def test_a_formula_is_its_value_and_never_runs() -> None:
    plan = row_of(["A", "single", "=1+1", "A", "@SUM(A1)", "+62"])
    question = run_import(plan=plan)[0]
    assert question.stem == "=1+1"


def test_an_essay_that_earns_nothing_stays_one() -> None:
    essay = (
        b"<quiz><question type='essay'><questiontext><text>Ceritakan desa Anda.</text></questiontext>"
        b"<defaultgrade>0</defaultgrade></question></quiz>"
    )
    (row,) = plan_import(file=essay, name="esai.xml", bank="desa").to_take
    assert row.built is not None
    assert row.built.question.points == 0
    assert not any("oin" in remark for remark in row.remarks)


def test_the_right_side_of_a_pair_is_read_as_it_is_written() -> None:
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text><![CDATA[{right}]]></text></answer></subquestion>"
        for left, right in [("satu", "1  000"), ("dua", "a &amp; b"), ("tiga", "<b>tebal</b>")]
    )
    stem = "<questiontext><text>Pasangkan.</text></questiontext>"
    file = f"<quiz><question type='matching'>{stem}{pairs}</question></quiz>".encode()
    (question,) = run_import(plan=plan_import(file=file, name="pasangan.xml", bank="desa"))
    assert [pair.right for pair in question.match_pairs.all()] == [  # type: ignore[attr-defined]
        "1  000",
        "a &amp; b",
        "tebal",
    ]
