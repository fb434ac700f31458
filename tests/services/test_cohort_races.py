"""Organisers who work on one training at the same moment."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from lms.certificates.models import Certificate
from lms.cohorts.domain import enrol, hold_enrolments, issue_cards, record_meeting, redraw_orders, withdraw
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import pin_state
from lms.learning.domain import completion, review_completion, start_attempt
from lms.learning.models import Attempt, Completion
from lms.learning.signals import course_completed
from lms.people.domain import sign_in
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory, ParticipantFactory
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def orders(cohort: Cohort) -> list[str]:
    return sorted(Enrolment.objects.filter(cohort=cohort).values_list("form_order", flat=True))


def test_eight_enrolments_at_once_keep_the_orders_of_forms_balanced() -> None:
    cohort = CohortFactory()
    people = ParticipantFactory.create_batch(8, organisation=cohort.organisation)
    at_once([lambda person=person: enrol(cohort=cohort, participant=person) for person in people])
    assert orders(cohort) == ["AB"] * 4 + ["BA"] * 4


def test_one_person_enrolled_eight_times_at_once_is_in_the_training_once() -> None:
    cohort = CohortFactory()
    person = ParticipantFactory(organisation=cohort.organisation)
    enrolled = at_once([lambda: enrol(cohort=cohort, participant=person).pk for _ in range(8)])
    assert len(set(enrolled)) == 1
    assert Enrolment.objects.count() == 1


def test_a_whole_meeting_and_a_person_who_completes_do_not_lock_each_other_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The meeting completes its first person and numbers a certificate while the second person, in a
    transaction of her own, is about to be numbered as well: each would hold what the other needs."""
    cohort = CohortFactory()
    meeting = MeetingFactory(cohort=cohort)
    first, second = sorted(EnrolmentFactory.create_batch(2, cohort=cohort), key=lambda e: e.pk)
    numbered, held = threading.Event(), threading.Event()
    main: dict[str, int] = {}

    def all_are_met(enrolment: Enrolment) -> bool:
        if threading.get_ident() == main["person"]:
            held.set()
            numbered.wait(1)
        return True

    def after_numbering(sender: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        if threading.get_ident() != main["person"]:
            numbered.set()
            held.wait(1)

    def tick() -> None:
        record_meeting(meeting=meeting, statuses={first: "hadir", second: "hadir"}, recorded_by=None)

    def complete() -> None:
        main["person"] = threading.get_ident()
        review_completion(enrolment=second)

    monkeypatch.setattr(completion, "_all_are_met", all_are_met)
    main["person"] = 0
    course_completed.connect(after_numbering, weak=False)
    try:
        at_once([tick, complete])
    finally:
        course_completed.disconnect(after_numbering)
    assert Completion.objects.count() == 2
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2]


def test_orders_are_not_drawn_anew_under_somebody_who_begins_a_test() -> None:
    """Of a test that begins and a forms plan that changes, one comes first: no one gets a form twice."""
    cohort = CohortFactory()
    enrolment = EnrolmentFactory(cohort=cohort, form_order="AB")
    begun, looked = threading.Event(), threading.Event()

    def begin() -> None:
        with transaction.atomic():
            start_attempt(enrolment=enrolment, occasion="pre")
            begun.set()
            looked.wait(1)

    def redraw() -> str:
        begun.wait(5)
        try:
            redraw_orders(cohort=cohort)
        except ValidationError as refusal:
            return str(refusal.code)
        finally:
            looked.set()
        return "drawn"

    assert at_once([begin, redraw]) == [None, "closed"]
    enrolment.refresh_from_db()
    assert enrolment.form_order[0] == Attempt.objects.get().form.letter


def test_a_test_takes_the_form_of_the_order_that_was_drawn_meanwhile() -> None:
    cohort = CohortFactory()
    stale = EnrolmentFactory(cohort=cohort, form_order="AB")
    Enrolment.objects.filter(pk=stale.pk).update(form_order="BA")
    assert start_attempt(enrolment=stale, occasion="pre").form.letter == "B"


def test_nobody_is_taken_out_while_a_test_begins() -> None:
    enrolment = EnrolmentFactory()
    begun, tried = threading.Event(), threading.Event()

    def begin() -> None:
        with transaction.atomic():
            hold_enrolments(Enrolment.objects.filter(pk=enrolment.pk))
            begun.set()
            tried.wait(1)
            start_attempt(enrolment=enrolment, occasion="pre")

    def take_out() -> str:
        begun.wait(5)
        tried.set()
        try:
            withdraw(enrolment=enrolment)
        except ValidationError as refusal:
            return str(refusal.code)
        return "out"

    assert at_once([begin, take_out]) == [None, "has_records"]


def test_a_button_pressed_twice_makes_one_set_of_pins() -> None:
    """Which of two answers a browser shows is up to chance: only one of them may hold cards."""
    enrolments = EnrolmentFactory.create_batch(3, cohort=CohortFactory())
    cohort = enrolments[0].cohort
    people = [enrolment.participant for enrolment in enrolments]
    state = pin_state(cohort)

    def press() -> list[str]:
        try:
            cards = issue_cards(cohort=cohort, participants=people, issued_by=None, state=state)
        except ValidationError as refusal:
            return [str(refusal.code)]
        return [card.pin for card in cards]

    answers = sorted(at_once([press] * 4), key=len)
    assert answers[:3] == [["stale"]] * 3
    for person, pin in zip(people, answers[3], strict=True):
        assert sign_in(code=person.code, pin=pin, device="laptop") == person
