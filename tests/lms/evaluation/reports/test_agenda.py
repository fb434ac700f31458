"""The agenda of a room: what counts, in which order it comes, and what a reader may not see."""

from fractions import Fraction

import pytest
from django.utils import timezone

from assessments.models import Question
from lms.evaluation.reports.agenda_results import Sight
from lms.evaluation.stats.need import Verdict
from lms.evaluation.stats.reasons import Reason
from lms.learning.models import Attempt, AttemptItem
from tests.factories import EnrolmentFactory
from tests.lms.evaluation.makers import add_attempt, add_person, make_cohort, make_two_forms
from tests.lms.evaluation.rooms import (
    EVERYTHING,
    NOTHING,
    agenda,
    choose,
    give_lesson,
    outcome,
    sit,
)
from tests.lms.learning.corrected import correct
from tests.lms.learning.marked import make_marked_assessment, written

pytestmark = pytest.mark.django_db


def codes(found) -> list[str]:
    return [row.outcome.code for row in found.outcomes]


def test_outcomes_are_counted_over_both_forms_and_questions_with_their_own_people() -> None:
    cohort = make_cohort([])
    for letter, points in (("A", NOTHING), ("A", EVERYTHING), ("B", NOTHING)):
        sit(cohort, letter, points)
    found = agenda(cohort)
    assert outcome(found, "H1").need.n == 3
    assert outcome(found, "H1").need.missed == Fraction(2, 3)
    assert outcome(found, "H1").below_half == 2
    assert {(row.forms, row.n) for row in found.questions} == {("A", 2), ("B", 1)}


def test_the_greatest_need_comes_first() -> None:
    cohort = make_cohort([])
    for letter in "AB" * 4:
        sit(cohort, letter, (5, 5, 0, 0, 5))
    assert codes(agenda(cohort)) == ["H4", "H1", "D2"]
    found = agenda(cohort).questions
    assert [row.need.missed for row in found] == sorted((row.need.missed for row in found), reverse=True)


def test_partly_right_answers_count_in_part() -> None:
    cohort = make_cohort([])
    sit(cohort, "A", (0, 0, 1, 0, 0))
    found = agenda(cohort)
    row = next(row for row in found.questions if row.question.points == 4)
    assert (row.right, row.partly, row.wrong, row.need.missed) == (0, 1, 0, Fraction(3, 4))
    assert outcome(found, "H1").need.missed == Fraction(13, 14)


def test_not_knowing_and_no_answer_are_told_apart_from_wrong() -> None:
    cohort = make_cohort([])
    choose(sit(cohort, "A", NOTHING), 1, None)
    choose(sit(cohort, "A", NOTHING), 1, 2)
    sit(cohort, "A", NOTHING)
    row = next(row for row in agenda(cohort).questions if row.question.code.endswith("-1A"))
    assert (row.n, row.right, row.wrong, row.dont_know, row.blank) == (3, 0, 1, 1, 1)


def test_void_tries_later_tries_and_open_ones_count_nowhere() -> None:
    cohort = make_cohort([])
    Attempt.objects.filter(pk=sit(cohort, "A", NOTHING).pk).update(voided_at=timezone.now())
    first = sit(cohort, "A", EVERYTHING)
    add_attempt(first.enrolment, "pre", "A", NOTHING, number=2)
    add_attempt(EnrolmentFactory(cohort=cohort), "pre", "B", NOTHING, is_submitted=False)
    found = agenda(cohort)
    assert (found.registered, found.handed_in, found.going_on, found.not_begun) == (3, 1, 1, 1)
    assert outcome(found, "H1").need.missed == 0


def test_a_try_after_a_void_one_takes_its_place() -> None:
    cohort = make_cohort([])
    void = sit(cohort, "A", NOTHING)
    Attempt.objects.filter(pk=void.pk).update(voided_at=timezone.now())
    add_attempt(void.enrolment, "pre", "A", EVERYTHING, number=2)
    assert outcome(agenda(cohort), "H1").need.missed == 0


def test_an_answer_that_waits_for_a_mark_is_left_out_and_the_rest_of_its_attempt_is_not() -> None:
    cohort = make_cohort([], assessment=make_marked_assessment())
    written(EnrolmentFactory(cohort=cohort))
    found = agenda(cohort)
    assert (found.handed_in, found.waiting) == (1, 1)
    by_kind = {row.question.kind: row for row in found.questions}
    assert (by_kind["single"].n, by_kind["single"].right) == (1, 1)
    assert (by_kind["open_text"].n, by_kind["open_text"].waiting) == (0, 1)
    assert found.questions[-1].question.kind == "open_text", "what nobody has a mark for comes last"


