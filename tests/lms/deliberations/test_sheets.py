"""Counts, lists with names, data reviews and regulation reviews."""

import datetime
import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lms.cohorts.models import Cohort
from lms.deliberations.domain.census import erase_due_names, erase_names, keep_names, today_of
from lms.deliberations.exports.sheets import with_standing
from lms.deliberations.models import (
    Census,
    DataReview,
    DataReviewRow,
    NameList,
    RegulationReview,
    RegulationReviewRow,
)
from lms.deliberations.tasks import erase_due_names as erase_task
from lms.people.models import RecordLogEntry
from lms.uploads import taken_in
from tests.factories import make_staff
from tests.lms.cohorts.test_viewsets import children
from tests.lms.deliberations.factories import (
    CensusFactory,
    DataReviewFactory,
    RegulationReviewFactory,
    photo,
)
from tests.lms.deliberations.pages import said, words

pytestmark = pytest.mark.django_db
SPACES = {
    "census": CensusFactory,
    "data_review": DataReviewFactory,
    "regulation_review": RegulationReviewFactory,
}


@pytest.fixture
def census(cohort: Cohort) -> Census:
    return CensusFactory(organisation=cohort.organisation, village=cohort.village)


def kept(census: Census, *, days: int = 30) -> NameList:
    erase_on = today_of(census) + datetime.timedelta(days=days)
    user = make_staff(f"petugas-{uuid.uuid4().hex[:6]}")
    return keep_names(census=census, file=taken_in(photo()), erase_on=erase_on, user=user)


def pdf_text(answer: Any) -> str:
    return "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def page(space: str, name: str, *args: Any) -> str:
    return reverse(f"{space}:{name}", args=[getattr(each, "pk", each) for each in args])


# ---------------------------------------------------------------- counts


def test_a_count_is_entered_and_printed_without_names(organiser: Client, cohort: Cohort) -> None:
    typed = {
        "village": cohort.village_id,
        "dusun": "Piebulak",
        "counted_on": "25 Juni 2018",
        "households": 42,
        "residents": 160,
        "ungrouped_men": 12,
        "ungrouped_women": 19,
        "officer": "Maria",
    }
    assert organiser.post(page("census", "add"), {**typed, "residents": 30}).status_code == 200
    assert organiser.post(page("census", "add"), {**typed, "counted_on": "31 Juni 2018"}).status_code == 200
    assert not Census.objects.exists()
    assert organiser.post(page("census", "add"), typed).status_code == 302
    made = Census.objects.get()
    text = pdf_text(organiser.get(page("census", "pdf", made)))
    for part in ("REKAPITULASI WARGA BELUM BERKELOMPOK", "Piebulak", "42", "160", "12", "19", "31"):
        assert part in text


def test_one_recap_for_all_hamlets_has_their_sums(organiser: Client, census: Census) -> None:
    CensusFactory(organisation=census.organisation, village=census.village, dusun="Pauk", ungrouped_men=None)
    text = pdf_text(organiser.get(page("census", "bundle")))
    assert "Jumlah" in text
    assert "84" in text
    assert "50" in text


def test_a_hamlet_spelled_in_another_way_is_asked_about(organiser: Client, census: Census) -> None:
    other = CensusFactory(organisation=census.organisation, village=census.village, dusun="Pie Bulak")
    asked = said(
        "Hamlet “%(written)s”: is it “%(near)s”? Then write it so.", written="Pie Bulak", near="Piebulak"
    )
    assert asked in words(organiser.get(page("census", "page", other)))


# ---------------------------------------------------------------- lists with names


def test_names_are_kept_opened_and_erased_and_the_log_knows(organiser: Client, census: Census) -> None:
    day = (today_of(census) + datetime.timedelta(days=365)).isoformat()
    form = BeautifulSoup(organiser.get(page("census", "keep_names", census)).content, "html.parser")
    assert form.find(attrs={"name": "erase_on"})["value"].endswith(day[:4])
    sent = organiser.post(page("census", "keep_names", census), {"file": photo(), "erase_on": day})
    assert sent.status_code == 302
    names = NameList.objects.get()
    assert str(names.erase_on) == day
    answer = organiser.get(page("census", "names", census, names))
    assert b"RAHASIA" not in b"".join(answer.streaming_content)
    assert "no-store" in answer["Cache-Control"]
    assert organiser.get(page("census", "erase_names", census, names)).status_code == 200
    stored = Path(names.file.path)
    assert stored.exists()
    assert organiser.post(page("census", "erase_names", census, names)).status_code == 302
    assert not stored.exists()
    assert organiser.get(page("census", "names", census, names)).status_code == 404
    done = RecordLogEntry.objects.filter(action__contains="names_").order_by("timestamp")
    assert [entry.action.partition(".")[2] for entry in done] == [
        "names_kept",
        "names_opened",
        "names_erased",
    ]
    assert all(entry.user == organiser.user for entry in done)
    census.refresh_from_db()
    assert (census.ungrouped_men, census.ungrouped_women) == (12, 19)


