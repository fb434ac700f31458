"""Assigned lessons of two records of one person."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.cohorts.models import Enrolment
from lms.learning.models import LessonAssignment
from lms.people.domain import compare_people
from tests.factories import CohortFactory
from tests.lms.learning.rules import make_basis, make_update_lesson
from tests.lms.merging.people import both_in, merge, two_records

pytestmark = pytest.mark.django_db
Pair = tuple[Enrolment, Enrolment]
START = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def pair() -> Pair:
    kept, merged = two_records()
    return both_in(CohortFactory(organisation=kept.organisation), (kept, merged))


def give(enrolment: Enrolment, code: str, *, day: int, opened: int = 0, done: int = 0) -> LessonAssignment:
    basis = make_basis(f"{day}{len(code)}{enrolment.pk.int % 900 + 1}"[:6])
    lesson = LessonAssignment.objects.filter(lesson__code=code).first()
    return LessonAssignment.objects.create(
        enrolment=enrolment,
        lesson=lesson.lesson if lesson else make_update_lesson(basis, slug=code.lower(), code=code),
        basis=basis,
        assigned_at=START + timedelta(days=day),
        opened_at=START + timedelta(days=opened) if opened else None,
        done_at=START + timedelta(days=done) if done else None,
    )


def test_what_only_one_has_moves(pair: Pair) -> None:
    mine, theirs = give(pair[0], "U1", day=1), give(pair[1], "U2", day=2, opened=3)
    merge(pair[0].participant, pair[1].participant)
    assert set(LessonAssignment.objects.filter(enrolment=pair[0])) == {mine, theirs}


@pytest.mark.parametrize("farther", [0, 1])
def test_of_one_that_both_have_the_farther_one_counts(pair: Pair, farther: int) -> None:
    give(pair[farther], "U1", day=2, opened=5, done=6)
    give(pair[1 - farther], "U1", day=1, opened=4)
    merge(pair[0].participant, pair[1].participant)
    stays = LessonAssignment.objects.get()
    days = [(at - START).days for at in (stays.assigned_at, stays.opened_at, stays.done_at)]
    assert (stays.enrolment, days) == (pair[0], [1, 4, 6])


def test_the_comparison_says_so_before(pair: Pair) -> None:
    give(pair[1], "U1", day=1)
    comparison = compare_people(kept=pair[0].participant, merged=pair[1].participant)
    said = " ".join(one.text for one in comparison.foreseen)
    assert "1 assigned lesson moves." in said
