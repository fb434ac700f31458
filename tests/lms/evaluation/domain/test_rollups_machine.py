"""Whatever is done to attempts, in whatever order: the roll-ups are what people's points add up to."""

import itertools
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lms.evaluation.domain import rebuild_rollup
from lms.learning.domain import rebuild_scores, submit_attempt
from lms.learning.domain.moving import move_attempt, plan_move
from lms.learning.domain.scoring import tell_results
from lms.learning.domain.staff import reopen_attempt, void_attempt
from lms.learning.models import Attempt, AttemptItem
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.evaluation.makers import add_attempt, make_cohort
from tests.lms.evaluation.sums import counts, direct, direct_counts, direct_items, items, stored

PEOPLE = 5
PERSON = st.integers(0, PEOPLE - 1)
OCCASION = st.sampled_from(("pre", "post"))
POINTS = st.integers(0, 20)
WHY: dict[str, Any] = {"reason": "Keliru."}
MOMENT = itertools.count()


class Trainings(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.staff = make_staff("penguji")
        self.cohort = make_cohort([])
        self.people = [
            EnrolmentFactory(cohort=self.cohort, form_order="AB" if n % 2 else "BA") for n in range(PEOPLE)
        ]

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @rule(person=PERSON, occasion=OCCASION, points=POINTS, swapped=st.booleans(), unknown=st.booleans())
    def hand_in(self, person: int, occasion: str, points: int, swapped: bool, unknown: bool) -> None:
        """A try, sometimes on the form that was not drawn."""
        enrolment = self.people[person]
        letter = enrolment.form_order[(occasion == "post") != (swapped and points % 5 == 0)]
        number = Attempt.objects.filter(enrolment=enrolment, occasion=occasion).count() + 1
        attempt = add_attempt(enrolment, occasion, letter, points, number=number)
        started = timezone.now() - timedelta(days=1) + timedelta(seconds=next(MOMENT))
        Attempt.objects.filter(pk=attempt.pk).update(started_at=started)
        if unknown:
            AttemptItem.objects.filter(attempt=attempt, earned=0).update(dont_know=True)
        tell_results(attempt)

    @rule(person=PERSON, occasion=OCCASION)
    def declare_void(self, person: int, occasion: str) -> None:
        for attempt in self._standing(person, occasion):
            void_attempt(attempt=attempt, actor=self.staff, **WHY)

    @rule(person=PERSON, occasion=OCCASION)
    def reopen_and_hand_in_empty(self, person: int, occasion: str) -> None:
        for attempt in self._standing(person, occasion):
            with suppress(ValidationError):
                submit_attempt(attempt=reopen_attempt(attempt=attempt, actor=self.staff, **WHY))

    @rule(person=PERSON, occasion=OCCASION)
    def score_again(self, person: int, occasion: str) -> None:
        for attempt in self._standing(person, occasion):
            rebuild_scores(attempt=attempt)

    @rule(source=PERSON, taker=PERSON, occasion=OCCASION, counts=st.booleans())
    def move(self, source: int, taker: int, occasion: str, counts: bool) -> None:
        for attempt in self._standing(source, occasion):
            to = self.people[taker]
            to.refresh_from_db()
            with suppress(ValidationError):
                plan = plan_move(attempt=attempt, target=to, counts=counts)
                how: dict[str, Any] = {"actor": self.staff, "state": plan.state, **WHY}
                move_attempt(attempt=attempt, target=to, counts=counts, **how)

    @invariant()
    def sums_are_those_of_the_people(self) -> None:
        if hasattr(self, "cohort"):
            assert counts(self.cohort) == direct_counts(self.cohort)
            assert stored(self.cohort) == direct(self.cohort)
            assert items(self.cohort) == direct_items(self.cohort)

    @rule()
    def rebuild(self) -> None:
        assert rebuild_rollup(cohort_id=self.cohort.pk) is False

    def _standing(self, person: int, occasion: str) -> list[Attempt]:
        """The newest try that counts, if there is one."""
        mine = Attempt.objects.counted().filter(enrolment=self.people[person], occasion=occasion)
        closed = mine.filter(submitted_at__isnull=False).order_by("-number")
        return list(closed.select_related("enrolment")[:1])


TestTrainings = pytest.mark.django_db(Trainings.TestCase)
TestTrainings.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
