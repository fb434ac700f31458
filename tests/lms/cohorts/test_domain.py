"""Enrolment in balance, attendance, cards, and fields that close."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.cohorts import registry
from lms.cohorts.domain import (
    closed_fields,
    enrol,
    issue_cards,
    record_attendance,
    record_meeting,
    redraw_orders,
    withdraw,
)
from lms.cohorts.models import Attendance, Cohort, Enrolment
from lms.cohorts.queries import attended_hours, form_order_counts, pin_state
from lms.cohorts.signals import attendance_recorded
from lms.people.domain import sign_in
from lms.people.models import RecordLogEntry
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipantFactory,
    make_staff,
)

pytestmark = pytest.mark.django_db


def newcomer(cohort: Cohort) -> Any:
    return ParticipantFactory(organisation=cohort.organisation, village=cohort.village)


@pytest.fixture
def news() -> Any:
    heard: list[Enrolment] = []

    def listen(sender: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        heard.append(enrolment)

    attendance_recorded.connect(listen)
    yield heard
    attendance_recorded.disconnect(listen)


@given(people=st.integers(min_value=1, max_value=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_of_enrolments_keeps_the_orders_in_balance(db: None, people: int) -> None:
    with transaction.atomic():
        cohort = CohortFactory()
        for _ in range(people):
            enrol(cohort=cohort, participant=newcomer(cohort))
            counts = form_order_counts(cohort)
            assert abs(counts["AB"] - counts["BA"]) <= 1
        assert sum(counts.values()) == people
        transaction.set_rollback(True)


def test_a_tie_is_drawn_by_lot(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[list[str]] = []

    def last(options: list[str]) -> str:
        offered.append(options)
        return options[-1]

    monkeypatch.setattr("lms.cohorts.domain.enrolling.secrets.choice", last)
    first = enrol(cohort=cohort, participant=newcomer(cohort))
    second = enrol(cohort=cohort, participant=newcomer(cohort))

    assert offered == [["AB", "BA"], ["AB"]]
    assert [first.form_order, second.form_order] == ["BA", "AB"]


def test_the_rarer_order_is_given_even_after_somebody_left(cohort: Cohort) -> None:
    for order in ("AB", "AB", "BA"):
        EnrolmentFactory(cohort=cohort, form_order=order)
    assert enrol(cohort=cohort, participant=newcomer(cohort)).form_order == "BA"


def test_enrolling_twice_gives_the_same_enrolment(cohort: Cohort) -> None:
    person = newcomer(cohort)
    assert enrol(cohort=cohort, participant=person) == enrol(cohort=cohort, participant=person)
    assert Enrolment.objects.count() == 1


def test_the_database_refuses_a_second_enrolment(cohort: Cohort) -> None:
    person = enrol(cohort=cohort, participant=newcomer(cohort)).participant
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(cohort=cohort, participant=person, form_order="AB")


def test_without_counterbalancing_everybody_takes_a_first(organisation: Any) -> None:
    cohort = CohortFactory(organisation=organisation, forms_plan="a_then_b")
    orders = {enrol(cohort=cohort, participant=newcomer(cohort)).form_order for _ in range(4)}
    assert orders == {"AB"}


def test_a_person_of_another_organisation_is_refused(cohort: Cohort) -> None:
    with pytest.raises(ValidationError) as refusal:
        enrol(cohort=cohort, participant=ParticipantFactory(organisation=OrganisationFactory()))
    assert refusal.value.code == "foreign_participant"


@pytest.mark.parametrize(("plan", "difference"), [("a_then_b", 5), ("counterbalanced", 1)])
def test_a_changed_plan_draws_all_orders_anew(cohort: Cohort, plan: str, difference: int) -> None:
    for _ in range(5):
        EnrolmentFactory(cohort=cohort, form_order="BA")
    Cohort.objects.filter(pk=cohort.pk).update(forms_plan=plan)

    redraw_orders(cohort=cohort)

    counts = form_order_counts(cohort)
    assert abs(counts["AB"] - counts["BA"]) == difference
    assert counts["AB"] == 5 or plan == "counterbalanced"


def test_somebody_enrolled_by_mistake_is_taken_out(cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    withdraw(enrolment=enrolment)
    assert not Enrolment.objects.exists()


def test_somebody_with_attendance_stays(cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    record_attendance(
        meeting=MeetingFactory(cohort=cohort), enrolment=enrolment, status="hadir", recorded_by=None
    )
    with pytest.raises(ValidationError) as refusal:
        withdraw(enrolment=enrolment)
    assert refusal.value.code == "has_records"
    assert Enrolment.objects.filter(pk=enrolment.pk).exists()


def test_attendance_is_recorded_once_and_told_once(cohort: Cohort, news: list[Enrolment]) -> None:
    meeting, enrolment = MeetingFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    for _ in range(2):
        record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    assert Attendance.objects.count() == 1
    assert news == [enrolment]


def test_a_corrected_attendance_is_told_again(cohort: Cohort, news: list[Enrolment]) -> None:
    meeting, enrolment = MeetingFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    user = make_staff()
    record_attendance(meeting=meeting, enrolment=enrolment, status="alpa", recorded_by=None)
    record_attendance(
        meeting=meeting, enrolment=enrolment, status="terlambat", recorded_by=user, reason="Datang siang"
    )
    attendance = Attendance.objects.get()
    assert (attendance.status, attendance.recorded_by) == ("terlambat", user)
    assert len(news) == 2


def test_attendance_refuses_an_unknown_word_and_a_foreign_meeting(cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    for meeting, status, code in [
        (MeetingFactory(cohort=cohort), "ada", "unknown_status"),
        (MeetingFactory(), "hadir", "other_cohort"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=None)
        assert refusal.value.code == code
    assert not Attendance.objects.exists()


def test_a_list_with_one_wrong_answer_is_not_saved_at_all(cohort: Cohort) -> None:
    meeting = MeetingFactory(cohort=cohort)
    statuses = {EnrolmentFactory(cohort=cohort): "hadir", EnrolmentFactory(): "hadir"}
    with pytest.raises(ValidationError):
        record_meeting(meeting=meeting, statuses=statuses, recorded_by=None)
    assert not Attendance.objects.exists()


def test_hours_count_for_those_who_were_there_even_late(cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    for status, hours in [("hadir", 4), ("terlambat", 2), ("izin", 3), ("alpa", 1)]:
        meeting = MeetingFactory(cohort=cohort, lesson_hours=hours)
        record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=None)
    MeetingFactory(lesson_hours=50)
    assert attended_hours([enrolment]) == {enrolment.pk: (6, 10)}


def test_hours_of_a_training_without_meetings_are_none(cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    assert attended_hours([enrolment]) == {enrolment.pk: (0, 0)}


def test_a_card_carries_the_pin_that_signs_in_and_is_logged(cohort: Cohort) -> None:
    person, user = newcomer(cohort), make_staff()
    cohort = EnrolmentFactory(participant=person).cohort
    state = pin_state(cohort)
    [card] = issue_cards(cohort=cohort, participants=[person], issued_by=user, state=state)
    assert sign_in(code=person.code, pin=card.pin, device="laptop") == person
    entry = RecordLogEntry.objects.get(action="people.pin_issued")
    assert (entry.object_id, entry.user) == (str(person.pk), user)
    assert card.pin not in str(entry.data)


def test_the_organisation_closes_with_the_first_enrolment(cohort: Cohort) -> None:
    assert closed_fields(cohort, {"organisation"}) == {}
    EnrolmentFactory(cohort=cohort)
    assert set(closed_fields(cohort, {"organisation", "title"})) == {"organisation"}


def test_a_registered_lock_closes_its_fields_while_it_says_so(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_locks", {})
    begun: set[Any] = set()
    registry.register_cohort_lock(
        "tests",
        fields=("course", "forms_plan"),
        is_closed=lambda cohort: cohort.pk in begun,
        reason="Sudah ada tes.",
    )
    assert closed_fields(cohort, {"course"}) == {}
    begun.add(cohort.pk)
    assert closed_fields(cohort, {"course", "title"}) == {"course": "Sudah ada tes."}