@pytest.mark.parametrize("days", [0, -1, 731])
def test_a_day_that_is_too_early_or_too_late_is_refused(census: Census, days: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        kept(census, days=days)
    assert refusal.value.code == "erase_on"
    assert not NameList.objects.exists()


def test_names_are_erased_when_their_day_has_come_and_not_before(census: Census) -> None:
    due, later = kept(census), kept(census)
    today = today_of(census)
    NameList.objects.filter(pk=due.pk).update(erase_on=today)
    NameList.objects.filter(pk=later.pk).update(erase_on=today + datetime.timedelta(days=1))
    assert erase_due_names() == 1
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.file.name, due.erased_at is None) == ("", False)
    assert later.erased_at is None
    assert Path(later.file.path).exists()
    entry = RecordLogEntry.objects.get(action="deliberations.names_erased")
    assert (entry.user, entry.object_id) == (None, str(census.pk))


@pytest.mark.parametrize("run", [erase_task, lambda: call_command("erase_due_names", verbosity=0)])
def test_worker_and_command_erase_what_is_due(census: Census, run: Callable[[], None], capsys: Any) -> None:
    names = kept(census)
    NameList.objects.update(erase_on=timezone.localdate() - datetime.timedelta(days=2))
    run()
    assert not Path(names.file.path).exists()
    assert Census.objects.filter(pk=census.pk).exists()


