"""Present with a code, and by signing in on a registered device."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.cohorts.domain import record_attendance
from lms.cohorts.domain.attendance_codes import MOST_WRONG, arrive_by_code, close_code, digits_of, open_code
from lms.cohorts.domain.attendance_stations import arrive_by_sign_in, register_station, remove_station
from lms.cohorts.models import Attendance, AttendanceCode, Cohort, Enrolment, Meeting, Station
from lms.people.domain import issue_pin, note_presence
from lms.people.enums import DeviceKind
from lms.people.models import Device
from tests.factories import CohortFactory, MeetingFactory, VillageFactory
from tests.helpers import sign_in_as
from tests.lms.cohorts.attending import clock, enrol_named, statuses
from tests.lms.cohorts.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return MeetingFactory(
        cohort=cohort, begins_at=datetime.time(8), ends_at=datetime.time(12), sign_in_counts=True
    )


@pytest.fixture
def person(cohort: Cohort) -> Enrolment:
    return enrol_named(cohort, "Ani")[0]


def arrive(person: Enrolment, typed: str) -> Attendance:
    return arrive_by_code(participant_id=person.participant_id, typed=typed)


def now_shown(code: AttendanceCode) -> str:
    return digits_of(code, timezone.now())


def wrong(code: AttendanceCode) -> str:
    """Digits that are neither the code nor the one before."""
    right = {digits_of(code, timezone.now() - datetime.timedelta(minutes=back)) for back in (0, 1)}
    return next(f"{number:04d}" for number in range(9999) if f"{number:04d}" not in right)


def refusal(person: Enrolment, typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        arrive(person, typed)
    return str(refused.value.code)


@pytest.mark.parametrize(
    ("hour", "minute", "status"), [(7, 50, "hadir"), (8, 15, "hadir"), (8, 16, "terlambat")]
)
def test_the_right_code_marks_present_or_late_with_the_time(
    meeting: Meeting, person: Enrolment, hour: int, minute: int, status: str
) -> None:
    with clock(hour, minute):
        code = open_code(meeting=meeting, opened_by=None)
        known = arrive(person, f" {now_shown(code)[:2]} {now_shown(code)[2:]} ")
        assert (known.status, known.means, known.arrived_at) == (status, "kode", timezone.now())
    assert known.recorded_by is None


def test_a_code_counts_once_for_each_person(meeting: Meeting, person: Enrolment) -> None:
    with clock(8):
        code = open_code(meeting=meeting, opened_by=None)
        arrive(person, now_shown(code))
    with clock(11):
        again = arrive(person, now_shown(code))
    assert (again.status, again.events.count()) == ("hadir", 1)


def test_what_staff_recorded_is_told_and_stays(meeting: Meeting, person: Enrolment) -> None:
    with clock(8):
        record_attendance(meeting=meeting, enrolment=person, status="alpa", recorded_by=None)
        assert arrive(person, now_shown(open_code(meeting=meeting, opened_by=None))).status == "alpa"


def test_a_code_is_taken_only_while_it_is_open(meeting: Meeting, person: Enrolment) -> None:
    with clock(8):
        assert refusal(person, "0000") == "not_open"
        code = open_code(meeting=meeting, opened_by=None)
        typed = now_shown(code)
        close_code(meeting=meeting, closed_by=None)
        assert refusal(person, typed) == "not_open"
        code = open_code(meeting=meeting, opened_by=None)
    # Forgotten open, it ends with the village's day: 00:10 in WITA is still the same day in UTC.
    with clock(0, 10, days=1):
        assert refusal(person, now_shown(code)) == "not_open"
    assert statuses(meeting.cohort) == {}


def test_a_code_can_be_opened_only_on_the_day_of_the_meeting(meeting: Meeting) -> None:
    for hour, days in ((23, -1), (0, 1)):
        with clock(hour, 30, days=days), pytest.raises(ValidationError) as refused:
            open_code(meeting=meeting, opened_by=None)
        assert refused.value.code == "other_day"
    with clock(0, 30):
        open_code(meeting=meeting, opened_by=None)


def test_opening_twice_keeps_the_code_that_is_shown(meeting: Meeting) -> None:
    with clock(8):
        first = open_code(meeting=meeting, opened_by=None)
        assert open_code(meeting=meeting, opened_by=None) == first


def test_strangers_and_people_of_other_trainings_are_refused(meeting: Meeting) -> None:
    [stranger] = enrol_named(MeetingFactory().cohort, "Orang lain")
    with clock(8):
        code = open_code(meeting=meeting, opened_by=None)
        assert refusal(stranger, now_shown(code)) == "not_open"


def test_in_two_trainings_the_code_finds_its_meeting(meeting: Meeting, person: Enrolment) -> None:
    other = MeetingFactory(cohort__organisation=meeting.cohort.organisation)
    person.participant.enrolments.create(cohort=other.cohort, form_order="AB")
    with clock(8):
        codes = [open_code(meeting=each, opened_by=None) for each in (meeting, other)]
        AttendanceCode.objects.filter(pk=codes[1].pk).update(secret="0" * 32)
        codes[1].refresh_from_db()
        assert arrive(person, now_shown(codes[1])).meeting == other
    assert statuses(meeting.cohort) == {}


def test_guessing_ends_and_the_right_code_does_not_help_then(meeting: Meeting, person: Enrolment) -> None:
    with clock(8):
        code = open_code(meeting=meeting, opened_by=None)
        for _guess in range(MOST_WRONG):
            assert refusal(person, wrong(code)) == "wrong"
        assert refusal(person, now_shown(code)) == "too_many"
        # A new code brings no new tries.
        close_code(meeting=meeting, closed_by=None)
        code = open_code(meeting=meeting, opened_by=None)
        assert refusal(person, now_shown(code)) == "too_many"
    with clock(8, 11):
        assert arrive(person, now_shown(code)).status == "hadir"


def test_the_right_code_of_another_meeting_brings_no_new_tries(meeting: Meeting, person: Enrolment) -> None:
    evening = MeetingFactory(cohort=meeting.cohort, held_on=meeting.held_on, title="Sore")
    with clock(8):
        known = open_code(meeting=meeting, opened_by=None)
        guessed = open_code(meeting=evening, opened_by=None)
        AttendanceCode.objects.filter(pk=guessed.pk).update(secret="0" * 32)
        for _guess in range(MOST_WRONG):
            assert refusal(person, wrong(known)) == "wrong"
            if _guess < MOST_WRONG - 1:
                arrive(person, now_shown(known))
        assert refusal(person, wrong(known)) == "too_many"


def test_a_rotating_code_and_the_one_before_are_taken_and_no_older_one(
    meeting: Meeting, cohort: Cohort
) -> None:
    early, slow = enrol_named(cohort, "Ani", "Budi")
    with clock(8):
        code = open_code(meeting=meeting, opened_by=None, rotates=True)
        shown = now_shown(code)
    with clock(8, 1):
        assert now_shown(code) != shown or digits_of(code, timezone.now() + datetime.timedelta(1)) != shown
        assert arrive(early, shown).status == "hadir"
    with clock(8, 2):
        if shown not in {now_shown(code), digits_of(code, timezone.now() - datetime.timedelta(minutes=1))}:
            assert refusal(slow, shown) == "wrong"


# On one's own page


def test_the_own_page_asks_for_the_code_while_it_is_open(
    meeting: Meeting, person: Enrolment, client: Client
) -> None:
    home, address = reverse("portal:dashboard"), reverse("attendance:arrive")
    with clock(8):
        sign_in_as(client, person.participant)
        assert "id_code" not in client.get(home).content.decode()
        code = open_code(meeting=meeting, opened_by=None)
        assert "id_code" in client.get(home).content.decode()
        refused = client.post(address, {"code": wrong(code)})
        assert refused.status_code == 400
        assert f'value="{wrong(code)}"' in refused.content.decode()
        taken = client.post(address, {"code": now_shown(code)})
        assert (taken.status_code, taken["Location"]) == (303, home)
        body = client.get(home).content.decode()
    assert "id_code" not in body
    assert "Hari pertama" in body
    assert statuses(meeting.cohort) == {"Ani": "hadir"}


def test_too_many_wrong_codes_are_told_with_429(meeting: Meeting, person: Enrolment, client: Client) -> None:
    with clock(8):
        sign_in_as(client, person.participant)
        code = open_code(meeting=meeting, opened_by=None)
        tries = [client.post(reverse("attendance:arrive"), {"code": wrong(code)}) for _try in range(6)]
    assert [each.status_code for each in tries] == [400] * 5 + [429]


# The screen of the room


def test_staff_open_show_and_close_the_code(trainer: Client, meeting: Meeting, person: Enrolment) -> None:
    address = page("meeting_code", meeting.cohort, meeting.pk)
    with clock(8):
        assert trainer.post(address, {"do": "open"})["Location"] == address
        screen = trainer.get(address)
        code = AttendanceCode.objects.get()
        assert screen.context["digits"] == now_shown(code)
        assert "no-store" in screen["Cache-Control"]
        assert trainer.post(address, {"do": "close"}).status_code == 302
        assert refusal(person, now_shown(code)) == "not_open"
    code.refresh_from_db()
    assert code.closed_by == trainer.user  # type: ignore[attr-defined]


def test_on_another_day_the_page_says_why_no_code_is_opened(trainer: Client, meeting: Meeting) -> None:
    with clock(8, days=1):
        refused = trainer.post(page("meeting_code", meeting.cohort, meeting.pk), {"do": "open"})
    assert refused.status_code == 400
    assert refused.context["form"].non_field_errors()


# Signing in on a registered device


def arrives(person: Enrolment, device: str = "laptop") -> int:
    return arrive_by_sign_in(participant_id=person.participant_id, device=device)


def test_signing_in_on_a_registered_device_marks_present_or_late(cohort: Cohort, meeting: Meeting) -> None:
    ani, budi = enrol_named(cohort, "Ani", "Budi")
    register_station(cohort=cohort, device="laptop", name="Laptop 1", user=None)
    with clock(7):
        assert arrives(ani) == 1
    with clock(9):
        assert (arrives(ani), arrives(budi)) == (0, 1)
    assert statuses(cohort) == {"Ani": "hadir", "Budi": "terlambat"}
    assert set(Attendance.objects.values_list("means", flat=True)) == {"masuk"}


@pytest.mark.parametrize(
    "case", ["other device", "no device", "too early", "over", "other day", "not asked for"]
)
def test_elsewhere_and_at_other_times_nobody_is_marked(cohort: Cohort, meeting: Meeting, case: str) -> None:
    [ani] = enrol_named(cohort, "Ani")
    register_station(cohort=cohort, device="laptop", name="Laptop 1", user=None)
    if case == "not asked for":
        Meeting.objects.update(sign_in_counts=False)
    device = {"other device": "hp", "no device": ""}.get(case, "laptop")
    hour, days = {"too early": (6, 0), "over": (12, 0), "other day": (9, 1)}.get(case, (9, 0))
    with clock(hour, days=days):
        assert arrives(ani, device) == 0
    assert statuses(cohort) == {}


def test_a_meeting_that_begins_at_midnight_of_wita_is_found_the_evening_before_in_utc(cohort: Cohort) -> None:
    MeetingFactory(
        cohort=cohort, begins_at=datetime.time(0, 15), ends_at=datetime.time(2), sign_in_counts=True
    )
    [ani] = enrol_named(cohort, "Ani")
    register_station(cohort=cohort, device="laptop", name="Laptop 1", user=None)
    with clock(0, 10):  # 16:10 UTC of the day before
        assert arrives(ani) == 1


def test_a_device_of_one_training_marks_nobody_of_another(meeting: Meeting) -> None:
    other = MeetingFactory(sign_in_counts=True, cohort__village=VillageFactory())
    [stranger] = enrol_named(other.cohort, "Orang lain")
    register_station(cohort=meeting.cohort, device="laptop", name="Laptop 1", user=None)
    with clock(9):
        assert arrives(stranger) == 0


def test_a_removed_device_no_longer_counts(cohort: Cohort, meeting: Meeting, person: Enrolment) -> None:
    station = register_station(cohort=cohort, device="laptop", name="Laptop 1", user=None)
    assert register_station(cohort=cohort, device="laptop", name="Laptop pintu", user=None) == station
    remove_station(station=station, user=None)
    with clock(9):
        assert arrives(person) == 0


def test_a_station_is_the_device_that_is_numbered_at_sign_in(
    cohort: Cohort, meeting: Meeting, person: Enrolment
) -> None:
    note_presence(participant=person.participant, mark="m", device="laptop", agent="X", place="")
    station = register_station(cohort=cohort, device="laptop", name="Laptop 1", user=None)
    assert station.device == Device.objects.get()
    other = register_station(cohort=CohortFactory(), device="laptop", name="Laptop 7", user=None)
    assert other.device == station.device
    phone = register_station(cohort=cohort, device="hp", name="HP", user=None, agent="Android Mobile")
    assert phone.device.kind == DeviceKind.PHONE


def test_a_station_that_counts_has_a_device(cohort: Cohort) -> None:
    Station.objects.create(cohort=cohort, name="Lama", removed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Station.objects.create(cohort=cohort, name="Lama")


def test_a_person_signs_in_on_the_device_that_a_trainer_registered(
    trainer: Client, meeting: Meeting, person: Enrolment
) -> None:
    address = page("stations", meeting.cohort)
    trainer.get(address)
    assert trainer.post(address, {"name": "Laptop 1"}).status_code == 302
    device = trainer.cookies["bb_device"].value
    pin = issue_pin(participant=person.participant)
    shared = Client()
    shared.cookies["bb_device"] = device
    with clock(8):
        shared.post(reverse("people:sign_in"), {"code": person.participant.code, "pin": pin})
        assert statuses(meeting.cohort) == {}, "the name is not confirmed yet"
        shared.post(reverse("people:confirm"))
    assert statuses(meeting.cohort) == {"Ani": "hadir"}


def test_a_failure_behind_the_sign_in_keeps_nobody_out(
    monkeypatch: pytest.MonkeyPatch, person: Enrolment, caplog: Any
) -> None:
    def broken(**kwargs: Any) -> int:
        raise ValidationError("ditutup")

    monkeypatch.setattr("lms.cohorts.receivers.arrive_by_sign_in", broken)
    pin = issue_pin(participant=person.participant)
    client = Client()
    client.post(reverse("people:sign_in"), {"code": person.participant.code, "pin": pin})
    assert client.post(reverse("people:confirm"))["Location"] == reverse("portal:dashboard")
    assert "ditutup" in caplog.text
