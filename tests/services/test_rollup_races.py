"""A whole room hands in at the same moment: nobody is missing in the sums, and nobody waits for ever."""

import pytest

from lms.cohorts.domain import record_attendance
from lms.evaluation.domain import rebuild_rollup
from lms.learning.domain import submit_attempt
from lms.learning.domain.staff import void_attempt
from tests.factories import EnrolmentFactory, MeetingFactory, make_staff
from tests.lms.evaluation.makers import add_attempt, make_cohort
from tests.lms.evaluation.sums import counts, direct, direct_counts, direct_items, items, stored
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
ROOM = 32


def people_of(cohort, number):
    """Each with a pre-test and an open post-test."""
    tries = []
    for place in range(number):
        order = "AB" if place % 2 else "BA"
        enrolment = EnrolmentFactory(cohort=cohort, form_order=order)
        add_attempt(enrolment, "pre", order[0], place % 20)
        tries.append(add_attempt(enrolment, "post", order[1], 0, is_submitted=False))
    return tries


def agrees(cohort):
    return (stored(cohort), counts(cohort), items(cohort)) == (
        direct(cohort),
        direct_counts(cohort),
        direct_items(cohort),
    )


def test_thirty_two_people_hand_in_at_once_and_all_are_in_the_sums():
    cohort = make_cohort([])
    tries = people_of(cohort, ROOM)
    rebuild_rollup(cohort_id=cohort.pk)
    at_once([lambda attempt=attempt: submit_attempt(attempt=attempt) for attempt in tries])
    assert counts(cohort)["matched_n"] == ROOM
    assert agrees(cohort)


def test_handing_in_beside_voiding_attendance_and_a_rebuild_locks_nobody_out():
    cohort = make_cohort([])
    meeting, staff = MeetingFactory(cohort=cohort), make_staff("panitia")
    done, going_on = people_of(cohort, 8), people_of(cohort, 8)
    for attempt in done:
        submit_attempt(attempt=attempt)
    at_once(
        [
            *(lambda one=one: submit_attempt(attempt=one) for one in going_on),
            *(lambda one=one: void_attempt(attempt=one, actor=staff, reason="Keliru.") for one in done),
            *(
                lambda one=one: record_attendance(
                    meeting=meeting, enrolment=one.enrolment, status="hadir", recorded_by=staff
                )
                for one in going_on
            ),
            lambda: rebuild_rollup(cohort_id=cohort.pk),
        ]
    )
    assert counts(cohort)["matched_n"] == 8
    assert agrees(cohort)