def test_nobody_gives_an_empty_agenda() -> None:
    cohort = make_cohort([])
    EnrolmentFactory(cohort=cohort)
    found = agenda(cohort)
    assert (found.handed_in, found.not_begun) == (0, 1)
    assert (found.outcomes, found.questions, found.beliefs, found.withheld) == ((), (), (), False)


def test_what_several_hold_to_be_true_is_told_in_its_words_with_its_reason() -> None:
    cohort = make_cohort([])
    for place in (2, 2, 3):
        choose(sit(cohort, "A", NOTHING), 1, place)
    found = agenda(cohort)
    (belief,) = found.beliefs
    code = belief.question.code
    assert (belief.words, belief.why) == (f"{code} pilihan 2", f"{code} alasan 2")
    assert (belief.count, belief.n, belief.right) == (2, 3, 0)
    assert belief.outweighs_the_key
    row = next(row for row in found.questions if row.question.code == code)
    assert row.beliefs == (belief,), "one person's mistake is nobody's business"
    assert row.key == (f"{code} pilihan 0",)


def test_the_corrected_key_decides_what_is_a_mistake() -> None:
    cohort = make_cohort([])
    for _ in range(2):
        choose(sit(cohort, "A", NOTHING), 1, 2)
    asked = Question.objects.get(code=f"{cohort.assessment.code}-1A")
    assert agenda(cohort).beliefs
    mended = correct(asked, key=2)
    AttemptItem.objects.filter(question=asked).update(scored_with=mended, earned=mended.points)
    found = agenda(cohort)
    assert not found.beliefs
    row = next(row for row in found.questions if row.question == mended)
    assert (row.right, row.key) == (2, (f"{asked.code} pilihan 2",))


# Lessons and time


def test_lessons_of_an_outcome_begin_with_those_whose_questions_were_missed() -> None:
    cohort = make_cohort([])
    first, second = give_lesson(cohort, 0, "H1"), give_lesson(cohort, 1, "H1", "H4")
    Question.objects.filter(code__endswith="-1A").update(lesson_code=second.code)
    sit(cohort, "A", NOTHING)
    found = outcome(agenda(cohort), "H1")
    assert [lesson.page.pk for lesson in found.lessons] == [second.pk, first.pk]
    assert found.lessons[0].need is not None
    assert found.lessons[1].need is None
    assert [lesson.page.pk for lesson in found.other_lessons] == [first.pk]


def test_time_follows_minutes_and_need_and_a_lesson_counts_once() -> None:
    cohort = make_cohort([])
    give_lesson(cohort, 0, "H1", "H4", minutes=20)
    give_lesson(cohort, 1, "H4", minutes=10)
    for letter in "AB" * 5:
        sit(cohort, letter, (5, 5, 4, 0, 5))
    found = agenda(cohort)
    assert outcome(found, "H1").planned == Fraction(1, 3)
    assert outcome(found, "H4").planned == Fraction(2, 3)
    assert outcome(found, "H4").advised > Fraction(2, 3)  # type: ignore[operator]
    assert outcome(found, "H1").advised + outcome(found, "H4").advised == 1  # type: ignore[operator]


def test_an_outcome_without_lessons_has_no_time() -> None:
    cohort = make_cohort([])
    sit(cohort, "A", NOTHING)
    row = outcome(agenda(cohort), "H1")
    assert (row.lessons, row.planned, row.advised) == ((), None, None)


# People


def test_who_knows_an_outcome_is_put_beside_who_does_not() -> None:
    cohort = make_cohort([])
    sit(cohort, "A", EVERYTHING, name="Ana")
    sit(cohort, "B", NOTHING, name="Beni")
    found = agenda(cohort)
    assert outcome(found, "H1").pairs == (("Ana", "Beni"),)
    assert outcome(found, "H4").pairs == (), "one question tells nobody apart"


def test_where_nearly_all_know_it_nobody_is_paired() -> None:
    cohort = make_cohort([])
    for number in range(19):
        sit(cohort, "AB"[number % 2], EVERYTHING)
    sit(cohort, "A", NOTHING)
    row = outcome(agenda(cohort), "H1")
    assert (row.verdict, row.pairs) == (Verdict.SHORTER, ())


