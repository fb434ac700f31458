"""A person marks; results wait for it, and a later mark replaces an earlier one without erasing it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.marking import next_to_mark, pile_of, piles
from lms.learning.domain import rebuild_scores, submit_attempt
from lms.learning.domain.marking import mark_item
from lms.learning.domain.staff import reopen_attempt, void_attempt
from lms.learning.models import Attempt, AttemptRecord, Completion, RubricMark
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.answers import answer
from tests.lms.learning.marked import make_marked_assessment, open_item, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    return EnrolmentFactory(cohort=CohortFactory(assessment=make_marked_assessment()))


@pytest.fixture
def attempt(enrolment: Enrolment) -> Attempt:
    """Handed in, with one open answer."""
    return written(enrolment)


@pytest.fixture
def trainer() -> Any:
    return make_staff("pelatih")


def score_of(attempt: Attempt) -> int | None:
    attempt.refresh_from_db()
    return attempt.score


def code_of(**words: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        mark_item(**words)
    return str(refused.value.code)


def test_there_is_no_result_until_the_answer_is_marked(attempt: Attempt, trainer: Any) -> None:
    assert score_of(attempt) is None
    mark = mark_item(item=open_item(attempt), level=2, comment=" Sudah jelas. ", actor=trainer)
    assert (mark.level, mark.points, mark.comment) == (2, 2, "Sudah jelas.")
    assert score_of(attempt) == 3
    assert rebuild_scores(attempt=attempt, write=False) == []


@pytest.mark.parametrize(("level", "points"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_the_points_of_a_level_are_its_share(attempt: Attempt, trainer: Any, level: int, points: int) -> None:
    assert mark_item(item=open_item(attempt), level=level, actor=trainer).points == points


def test_nothing_holds_a_result_back_that_nobody_wrote(enrolment: Enrolment) -> None:
    assert written(enrolment, "").score == 1


def test_a_question_without_points_is_marked_and_holds_nothing_back(trainer: Any) -> None:
    cohort = CohortFactory(assessment=make_marked_assessment(points=0))
    attempt = written(EnrolmentFactory(cohort=cohort))
    assert attempt.score == 1
    assert len(pile_of(open_item(attempt).question_id, Cohort.objects.all())) == 1
    assert mark_item(item=open_item(attempt), level=3, actor=trainer).points == 0
    assert score_of(attempt) == 1


def test_a_second_mark_replaces_the_first_and_both_stay(attempt: Attempt, trainer: Any) -> None:
    first = mark_item(item=open_item(attempt), level=3, actor=trainer)
    colleague = make_staff("rekan")
    mark_item(item=open_item(attempt), level=1, actor=colleague, seen=first.pk)
    assert score_of(attempt) == 2
    assert list(RubricMark.objects.values_list("level", "marker__username")) == [(3, "pelatih"), (1, "rekan")]
    record = AttemptRecord.objects.last()
    assert (record.action, record.actor) == ("marked", colleague)
    assert record.detail == {
        "item": 2,
        "level": 1,
        "points": 1,
        "old": 4,
        "new": 2,
        "level_before": 3,
        "points_before": 3,
    }


def test_nobody_overrules_a_mark_that_was_not_seen(attempt: Attempt, trainer: Any) -> None:
    mark_item(item=open_item(attempt), level=3, actor=trainer)
    assert code_of(item=open_item(attempt), level=0, actor=trainer) == "stale"
    assert RubricMark.objects.count() == 1


@pytest.mark.parametrize(
    ("level", "points", "code"), [(4, None, "level"), (-1, None, "level"), (1, 4, "points")]
)
def test_a_level_or_points_that_are_not_there_are_refused(
    attempt: Attempt, trainer: Any, level: int, points: int | None, code: str
) -> None:
    assert code_of(item=open_item(attempt), level=level, points=points, actor=trainer) == code


def test_a_question_with_a_key_is_not_marked(attempt: Attempt, trainer: Any) -> None:
    assert code_of(item=attempt.items.get(kind="single"), level=0, actor=trainer) == "not_by_hand"


def test_what_is_open_or_void_is_not_marked(attempt: Attempt, trainer: Any) -> None:
    reopened = reopen_attempt(attempt=attempt, actor=trainer, reason="Lupa")
    assert code_of(item=open_item(attempt), level=1, actor=trainer) == "closed"
    submit_attempt(attempt=reopened)
    void_attempt(attempt=attempt, actor=trainer, reason="Orang lain")
    assert code_of(item=open_item(attempt), level=1, actor=trainer) == "closed"


def test_a_mark_lapses_with_the_answer_that_it_judged(attempt: Attempt, trainer: Any) -> None:
    mark_item(item=open_item(attempt), level=3, actor=trainer)
    reopened = reopen_attempt(attempt=attempt, actor=trainer, reason="Lupa")
    answer(open_item(attempt), {"response": "Lain sekali."}, sequence=9)
    assert submit_attempt(attempt=reopened).score is None
    assert [item.is_marked for item in pile_of(open_item(attempt).question_id, Cohort.objects.all())] == [
        False
    ]
    mark_item(item=open_item(attempt), level=0, actor=trainer)
    assert score_of(attempt) == 1


def test_a_mark_stands_if_the_answer_was_left_as_it_was(attempt: Attempt, trainer: Any) -> None:
    mark_item(item=open_item(attempt), level=3, actor=trainer)
    reopened = reopen_attempt(attempt=attempt, actor=trainer, reason="Lupa")
    assert submit_attempt(attempt=reopened).score == 4


def test_the_last_mark_may_complete_somebody(enrolment: Enrolment, trainer: Any) -> None:
    Cohort.objects.filter(pk=enrolment.cohort_id).update(
        pretest_first=False, min_attendance_percent=None, require_plan=False
    )
    attempt = written(Enrolment.objects.get(pk=enrolment.pk), occasion="post")
    assert not Completion.objects.exists()
    mark_item(item=open_item(attempt), level=3, actor=trainer)
    assert Completion.objects.filter(enrolment=enrolment).exists()


# ------------------------------------------------------------------ the pile


def test_a_pile_holds_what_was_handed_in_and_waits(enrolment: Enrolment, trainer: Any) -> None:
    question = open_item(written(enrolment)).question_id
    second = written(EnrolmentFactory(cohort=enrolment.cohort), "Jalan kami rusak.")
    written(EnrolmentFactory(cohort=enrolment.cohort), "")
    void_attempt(
        attempt=written(EnrolmentFactory(cohort=enrolment.cohort)), actor=trainer, reason="Orang lain"
    )
    mark_item(item=open_item(second), level=1, actor=trainer)
    [pile] = piles(Cohort.objects.all())
    assert (pile.question.pk, pile.waiting, pile.marked) == (question, 1, 1)
    assert piles(Cohort.objects.exclude(pk=enrolment.cohort_id)) == []


def test_the_order_of_a_pile_is_stable_and_not_that_of_the_people(enrolment: Enrolment) -> None:
    handed_in = [
        open_item(written(EnrolmentFactory(cohort=enrolment.cohort), f"Jawaban {number}"))
        for number in range(8)
    ]
    first, again = (pile_of(handed_in[0].question_id, Cohort.objects.all()) for _look in range(2))
    assert first == again
    assert set(first) == set(handed_in)
    assert [handed_in.index(item) for item in first] not in (list(range(8)), list(range(7, -1, -1)))


def test_the_next_answer_is_behind_this_one_then_from_the_start(enrolment: Enrolment) -> None:
    for number in range(3):
        written(EnrolmentFactory(cohort=enrolment.cohort), f"Jawaban {number}")
    pile = pile_of(open_item(Attempt.objects.first()).question_id, Cohort.objects.all())
    assert next_to_mark(pile) == pile[0]
    assert next_to_mark(pile, after=pile[0]) == pile[1]
    assert next_to_mark(pile, after=pile[2]) == pile[0]
    assert next_to_mark([]) is None
