"""Two records of one person become one: trainings, attendance, findings and experiences."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.cohorts.domain import change_state, enrol, record_attendance
from lms.cohorts.domain.consents import Agreement, give_consent
from lms.cohorts.models import (
    Attendance,
    AttendanceEvent,
    CodeTries,
    Cohort,
    Enrolment,
    ExperienceNote,
    Finding,
    FindingSupport,
)
from lms.ids import new_id
from lms.people.domain import compare_people
from lms.people.models import Participant
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExperienceNoteFactory,
    FindingFactory,
    MeetingFactory,
    make_staff,
)
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> tuple[Participant, Participant]:
    return two_records()


@pytest.fixture
def cohort(people: tuple[Participant, Participant]) -> Cohort:
    return CohortFactory(organisation=people[0].organisation)


def test_a_training_of_the_other_record_moves_as_it_is(people: tuple[Participant, Participant]) -> None:
    kept, merged = people
    first = EnrolmentFactory(participant=kept, cohort__organisation=kept.organisation)
    second = EnrolmentFactory(participant=merged, cohort__organisation=kept.organisation, form_order="BA")
    record = merge(kept, merged)
    moved = Enrolment.objects.get(pk=second.pk)
    assert (moved.participant, moved.form_order) == (kept, "BA")
    assert set(kept.enrolments.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert record.moved["enrolments"] == [str(second.pk)]


def test_two_enrolments_in_one_training_become_one(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    stays, empties = both_in(cohort, people, form_order="BA")
    record = merge(*people)
    assert list(Enrolment.objects.filter(cohort=cohort)) == [stays]
    combined = record.moved["enrolments_combined"][0]
    assert (combined["gone"], combined["gone_order"]) == (str(empties.pk), "BA")


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"),
    [
        ("hadir", "alpa", "hadir"),
        ("alpa", "hadir", "hadir"),
        ("izin", "terlambat", "terlambat"),
        ("terlambat", "hadir", "hadir"),
        ("alpa", "sakit", "sakit"),
        ("hadir", "hadir", "hadir"),
        (None, "izin", "izin"),
        ("sakit", None, "sakit"),
    ],
)
def test_present_wins_over_absent_and_what_gives_way_is_written_down(
    people: tuple[Participant, Participant],
    cohort: Cohort,
    mine: str | None,
    theirs: str | None,
    stays: str,
) -> None:
    meeting = MeetingFactory(cohort=cohort)
    user = make_staff()
    enrolments = both_in(cohort, people)
    for enrolment, status in zip(enrolments, (mine, theirs), strict=True):
        if status is not None:
            record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=user)
    record = merge(*people)
    assert list(Attendance.objects.values_list("enrolment", "status")) == [(enrolments[0].pk, stays)]
    gave_way = record.moved["enrolments_combined"][0]["attendance"]["gave_way"]
    both = mine is not None and theirs is not None
    assert len(gave_way) == both
    if both:
        assert {gave_way[0]["status"], stays} == {mine, theirs}
        assert gave_way[0]["recorded_by"] == user.pk


@pytest.mark.parametrize("statuses", [("hadir", "alpa"), ("alpa", "hadir"), ("hadir", "hadir")])
def test_the_history_of_both_attendances_stays_and_tells_of_the_merge(
    people: tuple[Participant, Participant], cohort: Cohort, statuses: tuple[str, str]
) -> None:
    meeting, user = MeetingFactory(cohort=cohort), make_staff()
    for enrolment, status in zip(both_in(cohort, people), statuses, strict=True):
        record_attendance(meeting=meeting, enrolment=enrolment, status="izin", recorded_by=user)
        record_attendance(
            meeting=meeting,
            enrolment=enrolment,
            status=status,
            recorded_by=user,
            means="lembar",
            reason="Keliru",
        )
    before = list(AttendanceEvent.objects.order_by("pk").values_list("pk", "from_status", "to_status", "at"))
    merge(*people, reason="Dua kartu")
    stays = Attendance.objects.get()
    *events, told = AttendanceEvent.objects.filter(attendance=stays).order_by("pk")
    assert [(one.pk, one.from_status, one.to_status, one.at) for one in events] == before
    gone = statuses[1] if stays.status == statuses[0] else statuses[0]
    assert (told.from_status, told.to_status, told.means) == (gone, "hadir", "lembar")
    assert told.reason.endswith("Dua kartu")
    assert told.by is not None
    assert told == AttendanceEvent.objects.order_by("at", "id").last()


def test_an_attendance_of_before_there_was_a_history_leaves_a_trace(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    meeting, day = MeetingFactory(cohort=cohort), timezone.now() - timedelta(days=9)
    for enrolment, status in zip(both_in(cohort, people), ("alpa", "hadir"), strict=True):
        Attendance.objects.create(
            meeting=meeting, enrolment=enrolment, status=status, note=f"Catatan {status}", recorded_at=day
        )
    merge(*people)
    rows = AttendanceEvent.objects.filter(at=day).values_list("attendance", "to_status", "note")
    stays = Attendance.objects.get()
    assert sorted(rows) == [(stays.pk, "alpa", "Catatan alpa"), (stays.pk, "hadir", "Catatan hadir")]


def test_experiences_come_along_with_what_was_agreed_to(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    stays, empties = both_in(cohort, people)
    note = ExperienceNoteFactory(cohort=cohort, author=empties)
    give_consent(note=note, agreement=Agreement("id"), user=make_staff("saksi"))
    found = [one.text for one in compare_people(kept=people[0], merged=people[1]).foreseen]
    assert f"{cohort.code}: 1 experience moves." in found
    record = merge(*people)
    assert ExperienceNote.objects.with_consent().get().author == stays
    assert record.moved["enrolments_combined"][0]["experiences"] == 1


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [((3, 5), (2, 9), (5, 9)), (None, (2, 9), (2, 9)), ((3, 5), (4, -1), (3, 5)), (None, (2, -1), None)],
)
def test_a_second_record_brings_no_new_tries_at_a_code(
    people: tuple[Participant, Participant],
    mine: tuple[int, int] | None,
    theirs: tuple[int, int],
    left: tuple[int, int] | None,
) -> None:
    now = timezone.now()
    for person, tries in zip(people, (mine, theirs), strict=True):
        if tries is not None:
            ends = now + timedelta(minutes=tries[1])
            CodeTries.objects.create(participant=person.pk, wrong=tries[0], window_ends_at=ends)
    merge(*people)
    rows = list(CodeTries.objects.values_list("participant", "wrong", "window_ends_at"))
    expected = [(people[0].pk, left[0], now + timedelta(minutes=left[1]))] if left else []
    assert rows == expected


@pytest.mark.parametrize("state", ["rencana", "buka", "berlangsung", "tutup"])
def test_a_training_that_is_not_archived_is_put_together(
    people: tuple[Participant, Participant], cohort: Cohort, state: str
) -> None:
    both_in(cohort, people)
    Cohort.objects.update(state=state)
    merge(*people)
    assert Enrolment.objects.filter(cohort=cohort).count() == 1


def test_in_the_archive_two_enrolments_do_not_become_one(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    both_in(cohort, people)
    Cohort.objects.update(state="arsip")
    [hindrance] = compare_people(kept=people[0], merged=people[1]).hindrances
    assert "archive" in hindrance.text
    assert str(cohort.pk) in hindrance.url
    with pytest.raises(ValidationError) as refusal:
        merge(*people)
    assert refusal.value.code == "hindered"
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
    change_state(cohort=cohort, to="tutup", user=make_staff(), reason="Satu orang tercatat dua kali")
    merge(*people)
    assert Enrolment.objects.filter(cohort=cohort).count() == 1


def test_an_enrolment_in_the_archive_moves_as_it_is(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    """It stays the same enrolment; only the record of its person is another one."""
    archived = EnrolmentFactory(cohort=cohort, participant=people[1])
    Cohort.objects.update(state="arsip")
    before = Enrolment.objects.filter(pk=archived.pk).values("cohort", "form_order", "enrolled_at")[0]
    merge(*people)
    assert Enrolment.objects.get(pk=archived.pk).participant == people[0]
    assert Enrolment.objects.filter(pk=archived.pk).values("cohort", "form_order", "enrolled_at")[0] == before


def test_findings_and_supports_come_along_and_count_a_person_once(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    stays, empties = both_in(cohort, people)
    own = FindingFactory(cohort=cohort, author=empties)
    both = FindingFactory(cohort=cohort)
    other = FindingFactory(cohort=cohort)
    for finding, enrolment in [(own, stays), (both, stays), (both, empties), (other, empties)]:
        FindingSupport.objects.create(finding=finding, enrolment=enrolment)
    record = merge(*people)
    assert Finding.objects.get(pk=own.pk).author == stays
    supports = set(FindingSupport.objects.values_list("finding", "enrolment"))
    assert supports == {(both.pk, stays.pk), (other.pk, stays.pk)}
    gone = record.moved["enrolments_combined"][0]["supports"]["counted_once"]
    assert {entry["finding"] for entry in gone} == {str(own.pk), str(both.pk)}


def test_the_dry_run_names_both_answers_and_writes_nothing(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    meeting = MeetingFactory(cohort=cohort)
    for enrolment, status in zip(both_in(cohort, people), ("alpa", "hadir"), strict=True):
        record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=make_staff(status))
    found = compare_people(kept=people[0], merged=people[1]).foreseen
    assert any(one.collides and "Hari pertama" in one.text for one in found)
    assert Attendance.objects.count() == 2


def test_namesakes_of_one_hamlet_stay_two_until_somebody_merges_them(cohort: Cohort) -> None:
    """Namesakes are ordinary: a person who is merged leaves the other namesake alone."""
    kept, merged = two_records()
    namesake = Participant.objects.get(pk=merged.pk)
    namesake.pk, namesake.code = None, "N0001"
    namesake.id = new_id()
    namesake.save(force_insert=True)
    other = EnrolmentFactory(participant=namesake, cohort__organisation=kept.organisation)
    merge(kept, merged)
    assert Enrolment.objects.get(pk=other.pk).participant == namesake
    assert Participant.objects.get(pk=namesake.pk).merged_into is None


def test_a_participant_in_several_trainings_keeps_one_record(
    people: tuple[Participant, Participant], cohort: Cohort
) -> None:
    kept, _merged = people
    second = CohortFactory(organisation=kept.organisation)
    enrol(cohort=cohort, participant=kept)
    enrol(cohort=second, participant=kept)
    merge(*people)
    assert (
        Participant.objects.present().filter(enrolments__cohort__in=[cohort, second]).distinct().count() == 1
    )