def test_below_five_people_nothing_is_advised_and_everything_is_shown_to_who_sees_people() -> None:
    cohort = make_cohort([])
    for _ in range(4):
        sit(cohort, "A", NOTHING)
    found = agenda(cohort)
    assert {row.verdict for row in found.outcomes} == {Verdict.UNKNOWN}
    assert not found.withheld


@pytest.mark.parametrize("keys", [True, False])
def test_below_five_people_nothing_is_in_it_for_who_does_not_see_people(keys: bool) -> None:
    cohort = make_cohort([])
    for _ in range(4):
        sit(cohort, "A", NOTHING)
    found = agenda(cohort, sight=Sight(people=False, keys=keys))
    assert found.withheld
    assert (found.outcomes, found.questions, found.beliefs) == ((), (), ())


def test_of_six_people_questions_that_three_answered_are_left_out_for_who_does_not_see_people() -> None:
    cohort = make_cohort([])
    for letter in "ABABAB":
        sit(cohort, letter, NOTHING)
    found = agenda(cohort, sight=Sight(people=False, keys=True))
    assert outcome(found, "H1").need.n == 6
    assert found.questions == ()
    assert outcome(found, "H1").pairs == ()


def test_who_may_not_see_keys_gets_none() -> None:
    cohort = make_cohort([])
    Question.objects.update(note="Hanya pelatih")
    for _ in range(6):
        choose(sit(cohort, "A", NOTHING), 1, 2)
    found = agenda(cohort, sight=Sight(people=True, keys=False))
    assert found.questions
    assert found.beliefs == ()
    assert {(row.key, row.note, row.beliefs) for row in found.questions} == {((), "", ())}


def test_who_sees_neither_gets_outcomes_only() -> None:
    cohort = make_cohort([])
    for _ in range(6):
        sit(cohort, "A", NOTHING)
    found = agenda(cohort, sight=Sight(people=False, keys=False))
    assert set(codes(found)) == {"H1", "D2", "H4"}
    assert found.questions == ()


# After the post-test


def test_after_the_post_test_only_its_answers_order_and_each_pair_tells_its_change() -> None:
    cohort = make_cohort([])
    for order in ("AB", "BA"):
        add_person(cohort, (order, NOTHING, (5, 0, 4, 1, 5)))
    found = agenda(cohort, "post")
    assert found.handed_in == 2
    changes = {row.question.code[-2]: row.change for row in found.questions}
    assert (changes["1"].n, changes["1"].learned, changes["1"].missing) == (2, 2, 0)
    assert (changes["2"].learned, changes["2"].missing) == (0, 2)
    assert found.questions[0].question.code[-2] == "2"


def test_people_without_a_pre_test_count_in_what_to_repeat_and_not_in_the_change() -> None:
    cohort = make_cohort([])
    for order in ("AB", "BA"):
        add_person(cohort, (order, NOTHING, EVERYTHING))
    add_person(cohort, ("AB", None, NOTHING))
    found = agenda(cohort, "post")
    assert outcome(found, "H1").need.n == 3
    assert {row.change.n for row in found.questions if row.change} == {2}


def test_forms_in_one_order_tell_no_change() -> None:
    cohort = make_cohort([("AB", NOTHING, EVERYTHING)] * 5)
    changes = {row.change for row in agenda(cohort, "post").questions}
    assert {change.reason for change in changes if change} == {Reason.FORMS_NOT_BALANCED}


def test_a_question_that_was_changed_in_between_tells_no_change() -> None:
    cohort = make_cohort([("AB", NOTHING, EVERYTHING), ("BA", NOTHING, EVERYTHING)])
    other = make_two_forms().forms.get(letter="A").questions.first()
    Question.objects.filter(pk=other.pk).update(pair=f"{cohort.assessment.code}-1")
    item = cohort.enrolments.first().attempts.get(form__letter="A").items.get(position=1)
    add_person(cohort, ("AB", NOTHING, EVERYTHING))
    type(item).objects.filter(pk=item.pk).update(question=other)
    changes = {row.question.code[-2]: row.change for row in agenda(cohort, "post").questions}
    assert changes["1"] is None
    assert changes["2"] is not None


def test_the_agenda_of_the_pre_test_tells_no_change() -> None:
    cohort = make_cohort([("AB", NOTHING, EVERYTHING), ("BA", NOTHING, EVERYTHING)])
    assert {row.change for row in agenda(cohort).questions} == {None}