def test_a_file_that_cannot_be_removed_keeps_no_other(
    census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, other = kept(census), kept(census)
    NameList.objects.update(erase_on=timezone.localdate() - datetime.timedelta(days=2))
    storage = type(stuck.file.storage)
    delete = storage.delete

    def fail_once(self: Any, name: str) -> None:
        if name == stuck.file.name:
            raise PermissionError(name)
        delete(self, name)

    monkeypatch.setattr(storage, "delete", fail_once)
    assert erase_due_names() == 1
    assert not Path(other.file.path).exists()
    stuck.refresh_from_db()
    assert stuck.erased_at is None
    monkeypatch.setattr(storage, "delete", delete)
    assert erase_due_names() == 1


def test_erasing_twice_changes_nothing(census: Census) -> None:
    names = kept(census)
    assert erase_names(names=names)
    assert not erase_names(names=names)
    assert RecordLogEntry.objects.filter(action="deliberations.names_erased").count() == 1


def test_only_organisers_of_the_organisation_see_names(
    trainer: Client, foreign_organiser: Client, bystander: Client, census: Census
) -> None:
    names = kept(census)
    for name in ("names", "erase_names"):
        address = page("census", name, census, names)
        assert trainer.get(address).status_code == 302
        assert bystander.get(address).status_code == 302
        assert foreign_organiser.get(address).status_code == 404
    assert trainer.get(page("census", "keep_names", census)).status_code == 302
    listed = words(trainer.get(page("census", "page", census)))
    assert said("List with names") not in listed
    theirs = CensusFactory(organisation=foreign_organiser.user.memberships.get().organisation)
    assert foreign_organiser.get(page("census", "names", theirs, names)).status_code == 404


def test_names_are_in_no_export(organiser: Client, census: Census) -> None:
    kept(census)
    book = load_workbook(io.BytesIO(organiser.get(page("census", "export")).content))
    assert [cell.value for cell in book["Daftar"][2]][1:4:2] == ["Piebulak", 42]
    assert not any("daftar" in str(cell.value) for row in book["Daftar"] for cell in row)


# ---------------------------------------------------------------- reviews


def test_a_data_review_is_written_and_printed(organiser: Client, cohort: Cohort) -> None:
    row = {"indicator": "Rumah tanpa jamban", "source": "SID", "year": 2018, "value": "12 KK", "ORDER": 1}
    typed = {"village": cohort.village_id, "topic": "Sanitasi", "reviewed_on": "22 Juni 2018"}
    answer = organiser.post(page("data_review", "add"), {**typed, **children("rows", [row])})
    made = DataReview.objects.get()
    assert answer["Location"] == page("data_review", "page", made)
    text = pdf_text(organiser.get(page("data_review", "pdf", made)))
    for part in ("LEMBAR KAJI DATA", "Sanitasi", "Rumah tanpa jamban", "12 KK"):
        assert part in text


def test_a_regulation_review_says_which_cited_rules_are_gone(organiser: Client, cohort: Cohort) -> None:
    rows = [
        {"article": "Pasal 4", "problem": "Tiga kaur", "reference": "PP 43/2014 Ps 61", "ORDER": 1},
        {"article": "Pasal 5", "problem": "Istilah lama", "reference": "PP 16/2026 Ps 65", "ORDER": 2},
    ]
    typed = {"village": cohort.village_id, "document": "Perdes 3/2016", "reviewed_on": "10-8-2018"}
    organiser.post(page("regulation_review", "add"), {**typed, **children("rows", rows)})
    made = RegulationReview.objects.get()
    told = said("%(rule)s is revoked. %(by)s is in its place.", rule="PP 43/2014", by="PP 16/2026")
    assert words(organiser.get(page("regulation_review", "page", made))).count(told) == 1
    assert "PP 43/2014 dicabut, diganti PP 16/2026" in " ".join(
        pdf_text(organiser.get(page("regulation_review", "pdf", made))).split()
    )
    book = load_workbook(io.BytesIO(organiser.get(page("regulation_review", "export")).content))
    assert [row[8].value for row in book["Daftar"]][1:] == [
        "PP 43/2014 Ps 61\n(PP 43/2014 dicabut, diganti PP 16/2026)",
        "PP 16/2026 Ps 65",
    ]


def test_a_rule_that_is_not_known_as_revoked_is_left_as_it_is() -> None:
    assert with_standing("UU 6/2014 Ps 69") == "UU 6/2014 Ps 69"


# ---------------------------------------------------------------- all three


@pytest.mark.parametrize("space", SPACES)
def test_each_sheet_has_an_empty_form(organiser: Client, cohort: Cohort, space: str) -> None:
    for query in ({}, {"desa": cohort.village_id, "kertas": "f4"}, {"desa": "bukan"}):
        answer = organiser.get(page(space, "empty"), query)
        assert answer.content.startswith(b"%PDF")
    assert "cari" not in pdf_text(answer)


@pytest.mark.parametrize("space", SPACES)
def test_sheets_of_another_organisation_do_not_exist(foreign_organiser: Client, space: str) -> None:
    record = SPACES[space]()
    for name in ("page", "pdf", "docx", "edit", "delete", "history"):
        assert foreign_organiser.get(page(space, name, record)).status_code == 404, name
    assert foreign_organiser.get(page(space, "bundle")).status_code == 302


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("name", ["index", "export"])
def test_lists_take_as_many_queries_for_three_as_for_one(
    organiser: Client, cohort: Cohort, space: str, name: str
) -> None:
    def add() -> None:
        record = SPACES[space](organisation=cohort.organisation, village=cohort.village, cohort=cohort)
        if space == "data_review":
            DataReviewRow.objects.create(review=record, indicator="Air bersih")
        if space == "regulation_review":
            RegulationReviewRow.objects.create(review=record, article="Pasal 1", problem="Kurang jelas")

    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert organiser.get(page(space, name)).status_code == 200
        return len(queries)

    add()
    ask()
    one = ask()
    add()
    add()
    assert ask() == one


@pytest.mark.parametrize("space", SPACES)
def test_sheets_are_sent_as_docx_and_narrowed_by_year_and_words(
    organiser: Client, cohort: Cohort, space: str
) -> None:
    record = SPACES[space](organisation=cohort.organisation, village=cohort.village)
    assert organiser.get(page(space, "docx", record)).content.startswith(b"PK")
    for query, expected in (({"year": 2018}, 2), ({"year": 1999}, 1), ({"q": "tidak ada"}, 1)):
        book = load_workbook(io.BytesIO(organiser.get(page(space, "export"), query).content))
        assert book["Daftar"].max_row == expected, query
