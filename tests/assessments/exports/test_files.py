"""Exports: strings stay strings, the template explains itself, pictures travel with Moodle XML."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from PIL import Image

from assessments.datasets.columns import kind_names
from assessments.exports import export_questions, template_workbook
from assessments.exports.examples import EXAMPLES
from assessments.imports import plan_import, run_import
from assessments.imports.pictures import CleanPicture
from assessments.models import Question
from assessments.registry import kinds
from tests.assessments.questions_drawn import ODD
from tests.factories import make_likert, make_single

pytestmark = pytest.mark.django_db
PAYLOADS = [
    *ODD,
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "\uff1d1+1",
    "+1|cmd",
    "-2+3",
    "@x",
    "=cmd|' /C calc'!A0",
]


def test_no_cell_is_a_formula() -> None:
    questions = [
        make_single(code=f"S{n}", stem=text, note=text, feedback=text) for n, text in enumerate(PAYLOADS)
    ]
    data = export_questions(ids=[question.pk for question in questions], format="xlsx").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert all(b"<f>" not in sheet and b"<f " not in sheet and b"<hyperlink" not in sheet for sheet in sheets)
    cells = [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}


def test_the_template_has_an_example_of_each_kind_that_can_be_imported() -> None:
    assert set(EXAMPLES) == set(kinds())
    book = load_workbook(io.BytesIO(template_workbook()))
    assert book.sheetnames == ["Soal", "Contoh", "Petunjuk", "Daftar"]
    assert book["Soal"].max_row == 1
    book["Soal"].title, book["Contoh"].title = "Kosong", "Soal"
    out = io.BytesIO()
    book.save(out)
    plan = plan_import(file=out.getvalue(), name="contoh.xlsx")
    # Only the pictures of the example are not there.
    assert [row.remarks for row in plan.refused if "gambar" not in " ".join(row.remarks)] == []
    assert {row.kind for row in plan.to_take} == set(kinds()) - {"picture"}
    assert plan.unknown == {}
    assert plan.notes == []


def test_cells_that_can_be_chosen_from_a_list_are_understood() -> None:
    assert set(kind_names().values()) == set(kinds())


def test_a_picture_travels_with_moodle_xml() -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    media = CleanPicture("Sumur desa.png", "Sumur merah", out.getvalue(), "image/png").save()
    question = make_single(code="G1", stem="Apa <ini> & itu?\nLihat.", image=media)
    option = question.choices.first()
    option.image = media
    option.save()
    data = export_questions(ids=[question.pk], format="moodle_xml").data
    Question.objects.all().delete()
    media.delete()
    [saved] = run_import(plan=plan_import(file=data, name="soal.xml"))
    assert (saved.code, saved.stem) == ("G1", "Apa <ini> & itu?\nLihat.")
    assert saved.image.alternative == "Sumur merah"
    assert [choice.image is not None for choice in saved.choices.all()].count(True) == 1


def test_what_a_format_cannot_hold_is_listed() -> None:
    questions = [make_likert(), make_single(note="Rahasia pelatih")]
    export = export_questions(ids=[question.pk for question in questions], format="gift")
    assert export.written == 1
    assert {(loss.code, loss.fields) for loss in export.left} == {("LK1", ()), ("S1", ("note",))}
    assert b"Rahasia" not in export.data


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count: int) -> int:
        ids = [make_single(code=f"Q{count}-{n}").pk for n in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            export_questions(ids=ids, format="xlsx")
        return len(captured)

    assert queries(1) == queries(3)
