"""The pages of a meeting, as staff open them."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image

from lms.cohorts.domain import record_attendance, record_meeting
from lms.cohorts.models import Attendance, AttendanceEvent, Cohort, Meeting, MeetingCounts, SignedSheet
from lms.people.models import RecordLogEntry
from tests.factories import MeetingFactory
from tests.lms.cohorts.attending import clock, enrol_named, statuses, ticks
from tests.lms.cohorts.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return MeetingFactory(cohort=cohort)


@pytest.fixture
def three(cohort: Cohort, meeting: Meeting) -> str:
    """The address of the list with Ani, Budi and Cica."""
    enrol_named(cohort, "Ani", "Budi", "Cica")
    return page("attendance", cohort, meeting.pk)


def form_of(client: Client, address: str) -> Any:
    return client.get(address).context["form"]


def photo(color: str = "white") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(file, "JPEG")
    return SimpleUploadedFile("daftar hadir.jpg", file.getvalue(), "image/jpeg")


def test_attendance_is_saved_in_one_go(trainer: Client, cohort: Cohort, three: str) -> None:
    answer = trainer.post(three, ticks(form_of(trainer, three), Ani="hadir", Budi="sakit"))
    assert answer.status_code == 302
    assert statuses(cohort) == {"Ani": "hadir", "Budi": "sakit"}
    assert Attendance.objects.first().recorded_by == trainer.user  # type: ignore[attr-defined,union-attr]
    assert RecordLogEntry.objects.get(action="cohorts.attendance").data["people"] == 2


def test_everybody_else_is_marked_present_but_not_those_already_answered(
    trainer: Client, cohort: Cohort, three: str
) -> None:
    stale = form_of(trainer, three)
    trainer.post(three, ticks(form_of(trainer, three), Ani="izin"))
    answer = trainer.post(three, {**ticks(stale, Budi="terlambat"), "rest_present": "1"})
    assert answer.status_code == 302
    assert statuses(cohort) == {"Ani": "izin", "Budi": "terlambat", "Cica": "hadir"}


def test_a_list_opened_earlier_does_not_undo_what_a_colleague_ticked(
    trainer: Client, cohort: Cohort, three: str
) -> None:
    with clock(9):
        trainer.post(three, ticks(form_of(trainer, three), Ani="alpa"))
        stale = form_of(trainer, three)
        trainer.post(three, ticks(form_of(trainer, three), Ani="hadir"))
        trainer.post(three, ticks(stale, Budi="hadir"))
    assert statuses(cohort) == {"Ani": "hadir", "Budi": "hadir"}


def test_two_who_tick_one_row_are_told_and_the_second_may_insist(
    organiser: Client, trainer: Client, cohort: Cohort, three: str
) -> None:
    with clock(9):
        stale = form_of(organiser, three)
        trainer.post(three, ticks(form_of(trainer, three), Ani="sakit"))
        told = organiser.post(three, ticks(stale, Ani="hadir", Budi="hadir"))
        assert told.status_code == 409
        assert statuses(cohort) == {"Ani": "sakit", "Budi": "hadir"}
        [row] = [row for row in told.context["form"].rows() if row.overtaken]
        assert (row.status, row.overtaken.status, row.overtaken.recorded_by) == (
            "hadir",
            "sakit",
            trainer.user,  # type: ignore[attr-defined]
        )
        assert "pelatih" in told.content.decode()
        done = organiser.post(three, ticks(told.context["form"]))
    assert done.status_code == 302
    assert statuses(cohort) == {"Ani": "hadir", "Budi": "hadir"}
    assert AttendanceEvent.objects.filter(attendance__enrolment__participant__full_name="Ani").count() == 2


def test_an_unknown_answer_is_refused_and_nothing_typed_is_lost(
    trainer: Client, cohort: Cohort, three: str
) -> None:
    response = trainer.post(three, ticks(form_of(trainer, three), Ani="hadir", Budi="entah"))
    assert response.status_code == 400
    assert statuses(cohort) == {}
    assert next(row.status for row in response.context["form"].rows()) == "hadir"


def test_a_correction_days_later_asks_why_and_keeps_what_was_ticked(
    trainer: Client, cohort: Cohort, three: str
) -> None:
    with clock(9):
        trainer.post(three, ticks(form_of(trainer, three), Ani="hadir"))
    with clock(9, days=2):
        trainer.force_login(trainer.user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
        sent = ticks(form_of(trainer, three), Ani="izin", Budi="hadir")
        refused = trainer.post(three, sent)
        assert refused.status_code == 400
        assert "reason" in refused.context["form"].errors
        assert [row.status for row in refused.context["form"].rows()] == ["izin", "hadir", ""]
        assert statuses(cohort) == {"Ani": "hadir"}
        trainer.post(three, {**ticks(refused.context["form"]), "reason": "salah centang"})
    assert statuses(cohort) == {"Ani": "izin", "Budi": "hadir"}


def test_a_form_without_the_hidden_field_is_no_error(trainer: Client, cohort: Cohort, three: str) -> None:
    [row, *_rest] = form_of(trainer, three).rows()
    for seen in ({}, {"seen": "rusak :: a:b"}):
        assert trainer.post(three, {f"e-{row.field}": "hadir", **seen}).status_code == 302


def test_found_people_only_are_shown_and_changed(trainer: Client, cohort: Cohort, three: str) -> None:
    enrol_named(cohort, "Dedi", dusun="Pauk")
    for words, found in (("pauk", ["Dedi"]), ("an", ["Ani"]), ("budi melati", ["Budi"])):
        assert [
            r.enrolment.participant.full_name for r in form_of(trainer, f"{three}?q={words}").rows()
        ] == found
    body = trainer.get(f"{three}?q=pauk").content.decode()
    # "Everybody else" would mean people whom one does not see.
    assert "rest_present" not in body


def test_namesakes_and_single_names_can_be_told_apart(
    trainer: Client, cohort: Cohort, meeting: Meeting
) -> None:
    twins = enrol_named(cohort, "Anastasia", "Anastasia", "Maria")
    for name in ("attendance", "meeting", "meeting_history"):
        response = trainer.get(page(name, cohort, meeting.pk))
        assert response.context["namesakes"] == {twins[0].pk, twins[1].pk}
    body = trainer.get(page("meeting", cohort, meeting.pk)).content.decode()
    assert all(twin.participant.code in body for twin in twins[:2])
    assert twins[2].participant.code not in body


@pytest.mark.parametrize("name", ["attendance", "meeting", "meeting_history", "meeting_counts"])
def test_three_people_or_more_cost_the_same_queries(
    trainer: Client, cohort: Cohort, meeting: Meeting, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            trainer.get(page(name, cohort, meeting.pk))
        return len(captured)

    people = enrol_named(cohort, "Ani")
    record_meeting(meeting=meeting, statuses=dict.fromkeys(people, "hadir"), recorded_by=None)
    queries()
    few = queries()
    more = enrol_named(cohort, *(f"Warga {number}" for number in range(12)))
    record_meeting(
        meeting=meeting,
        statuses=dict.fromkeys(more, "hadir"),
        recorded_by=trainer.user,  # type: ignore[attr-defined]
    )
    assert queries() == few


def test_one_person_gets_arrival_thumbprint_and_note(
    trainer: Client, cohort: Cohort, meeting: Meeting
) -> None:
    [ani] = enrol_named(cohort, "Ani")
    address = page("attendance_person", cohort, meeting.pk, ani.pk)
    fields = {
        "status": "terlambat",
        "means": "petugas",
        "arrived": "08:40",
        "thumbprint": "on",
        "note": "datang dari kebun",
    }
    with clock(12):
        assert trainer.post(address, fields).status_code == 302
        known = Attendance.objects.get()
        assert known.arrived_at.isoformat() == "2026-06-01T00:40:00+00:00"  # type: ignore[union-attr]
        assert (known.means, known.thumbprint, known.note) == ("petugas", True, "datang dari kebun")
        assert trainer.get(address).context["form"]["arrived"].value().isoformat() == "08:40:00"
        trainer.post(address, {**fields, "arrived": ""})
    known.refresh_from_db()
    assert known.arrived_at is None
    assert AttendanceEvent.objects.count() == 2


def test_somebody_known_by_code_may_stay_known_by_code(
    trainer: Client, cohort: Cohort, meeting: Meeting
) -> None:
    [ani] = enrol_named(cohort, "Ani")
    with clock(9):
        record_attendance(meeting=meeting, enrolment=ani, status="hadir", recorded_by=None, means="kode")
        address = page("attendance_person", cohort, meeting.pk, ani.pk)
        trainer.post(address, {"status": "hadir", "means": "kode", "note": "duduk di depan"})
    assert Attendance.objects.get().means == "kode"


# The meeting's facts and counts


def test_an_organiser_changes_the_meeting_and_is_told_of_a_moved_day(
    organiser: Client, cohort: Cohort, meeting: Meeting
) -> None:
    [ani] = enrol_named(cohort, "Ani")
    record_attendance(meeting=meeting, enrolment=ani, status="hadir", recorded_by=None)
    fields = {
        "title": "Hari pertama",
        "held_on": "2026-06-03",
        "begins_at": "08:00",
        "ends_at": "12:30",
        "lesson_hours": 4,
        "grace_minutes": 10,
        "place": "Balai  Rakyat",
        "speakers": "",
        "agenda": "",
    }
    response = organiser.post(page("meeting_edit", cohort, meeting.pk), fields, follow=True)
    meeting.refresh_from_db()
    assert (meeting.held_on.day, meeting.place, meeting.grace_minutes) == (3, "Balai Rakyat", 10)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    refused = organiser.post(page("meeting_edit", cohort, meeting.pk), {**fields, "ends_at": "07:00"})
    assert refused.status_code == 400
    assert 'value="07:00"' in refused.content.decode()


def test_counts_begin_with_the_roster_and_are_kept_as_they_were_corrected(
    trainer: Client, cohort: Cohort, meeting: Meeting
) -> None:
    [ani] = enrol_named(cohort, "Ani")
    record_attendance(meeting=meeting, enrolment=ani, status="hadir", recorded_by=None)
    address = page("meeting_counts", cohort, meeting.pk)
    assert trainer.get(address).context["form"]["female"].value() == 1
    sent = {"female": 1, "male": 0, "other_female": 4, "other_male": 2, "poor": "", "source": "lembar"}
    assert trainer.post(address, {**sent, "elders": 9}).status_code == 400
    assert trainer.post(address, {**sent, "female": -1}).status_code == 400
    assert trainer.post(address, {**sent, "female": 99_999}).status_code == 400
    assert trainer.post(address, {**sent, "elders": 3}).status_code == 302
    kept = MeetingCounts.objects.get()
    assert (kept.other_female, kept.elders, kept.poor, kept.source) == (4, 3, None, "lembar")
    assert trainer.get(address).context["form"]["female"].value() == 1


# The signed paper


@pytest.fixture
def sheets(trainer: Client, cohort: Cohort, meeting: Meeting, settings: Any, tmp_path: Any) -> str:
    settings.LMS_PRIVATE_ROOT = str(tmp_path)
    return page("meeting_sheets", cohort, meeting.pk)


def test_pages_are_kept_and_shown_beside_the_list(
    trainer: Client, cohort: Cohort, meeting: Meeting, sheets: str, three: str
) -> None:
    pdf = SimpleUploadedFile("lembar 2.pdf", b"%PDF-1.7 contoh", "application/pdf")
    assert trainer.post(sheets, {"pages": [photo(), pdf]}).status_code == 302
    assert [sheet.content_type for sheet in SignedSheet.objects.all()] == ["image/jpeg", "application/pdf"]
    beside = trainer.get(f"{three}?lembar=1")
    first = SignedSheet.objects.first()
    assert first is not None
    address = page("sheet_file", cohort, meeting.pk, first.pk)
    assert address in beside.content.decode()
    assert beside.context["form"]["means"].value() == "lembar"
    file = trainer.get(address)
    assert file["Content-Type"] == "image/jpeg"
    assert b"".join(file.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    trainer.post(three, {**ticks(form_of(trainer, three), Ani="hadir"), "means": "lembar"})
    assert Attendance.objects.get().means == "lembar"


def test_what_is_no_photo_is_refused_and_none_is_kept(trainer: Client, sheets: str) -> None:
    for bad in (SimpleUploadedFile("a.jpg", b"bukan foto"), SimpleUploadedFile("b.jpg", b"")):
        refused = trainer.post(sheets, {"pages": [photo(), bad]})
        assert refused.status_code == 400
        assert "pages" in refused.context["form"].errors
    assert trainer.post(sheets, {}).status_code == 400
    assert not SignedSheet.objects.exists()


def test_an_organiser_removes_a_page_with_the_reason_and_a_trainer_does_not(
    trainer: Client, organiser: Client, cohort: Cohort, meeting: Meeting, sheets: str
) -> None:
    trainer.post(sheets, {"pages": [photo()]})
    sheet = SignedSheet.objects.get()
    stored, storage = sheet.file.name, sheet.file.storage
    address = page("sheet_remove", cohort, meeting.pk, sheet.pk)
    trainer.post(address, {"reason": "salah"})
    assert storage.exists(stored)
    assert organiser.post(address, {"reason": "  "}).status_code == 400
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda done: done())
        assert organiser.post(address, {"reason": "foto orang lain"}).status_code == 302
    assert not storage.exists(stored)
    sheet.refresh_from_db()
    assert (sheet.removal_reason, sheet.removed_by) == ("foto orang lain", organiser.user)  # type: ignore[attr-defined]
    assert organiser.get(page("sheet_file", cohort, meeting.pk, sheet.pk)).status_code == 404
    assert "foto orang lain" in organiser.get(sheets).content.decode()


# Taken out


def test_the_table_has_a_row_for_each_person_and_no_formula(
    trainer: Client, cohort: Cohort, meeting: Meeting
) -> None:
    ani, evil = enrol_named(cohort, "Ani", "=HYPERLINK(1)", role="+62 812")
    second = MeetingFactory(cohort=cohort, title="-Hari kedua", lesson_hours=2)
    record_meeting(meeting=meeting, statuses={ani: "hadir", evil: "sakit"}, recorded_by=None)
    record_meeting(meeting=second, statuses={ani: "terlambat"}, recorded_by=None)
    text = trainer.post(page("attendance_export", cohort, "csv")).content.decode("utf-8-sig")
    head, *rows = [line.split(";") for line in text.splitlines()]
    assert head[7:] == ["01-06-2026 Hari pertama (4 JP)", "01-06-2026 -Hari kedua (2 JP)", *head[9:]]
    by_name = {row[1]: row for row in rows}
    assert by_name["Ani"][7:] == ["Hadir", "Terlambat", "6", "6", "100"]
    assert by_name["'=HYPERLINK(1)"][4:] == [
        "'+62 812",
        "Melati",
        evil.participant.code,
        "Sakit",
        "",
        "0",
        "6",
        "0",
    ]
    book = load_workbook(io.BytesIO(trainer.post(page("attendance_export", cohort, "xlsx")).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert RecordLogEntry.objects.filter(action="cohorts.attendance_exported").count() == 2
    assert trainer.post(page("attendance_export", cohort, "exe")).status_code == 404


def test_another_organisation_sees_nothing_of_it(
    foreign_organiser: Client, cohort: Cohort, meeting: Meeting, three: str
) -> None:
    for name in ("meeting", "attendance", "meeting_edit", "meeting_counts", "meeting_code", "meeting_sheets"):
        assert foreign_organiser.get(page(name, cohort, meeting.pk)).status_code == 404
    assert foreign_organiser.post(page("attendance_export", cohort, "csv")).status_code == 404
    assert foreign_organiser.get(page("stations", cohort)).status_code == 404


def test_a_meeting_of_another_training_is_not_found_under_this_one(
    organiser: Client, cohort: Cohort, meeting: Meeting
) -> None:
    foreign = MeetingFactory()
    assert organiser.get(page("meeting", cohort, foreign.pk)).status_code == 404
