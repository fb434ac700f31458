import csv
import io
import json
from typing import Any

from lms.evaluation.exports.sheets import sheet_csv, sheet_html, sheet_json, sheet_pdf
from lms.evaluation.reports.sheets import evaluate_sheet, published
from tests.lms.evaluation.imports.files import read_csv
from tests.lms.evaluation.reports.sheets.makers import people, questions, totals


def rows_of(report: dict[str, Any]) -> dict[tuple[str, str, str], str]:
    text = sheet_csv(report)
    assert text.startswith("\ufeff")
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    return {(part, of, measure): value for part, of, measure, value in rows}


def test_json_holds_the_report_and_its_headline() -> None:
    report = published(totals(*people(8)))
    said = json.loads(sheet_json(report))
    assert said.pop("sentence").startswith("Dari 8 peserta")
    assert said == json.loads(json.dumps(report))


def test_csv_names_each_number_and_each_question() -> None:
    report = published(questions(40))
    rows = rows_of(report)
    assert rows["paired", "", "n"] == "40"
    assert rows["paired", "", "mean_pre"] == "1,5"
    assert rows["items", "1", "n01"] == "32"
    assert rows["ctt_post", "facility", "2"] == "1,0"


def test_csv_runs_no_formula() -> None:
    sheet = read_csv("id,pre,post,dusun", *[f"p{n},{n},{n + 1},=1+1" for n in range(8)], group="dusun")
    names = {of for _part, of, _measure in rows_of(published(evaluate_sheet(sheet)))}
    assert "'=1+1/paired" in names
    assert not [name for name in names if name.startswith("=")]


def test_a_page_escapes_what_the_file_says() -> None:
    sheet = read_csv(
        "id,pre,post,<b>x</b>", *[f"p{n},{n},{n + 1},<script>" for n in range(8)], group="<b>x</b>"
    )
    page = sheet_html(published(evaluate_sheet(sheet)))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_pdf_is_set_whatever_the_file_says() -> None:
    sheet = read_csv(
        "id,pre,post,dusun", *[f"p{n},{n},{n + 1},#read(1) *x* $y$ {n % 2}" for n in range(20)], group="dusun"
    )
    report = published(evaluate_sheet(sheet))
    assert sheet_pdf(report, title="#pagebreak() \\ Tes", issuer="Balai").startswith(b"%PDF")
    assert sheet_pdf(published(questions(30))).startswith(b"%PDF")
    assert sheet_pdf(published(totals((1, 2)))).startswith(b"%PDF")
