"""The register follows its files, until somebody touches a record."""

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assessments.imports.register import link_sources, load_register
from assessments.models import LegalBasis, Question, Regulation
from assessments.register import mark_due, record_check
from tests.factories import make_single, make_staff
from tests.law import FILES, make_basis

pytestmark = pytest.mark.django_db

EIGHT_YEARS = "PP 16/2026 Ps 143 ayat (2)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def change(folder: Path, name: str, before: str, after: str) -> None:
    file = folder / name
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))


def basis(citation: str) -> LegalBasis:
    return LegalBasis.objects.get(citation=citation)


def refusals(folder: Path) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        load_register(folder)
    assert not Regulation.objects.exists()
    return refused.value.messages


def test_records_say_what_their_file_says(folder: Path) -> None:
    report = load_register(folder)
    assert (len(report.created), report.updated, report.kept) == (7, [], [])
    found = basis(EIGHT_YEARS)
    assert found.summary == "Delapan tahun."
    assert (found.known, found.needs_check) == ("verified", True)
    assert (found.checked_on, found.checked_by) == (datetime.date(2026, 11, 24), None)
    assert found.recheck_on == datetime.date(2027, 5, 24)
    assert [str(each) for each in found.replaces.all()] == ["PP 43/2014 Ps 115"]
    old = Regulation.objects.get(kind="PP", number=43)
    assert (old.revoked_by.name, old.valid_to) == ("PP 16/2026", datetime.date(2026, 3, 26))
    assert not basis("UU 6/2014 Ps 79").needs_check


def test_a_second_run_writes_nothing_and_asks_little(folder: Path) -> None:
    load_register(folder)
    with CaptureQueriesContext(connection) as queries:
        report = load_register(folder)
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    assert (len(report.unchanged), report.changed, report.kept) == (7, 0, [])
    assert len(queries) <= 6


def test_a_changed_file_changes_its_record(folder: Path) -> None:
    load_register(folder)
    change(folder, "pp-16-2026.yaml", "Delapan tahun.", "RPJM Desa untuk delapan tahun.")
    change(folder, "pp-16-2026.yaml", "    replaces: PP 43/2014 Ps 115\n", "")
    report = load_register(folder)
    assert report.updated == [EIGHT_YEARS]
    assert basis(EIGHT_YEARS).summary == "RPJM Desa untuk delapan tahun."
    assert not basis(EIGHT_YEARS).replaces.exists()
    assert load_register(folder).changed == 0


def test_a_rule_revoked_by_its_file_is_revoked(folder: Path) -> None:
    load_register(folder)
    change(
        folder,
        "uu-6-2014.yaml",
        "title: Desa\n",
        "title: Desa\nvalid_to: 2026-12-31\nrevoked_by: PP 16/2026\n",
    )
    assert load_register(folder).updated == ["UU 6/2014"]
    assert Regulation.objects.get(kind="UU").revoked_by.name == "PP 16/2026"
    assert load_register(folder).changed == 0


def edited(folder: Path) -> None:
    record = basis(EIGHT_YEARS)
    record.summary = "Kata pemeriksa."
    record.save()


def checked(folder: Path) -> None:
    today = datetime.date(2026, 11, 30)
    record_check(
        basis=basis(EIGHT_YEARS), user=make_staff("a"), on=today, recheck_on=today.replace(year=2027)
    )


def saved(folder: Path) -> None:
    basis(EIGHT_YEARS).save_revision(user=make_staff("a"))


@pytest.mark.parametrize("touch", [edited, checked, saved])
def test_what_somebody_touched_stays_whatever_the_file_says(folder: Path, touch) -> None:  # type: ignore[no-untyped-def]
    load_register(folder)
    touch(folder)
    before = basis(EIGHT_YEARS).summary
    change(folder, "pp-16-2026.yaml", "Delapan tahun.", "Lain.")
    with translation.override("en"):
        report = load_register(folder)
    assert report.kept == [(EIGHT_YEARS, "edited in the admin")]
    assert report.updated == []
    assert basis(EIGHT_YEARS).summary == before


def test_a_revocation_by_staff_stays(folder: Path) -> None:
    load_register(folder)
    rule = Regulation.objects.get(kind="UU")
    rule.valid_to = datetime.date(2026, 11, 1)
    rule.save()
    report = load_register(folder)
    assert [name for name, _reason in report.kept] == ["UU 6/2014"]
    assert Regulation.objects.get(kind="UU").valid_to == datetime.date(2026, 11, 1)


