"""The tries of one person at one assessment, and what the rules allow next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.models import Assessment
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import lessons_are_free
from lms.learning.enums import MOMENTS, TEST_OCCASIONS, Occasion
from lms.learning.models import Attempt
from lms.learning.queries.terms import Terms, terms_by_occasion


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries that count, oldest first, and the terms of each occasion.

    A void try is as if it had not been, save that its number is used up (``last_numbers``).
    """

    all: tuple[Attempt, ...]
    pretest_first: bool
    terms: Mapping[str, Terms] = field(default_factory=dict)
    last_numbers: Mapping[str, int] = field(default_factory=dict)

    def attempts(self, occasion: str) -> list[Attempt]:
        """The tries on an occasion, by number."""
        return [attempt for attempt in self.all if attempt.occasion == occasion]

    def open_attempt(self, occasion: str) -> Attempt | None:
        """The try that was begun and not handed in."""
        return next((a for a in self.attempts(occasion) if a.submitted_at is None), None)

    def submitted(self, occasion: str) -> list[Attempt]:
        """The tries that were handed in, by number."""
        return [attempt for attempt in self.attempts(occasion) if attempt.submitted_at is not None]

    def scored(self, occasion: str) -> list[Attempt]:
        """Those that have a result: handed in, and marked where a person marks."""
        return [attempt for attempt in self.submitted(occasion) if attempt.score is not None]

    def next_number(self, occasion: str) -> int:
        """The number that the next try would get."""
        return self.last_numbers.get(occasion, 0) + 1

    def tries_left(self, occasion: str) -> int | None:
        """How many more tries may be begun; None for as many as wanted."""
        allowed = self.terms[occasion].attempts_allowed if occasion in self.terms else 0
        return None if allowed is None else max(0, allowed - len(self.attempts(occasion)))

    @property
    def lessons_are_open(self) -> bool:
        """Whether the lessons may be read."""
        return not self.pretest_first or bool(self.submitted(Occasion.PRE)) or self._pre_test_is_over

    @property
    def _pre_test_is_over(self) -> bool:
        """After the training nobody can begin it any more, and everybody may read."""
        terms = self.terms.get(Occasion.PRE)
        return terms is not None and lessons_are_free(terms.state)

    def may_start(self, occasion: str) -> bool:
        """Whether a new try may begin now (not whether one is going on)."""
        # An unfinished survey of an earlier moment is none of the next one's business.
        same = self.attempts(occasion) if occasion in MOMENTS else self.all
        return all(a.submitted_at is not None for a in same) and not self.hindrance(occasion)

    def hindrance(self, occasion: str) -> str:
        """Why no new try may begin, as a code of ``start_attempt``; "" if one may."""
        terms = self.terms.get(occasion)
        if terms is None or not terms.assigned:
            return "not_assigned"
        if self.tries_left(occasion) == 0:
            return "done"
        if not terms.is_allowed:
            return "stage"
        if occasion in TEST_OCCASIONS and (order := self._out_of_order(occasion)):
            return order
        if terms.opens_later:
            return "not_yet"
        return "closed" if terms.has_closed else ""

    def _out_of_order(self, occasion: str) -> str:
        """Before, after, follow-up: each test closes the one before it."""
        later = TEST_OCCASIONS[TEST_OCCASIONS.index(Occasion(occasion)) + 1 :]
        if any(self.attempts(other) for other in later):
            return "too_late"
        if occasion != Occasion.PRE and self.open_attempt(Occasion.PRE) is not None:
            return "pre_test_open"
        if occasion == Occasion.POST and not self.lessons_are_open:
            return "pre_test_first"
        if occasion == Occasion.FOLLOW_UP and not self._post_test_is_over:
            return "post_test_first"
        return ""

    @property
    def _post_test_is_over(self) -> bool:
        """The follow-up test shows the questions of the post-test, so nobody may meet it before that one."""
        if self.open_attempt(Occasion.POST) is not None:
            return False
        return bool(self.submitted(Occasion.POST)) or self.terms[Occasion.POST].has_closed


def tries_of(enrolment: Enrolment, assessment: Assessment | None = None) -> Tries:
    """The tries of an enrolment at the cohort's test, or at another assessment that it has. Two queries;
    ``enrolment.cohort.assessment`` should be loaded."""
    cohort = enrolment.cohort
    chosen = assessment or cohort.assessment
    own = Attempt.objects.filter(enrolment=enrolment, assessment_id=chosen.pk)
    rows = list(own.order_by("occasion", "number"))
    return Tries(
        all=tuple(row for row in rows if row.voided_at is None),
        pretest_first=cohort.pretest_first,
        terms=terms_by_occasion(cohort, chosen),
        last_numbers={row.occasion: row.number for row in rows},
    )
