"""Writing down who was at a meeting: events, reasons, means, and two people at one list."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.domain import record_attendance, record_meeting
from lms.cohorts.domain.attendance import record_arrival
from lms.cohorts.domain.attendance_list import Answer, save_list
from lms.cohorts.domain.attendance_meetings import change_meeting, save_counts
from lms.cohorts.enums import AttendanceStatus, Means
from lms.cohorts.models import Attendance, AttendanceEvent, Cohort, Enrolment, Meeting, MeetingCounts
from lms.cohorts.queries import attended_hours
from lms.cohorts.queries.attendance import matrix_of
from lms.cohorts.queries.inclusion import (
    COUNTED,
    PEOPLE,
    proposed_counts,
    public_counts,
    public_totals,
    share_of_women,
    summed,
    total_counts,
)
from lms.cohorts.queries.times import at_meeting, day_has_passed, is_late, today_in, window_of
from lms.cohorts.signals import attendance_recorded, cohort_changed
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory, MeetingFactory, VillageFactory, make_staff
from tests.lms.cohorts.attending import DAY, clock, enrol_named, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return MeetingFactory(cohort=cohort, begins_at=datetime.time(8), ends_at=datetime.time(12))


@pytest.fixture
def person(cohort: Cohort) -> Enrolment:
    return enrol_named(cohort, "Ani")[0]


@pytest.fixture
def panitia(organisation: Any) -> Any:
    return make_staff("panitia", organisation=organisation)


def history(enrolment: Enrolment) -> list[tuple[str, str, str]]:
    rows = AttendanceEvent.objects.filter(attendance__enrolment=enrolment)
    return list(rows.values_list("from_status", "to_status", "means"))


def test_each_change_appends_an_event_with_who_and_how(
    meeting: Meeting, person: Enrolment, panitia: Any
) -> None:
    with clock(9):
        record_attendance(meeting=meeting, enrolment=person, status="alpa", recorded_by=panitia)
        record_attendance(meeting=meeting, enrolment=person, status="terlambat", recorded_by=panitia)
    assert history(person) == [("", "alpa", "daftar"), ("alpa", "terlambat", "daftar")]
    assert set(AttendanceEvent.objects.values_list("by__username", flat=True)) == {"panitia"}


def test_repeating_an_answer_writes_no_event_and_sends_no_news(meeting: Meeting, person: Enrolment) -> None:
    news: list[Any] = []
    attendance_recorded.connect(listener := lambda **kwargs: news.append(kwargs["enrolment"]), weak=False)
    try:
        for _again in range(3):
            record_attendance(meeting=meeting, enrolment=person, status="hadir", recorded_by=None)
    finally:
        attendance_recorded.disconnect(listener)
    assert len(history(person)) == len(news) == 1


def test_a_note_or_thumbprint_is_an_event_but_no_news_about_being_there(
    meeting: Meeting, person: Enrolment
) -> None:
    record_attendance(meeting=meeting, enrolment=person, status="hadir", recorded_by=None, means="lembar")
    news: list[Any] = []
    attendance_recorded.connect(listener := lambda **kwargs: news.append(1), weak=False)
    try:
        known = record_attendance(
            meeting=meeting,
            enrolment=person,
            status="hadir",
            recorded_by=None,
            details={"thumbprint": True, "note": "cap jempol kanan"},
        )
    finally:
        attendance_recorded.disconnect(listener)
    assert (known.means, known.thumbprint, known.note) == ("lembar", True, "cap jempol kanan")
    assert len(history(person)) == 2
    assert news == []


def test_after_the_day_a_correction_needs_a_reason_and_a_first_record_does_not(
    cohort: Cohort, meeting: Meeting, person: Enrolment
) -> None:
    [late] = enrol_named(cohort, "Budi")
    with clock(9):
        record_attendance(meeting=meeting, enrolment=person, status="hadir", recorded_by=None)
    with clock(9, days=3):
        record_attendance(meeting=meeting, enrolment=late, status="hadir", recorded_by=None)
        with pytest.raises(ValidationError) as refused:
            record_attendance(meeting=meeting, enrolment=person, status="izin", recorded_by=None, reason=" ")
        assert refused.value.code == "reason"
        assert statuses(cohort) == {"Ani": "hadir", "Budi": "hadir"}
        record_attendance(
            meeting=meeting, enrolment=person, status="izin", recorded_by=None, reason="salah baca lembar"
        )
    assert AttendanceEvent.objects.get(to_status="izin").reason == "salah baca lembar"


def test_what_the_machine_saw_overrules_nobody(meeting: Meeting, person: Enrolment) -> None:
    with clock(8):
        record_attendance(meeting=meeting, enrolment=person, status="izin", recorded_by=None)
        at = at_meeting(meeting, datetime.time(8))
        assert not record_arrival(meeting=meeting, enrolment=person, status="hadir", means="kode", at=at)
    assert statuses(meeting.cohort) == {"Ani": "izin"}


def answer(enrolment: Enrolment, seen: str, status: str, **more: bool) -> Answer:
    return Answer(enrolment, seen, status, **more)


def test_two_lists_at_once_the_later_one_is_told_and_the_rest_is_saved(
    cohort: Cohort, meeting: Meeting, panitia: Any
) -> None:
    ani, budi = enrol_named(cohort, "Ani", "Budi")
    with clock(9):
        save_list(meeting=meeting, answers=[answer(ani, "", "sakit")], recorded_by=panitia)
        told = save_list(
            meeting=meeting,
            answers=[answer(ani, "", "hadir"), answer(budi, "", "hadir")],
            recorded_by=None,
        )
        assert [(each.enrolment, now.status, now.recorded_by) for each, now in told.overtaken] == [
            (ani, "sakit", panitia)
        ]
        assert told.count == 1
        assert statuses(cohort) == {"Ani": "sakit", "Budi": "hadir"}
        again = save_list(meeting=meeting, answers=[answer(ani, "sakit", "hadir")], recorded_by=None)
    assert again.overtaken == ()
    assert statuses(cohort)["Ani"] == "hadir"


def test_two_lists_that_say_the_same_are_no_quarrel(meeting: Meeting, person: Enrolment) -> None:
    for _both in range(2):
        saved = save_list(meeting=meeting, answers=[answer(person, "", "hadir")], recorded_by=None)
        assert saved.overtaken == ()
    assert len(history(person)) == 1


def test_as_on_the_sheet_speaks_of_the_whole_screen(cohort: Cohort, meeting: Meeting) -> None:
    ani, budi, cica = enrol_named(cohort, "Ani", "Budi", "Cica")
    save_list(meeting=meeting, answers=[answer(ani, "", "hadir")], recorded_by=None)
    rows = [answer(ani, "hadir", "hadir"), answer(budi, "", "hadir", thumb=True), answer(cica, "", "")]
    save_list(meeting=meeting, answers=rows, recorded_by=None, means=Means.PAPER)
    known = {row.enrolment: (row.means, row.thumbprint) for row in Attendance.objects.all()}
    assert known == {ani: ("lembar", False), budi: ("lembar", True)}


@given(
    st.lists(
        st.tuples(st.sampled_from(["", *AttendanceStatus.values]), st.sampled_from(AttendanceStatus.values)),
        max_size=8,
    )
)
def test_the_events_of_a_person_are_a_chain_that_ends_where_it_stands(steps: list[tuple[str, str]]) -> None:
    meeting = MeetingFactory()
    [person] = enrol_named(meeting.cohort, "Ani")
    with clock(9):
        for seen, status in steps:
            save_list(meeting=meeting, answers=[answer(person, seen, status)], recorded_by=None)
    chain = history(person)
    assert [before for before, _to, _means in chain] == ["", *(to for _before, to, _means in chain)][
        : len(chain)
    ]
    known = Attendance.objects.filter(enrolment=person).values_list("status", flat=True).first()
    assert known == (chain[-1][1] if chain else None)


def test_hours_count_present_and_late_of_every_meeting(cohort: Cohort, person: Enrolment) -> None:
    first, second, third = (MeetingFactory(cohort=cohort, lesson_hours=hours) for hours in (4, 3, 1))
    for meeting, status in ((first, "hadir"), (second, "izin"), (third, "terlambat")):
        record_attendance(meeting=meeting, enrolment=person, status=status, recorded_by=None)
    assert attended_hours([person]) == {person.pk: (5, 8)}
    [row] = matrix_of(cohort).people
    assert (row.statuses, row.hours) == (("hadir", "izin", "terlambat"), 5)


def test_attendance_in_two_trainings_stays_apart(cohort: Cohort, meeting: Meeting, person: Enrolment) -> None:
    other = MeetingFactory(cohort__organisation=cohort.organisation)
    elsewhere = person.participant.enrolments.create(cohort=other.cohort, form_order="AB")
    record_meeting(meeting=meeting, statuses={person: "hadir"}, recorded_by=None)
    assert attended_hours([person, elsewhere]) == {person.pk: (4, 4), elsewhere.pk: (0, 4)}
    with pytest.raises(ValidationError) as refused:
        record_attendance(meeting=other, enrolment=person, status="hadir", recorded_by=None)
    assert refused.value.code == "other_cohort"


# The clock of the village


def test_at_midnight_the_day_is_the_villages_and_not_that_of_utc() -> None:
    wita = MeetingFactory()
    wib = MeetingFactory(cohort__village=VillageFactory(time_zone="Asia/Jakarta"))
    with clock(0, 30, days=1):  # 16:30 UTC of the day before
        assert today_in(wita.cohort.village) == DAY + datetime.timedelta(days=1)
        assert day_has_passed(wita)
        # In WIB it is half past eleven.
        assert not day_has_passed(wib)


def test_the_window_of_a_meeting_never_leaves_its_day(cohort: Cohort) -> None:
    early = MeetingFactory(cohort=cohort, begins_at=datetime.time(0, 30), ends_at=datetime.time(2))
    untimed = MeetingFactory(cohort=cohort)
    for meeting in (early, untimed):
        window = window_of(meeting)
        assert {window.opens.date(), window.closes.date()} == {DAY}
    assert at_meeting(early, datetime.time(1)) in window_of(early)
    assert at_meeting(early, datetime.time(2)) not in window_of(early)
    assert at_meeting(untimed, datetime.time(23, 59)) in window_of(untimed)


def test_late_is_after_the_grace(meeting: Meeting) -> None:
    assert not is_late(meeting, at_meeting(meeting, datetime.time(8, 15)))
    assert is_late(meeting, at_meeting(meeting, datetime.time(8, 15, 1)))
    assert not is_late(MeetingFactory(), at_meeting(meeting, datetime.time(23)))


# The meeting itself


def test_moved_to_another_day_a_meeting_keeps_its_attendance_and_says_so(
    meeting: Meeting, person: Enrolment, panitia: Any
) -> None:
    with clock(9):
        record_attendance(meeting=meeting, enrolment=person, status="hadir", recorded_by=None)
    moved = change_meeting(
        meeting=meeting, fields={"held_on": DAY + datetime.timedelta(days=7)}, user=panitia
    )
    assert moved.held_on.day == 8
    assert statuses(meeting.cohort) == {"Ani": "hadir"}
    entry = RecordLogEntry.objects.get(action="cohorts.meeting_changed")
    assert entry.data["before"] == {"held_on": "2026-06-01"}
    # On the day that it was moved to it may be corrected without a reason.
    with clock(9, days=7):
        record_attendance(meeting=moved, enrolment=person, status="izin", recorded_by=None)


def test_other_hours_ask_again_who_has_completed(meeting: Meeting, panitia: Any) -> None:
    asked: list[Any] = []
    cohort_changed.connect(listener := lambda **kwargs: asked.append(kwargs["cohort"]), weak=False)
    try:
        change_meeting(meeting=meeting, fields={"place": "Balai Rakyat"}, user=panitia)
        assert asked == []
        change_meeting(meeting=meeting, fields={"lesson_hours": 2}, user=panitia)
    finally:
        cohort_changed.disconnect(listener)
    assert asked == [meeting.cohort]


def test_a_meeting_ends_after_it_begins(meeting: Meeting, panitia: Any) -> None:
    with pytest.raises(ValidationError):
        change_meeting(meeting=meeting, fields={"ends_at": datetime.time(7)}, user=panitia)
    meeting.refresh_from_db()
    assert meeting.ends_at == datetime.time(12)


# Counts


def counts(**numbers: int | None) -> dict[str, int | None]:
    return {name: numbers.get(name) for name in COUNTED}


def test_counts_are_proposed_from_who_was_there(cohort: Cohort, meeting: Meeting) -> None:
    ani, budi = enrol_named(cohort, "Ani", "Budi", age_band="60+")
    [cica] = enrol_named(cohort, "Cica", sex="L", age_band="18-30")
    [dedi] = enrol_named(cohort, "Dedi", sex="L")
    there = {ani: "hadir", budi: "izin", cica: "terlambat", dedi: "hadir"}
    record_meeting(meeting=meeting, statuses=there, recorded_by=None)
    proposal = proposed_counts(meeting)
    assert proposal.counts == counts(female=1, male=2, elders=1, youth=1)
    assert proposal.unknown_age == 1


def test_no_nought_is_proposed_while_an_age_is_not_known(cohort: Cohort, meeting: Meeting) -> None:
    [ani] = enrol_named(cohort, "Ani", age_band="31-45")
    record_meeting(meeting=meeting, statuses={ani: "hadir"}, recorded_by=None)
    assert proposed_counts(meeting).counts == counts(female=1, male=0, elders=0, youth=0)
    [budi] = enrol_named(cohort, "Budi")
    record_meeting(meeting=meeting, statuses={budi: "hadir"}, recorded_by=None)
    assert proposed_counts(meeting).counts == counts(female=2, male=0, elders=None, youth=None)


def test_access_needs_never_count_as_a_disability(cohort: Cohort, meeting: Meeting) -> None:
    [ani] = enrol_named(cohort, "Ani", access_needs="huruf besar")
    record_meeting(meeting=meeting, statuses={ani: "hadir"}, recorded_by=None)
    assert proposed_counts(meeting).counts["disability"] is None


def test_a_group_is_not_larger_than_the_room(meeting: Meeting, panitia: Any) -> None:
    room = counts(female=3, male=2, other_female=0, other_male=1, elders=7)
    with pytest.raises(ValidationError) as refused:
        save_counts(meeting=meeting, counts=room, source="ruangan", note="", user=panitia)
    assert set(refused.value.error_dict) == {"elders"}
    assert not MeetingCounts.objects.exists()
    save_counts(meeting=meeting, counts={**room, "elders": 6}, source="ruangan", note="", user=panitia)


def test_sums_and_share_of_women_take_in_those_not_enrolled(
    cohort: Cohort, meeting: Meeting, panitia: Any
) -> None:
    [ani] = enrol_named(cohort, "Ani")
    [budi] = enrol_named(cohort, "Budi", sex="L")
    record_meeting(meeting=meeting, statuses={ani: "hadir", budi: "hadir"}, recorded_by=None)
    save_counts(
        meeting=meeting,
        counts=counts(female=1, male=1, other_female=2, other_male=0, poor=3),
        source="lembar",
        note="",
        user=panitia,
    )
    second = MeetingFactory(cohort=cohort)
    save_counts(meeting=second, counts=counts(poor=5), source="ruangan", note="", user=panitia)
    assert total_counts(cohort) == counts(female=1, male=1, other_female=2, other_male=0, poor=8)
    assert (share_of_women(cohort).women, share_of_women(cohort).percent) == (3, 75)
    assert share_of_women(CohortFactory()).percent is None


def test_small_groups_are_left_out_of_public_copies_and_cannot_be_computed() -> None:
    assert public_counts(counts(poor=4, disability=0, elders=2, female=1)) == counts(elders=2, female=1)
    assert public_counts(counts(poor=5)) == counts(poor=5)
    # 9 - 7 would tell the two of the second meeting.
    assert public_totals([counts(poor=7), counts(poor=2)])["poor"] is None
    assert public_totals([counts(poor=7), counts(poor=None)])["poor"] == 7


_NUMBERS = st.fixed_dictionaries({name: st.none() | st.integers(0, 40) for name in COUNTED})


@given(st.lists(_NUMBERS, max_size=5))
def test_no_public_copy_shows_a_small_group(rows: list[dict[str, int | None]]) -> None:
    totals = public_totals(rows)
    for name in ("poor", "disability"):
        shown = [public_counts(row)[name] for row in rows]
        assert all(number is None or number >= 5 for number in [*shown, totals[name]])
        if any(row[name] is not None and number is None for row, number in zip(rows, shown, strict=True)):
            assert totals[name] is None
    assert {name: totals[name] for name in PEOPLE} == {name: summed(rows)[name] for name in PEOPLE}
