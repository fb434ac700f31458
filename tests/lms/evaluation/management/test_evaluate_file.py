"""The command gives the published numbers of a file, or a sentence; never a traceback."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.management import CommandError, call_command

from tests.acceptance.compare import differences
from tests.acceptance.through_files import comparisons

DATA = Path(__file__).resolve().parents[3] / "data" / "evaluation"
CASES = json.loads((DATA / "edge_cases.json").read_text(), parse_float=str)["paired"]


def printed(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("evaluate_file", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def report_of(path: Path, **options: Any) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(printed(path, format="json", **options))
    return report


def a_file(folder: Path, *lines: str, name: str = "nilai.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines))
    return path


def test_published_sets_come_out_of_their_files() -> None:
    found = list(comparisons(DATA))
    assert len(found) >= 3
    for name, expected, result in found:
        assert list(differences(expected, result)) == [], name


@pytest.mark.parametrize("place", range(1, 5))
def test_certified_means_and_spreads_come_out_of_one_column(place: int) -> None:
    expected = json.loads((DATA / "expected.json").read_text())["08_nist"][f"numacc{place}"]
    report = report_of(DATA / f"08_nist_numacc{place}.csv")
    assert list(differences(expected, report, relative=1e-8)) == []


@pytest.mark.parametrize("case", [case for case in CASES if case["pre"]], ids=lambda case: case["name"])
def test_what_must_be_said_where_data_say_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    rows = zip(case["pre"], case["post"], strict=True)
    lines = [f"p{n},{_text(pre)},{_text(post)}" for n, (pre, post) in enumerate(rows)]
    report = report_of(a_file(tmp_path, "id,pre,post", *lines), max=str(case["max_score"]))
    expected = json.loads(json.dumps(case["expect"]), parse_float=float)
    expected = {name: float(value) if isinstance(value, str) else value for name, value in expected.items()}
    assert list(differences(expected, {**report["paired"], **report})) == []


def test_nobody_is_a_sentence_and_not_zero_percent(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is nobody in this file"):
        printed(a_file(tmp_path, "id,pre,post"), language="en")


def test_the_text_has_warnings_before_numbers_and_doubts_with_their_rows(tmp_path: Path) -> None:
    lines = [f"p{n},{n % 7},{n % 7 + n % 3}" for n in range(8)]
    text = printed(a_file(tmp_path, "id,pre,post", *lines, "x,sakit,3"), max="10", language="en")
    assert text.startswith("Of 9 participants, 8 took the pre-test and the post-test.")
    assert "Not proof of cause." in text
    assert "- Indicative: only 8 people." in text
    assert "Row 10, column “pre”" in text
    assert "sakit" not in text


def test_a_page_of_its_own_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "laporan.html"
    printed(DATA / "09_jacobson_truax.csv", format="html", output=target, title="<b>Desa</b>", language="en")
    page = target.read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "The average rose from 81.6 to 98.1 points" in page
    assert "&lt;b&gt;Desa&lt;/b&gt;" in page
    # A fill may name a pattern by its place in the page; that fetches nothing.
    fetching = page.replace('url("#', "")
    for foreign in ("<script", "src=", "href=", "url(", "@import"):
        assert foreign not in fetching


def test_a_pdf_says_the_sentence(tmp_path: Path) -> None:
    target = tmp_path / "laporan.pdf"
    printed(DATA / "09_jacobson_truax.csv", format="pdf", output=target, title="Pelatihan Loonuna")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "Pelatihan Loonuna" in text
    assert "Dari 30 peserta, 30 mengerjakan tes awal dan tes akhir." in " ".join(text.split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max": "banyak"}, "--max"),
        ({"max": "0"}, "--max"),
        ({"options": 1}, "--options"),
        ({"group": "dusun"}, "dusun"),
        ({"key": Path("/tidak/ada.csv")}, "/tidak/ada.csv"),
    ],
)
def test_what_was_asked_wrongly_is_told(options: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        printed(DATA / "01_sleep.csv", **options)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.csv"):
        printed(tmp_path / "tidak-ada.csv")


def test_the_order_of_rows_changes_no_number(tmp_path: Path) -> None:
    head, *rows = (DATA / "09_jacobson_truax.csv").read_text().split()
    turned = report_of(a_file(tmp_path, head, *reversed(rows)))
    assert turned["paired"] == report_of(DATA / "09_jacobson_truax.csv")["paired"]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