def test_a_deleted_record_does_not_come_back(folder: Path) -> None:
    load_register(folder)
    basis("UU 6/2014 Ps 80").delete()
    with translation.override("en"):
        report = load_register(folder)
    assert report.kept == [("UU 6/2014 Ps 80", "deleted in the admin")]
    assert not LegalBasis.objects.filter(citation="UU 6/2014 Ps 80").exists()


def test_the_mark_of_the_nightly_task_is_nobodys_edit(folder: Path) -> None:
    load_register(folder)
    assert mark_due(on=datetime.date(2027, 12, 1)) == 3
    report = load_register(folder)
    assert report.kept == []
    assert basis(EIGHT_YEARS).overdue


def test_a_record_that_a_migration_made_is_taken_over(folder: Path) -> None:
    make_basis("UU 6/2014 Ps 80", summary="Dari pelajaran.")
    report = load_register(folder)
    assert set(report.updated) == {"UU 6/2014", "UU 6/2014 Ps 80"}
    assert basis("UU 6/2014 Ps 80").summary == "Warga ikut."


def test_no_folder_is_no_register(tmp_path: Path) -> None:
    assert load_register(tmp_path / "tidak-ada").changed == 0


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("uu-6-2014.yaml", "regulation: UU 6/2014", "regulation: UU Desa", "must be a regulation"),
        ("uu-6-2014.yaml", "cite: UU 6/2014 Ps 80", "cite: UU 6/2014 Ps 80(1)", "one citation of UU 6/2014"),
        ("uu-6-2014.yaml", "cite: UU 6/2014 Ps 80", "cite: UU 7/2014 Ps 80", "one citation of UU 6/2014"),
        ("uu-6-2014.yaml", "known: verified", "known: yakin", "must be one of verified"),
        ("uu-6-2014.yaml", "Ps 80, summary: Warga ikut.", "Ps 79, summary: Warga ikut.", "stands twice"),
        ("uu-6-2014.yaml", "checked_on: 2026-11-24", "checked_on: kemarin", "must be a date"),
        ("uu-6-2014.yaml", "title_en", "judul", "judul is not known"),
        ("uu-6-2014.yaml", "summary: Warga ikut.", "summary: ''", "summary must be a text"),
        ("pp-16-2026.yaml", "needs_check: true", "needs_check: mungkin", "must be true or false"),
        ("pp-16-2026.yaml", "Ps 115", "Ps 116", "PP 43/2014 Ps 116, which is not in the register"),
        ("pp-16-2026.yaml", "replaces: PP 43/2014", "replaces: Peraturan lama", "must be citations"),
        ("pp-43-2014.yaml", "valid_to: 2026-03-26\n", "", "must be the last day"),
        ("pp-43-2014.yaml", "revoked_by: PP 16/2026", "revoked_by: PP 9/2026", "PP 9/2026, which is not in"),
        ("pp-43-2014.yaml", "bases:", "bases: [", "pp-43-2014.yaml"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_nothing_is_loaded(
    folder: Path, name: str, before: str, after: str, told: str
) -> None:
    change(folder, name, before, after)
    assert any(told in text for text in refusals(folder)), refusals(folder)


# Questions


def test_sources_in_words_become_links_and_what_is_no_law_stays(folder: Path) -> None:
    load_register(folder)
    rows = [
        {"ref": ref, "status": "verified"} for ref in ("UU 6/2014 Ps 79, 80", "Temuan", "UU 6/2014 Ps 81")
    ]
    question = make_single(citations=rows)
    assert link_sources() == 1
    found = Question.objects.get(pk=question.pk)
    assert sorted(str(each) for each in found.legal_bases.all()) == ["UU 6/2014 Ps 79", "UU 6/2014 Ps 80"]
    assert found.citations == rows[1:]
    assert link_sources() == 0


def test_linking_asks_as_much_for_three_questions_as_for_one(folder: Path) -> None:
    load_register(folder)
    counts = []
    for number in (1, 3):
        for each in range(number):
            make_single(f"S{number}-{each}", citations=[{"ref": "Temuan", "status": "programme"}])
        with CaptureQueriesContext(connection) as queries:
            link_sources()
        counts.append(len(queries))
    assert counts[0] == counts[1]
