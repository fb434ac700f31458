import random

import pytest

from lms.evaluation.datasets.choices import FormChoices
from lms.evaluation.reports.questions import post_points, question_table
from lms.evaluation.stats.flags import ItemFlag
from lms.evaluation.stats.reasons import Reason
from tests.lms.evaluation.makers import copies

from .frames import read

# Of three questions the first is learned by all, the second stays wrong, the third is lost by half.
LEARNED = [("AB", (0, 0, 1), (1, 0, 0)), ("BA", (0, 0, 1), (1, 0, 1))]


def row(table, place):
    return next(one for one in table.rows if one.place == place)


def counts(one):
    return (one.counts.n11, one.counts.n01, one.counts.n10, one.counts.n00)


def test_both_orders_of_a_pair_are_counted_together():
    table = question_table(read(copies(LEARNED, 3)))
    assert counts(row(table, "Q0")) == (0, 6, 0, 0)
    assert counts(row(table, "Q1")) == (0, 0, 0, 6)
    assert counts(row(table, "Q2")) == (3, 0, 3, 0)
    assert (row(table, "Q2").before, row(table, "Q2").after) == (1, 0.5)
    assert row(table, "Q0").stems == ("Soal 0 A", "Soal 0 B")


def test_what_most_people_missed_both_times_stands_first_and_is_to_be_taught_again():
    table = question_table(read(copies(LEARNED, 3)))
    assert [one.place for one in table.rows] == ["Q1", "Q2", "Q0"]
    assert [one.place for one in table.repeat] == ["Q1"]


def test_at_most_three_are_named_and_nothing_that_few_missed():
    people = copies([("AB", (0, 0, 0, 0, 0), (0, 0, 0, 0, 1)), ("BA", (0, 0, 0, 0, 0), (0, 0, 0, 0, 1))], 5)
    assert len(question_table(read(people)).repeat) == 3
    few = [*copies([("AB", (1,), (1,)), ("BA", (1,), (1,))], 5), ("AB", (0,), (0,))]
    assert question_table(read(few)).repeat == ()


@pytest.mark.parametrize("people", [0, 2, 4])
def test_of_fewer_than_five_people_no_question_is_shown(people):
    table = question_table(read(copies(LEARNED, 2)[:people]))
    assert (table.rows, table.reason) == ((), Reason.TOO_FEW)


def test_all_in_one_order_a_harder_parallel_cannot_pass_for_forgetting():
    table = question_table(read(copies([LEARNED[0]], 8)))
    assert (table.rows, table.reason) == ((), Reason.FORMS_NOT_BALANCED)


def test_flags_wait_for_twenty_people():
    assert row(question_table(read(copies(LEARNED, 9))), "Q1").flags == ()
    table = question_table(read(copies(LEARNED, 10)))
    assert ItemFlag.CHECK_KEY in row(table, "Q1").flags
    assert ItemFlag.CONFUSING in row(table, "Q2").flags
    assert row(table, "Q0").flags == (ItemFlag.TOO_EASY,)


def test_a_few_slips_do_not_make_a_question_confusing():
    people = [*copies([("AB", (1,), (1,)), ("BA", (1,), (1,))], 10), *copies([("AB", (1,), (0,))], 4)]
    assert ItemFlag.CONFUSING not in row(question_table(read(people)), "Q0").flags


def test_correlations_wait_for_thirty_people():
    draw = random.Random(5)
    people = [("AB", "BA")[at % 2] for at in range(30)]
    frame = [
        (order, tuple(draw.randint(0, 1) for _ in range(4)), tuple(draw.randint(0, 1) for _ in range(4)))
        for order in people
    ]
    assert all(one.rir is None for one in question_table(read(frame[:29])).rows)
    assert all(-1 <= one.rir <= 1 for one in question_table(read(frame)).rows)


def test_p_is_adjusted_over_the_questions_that_can_be_tested_and_absent_elsewhere():
    table = question_table(read(copies(LEARNED, 3)))
    # 2 * P(Bin(6, 1/2) = 0) = 1/32; one question has six changes, so nothing is multiplied.
    assert row(table, "Q0").p == pytest.approx(1 / 32)
    assert row(table, "Q1").p is None


def chosen(letters, key="right"):
    return FormChoices((100,), (key,), tuple((one,) for one in letters), {"bait": "Kepala Desa"}, {100: 4})


def test_a_wrong_answer_that_more_people_choose_than_the_key_is_told_from_twenty_people_on():
    frame = read(copies(LEARNED, 10))
    bait = row(question_table(frame, [chosen(["bait"] * 12 + ["right"] * 8)]), "Q0").baits
    assert [(one.words, one.count, one.n, one.right) for one in bait] == [("Kepala Desa", 12, 20, 8)]
    assert row(question_table(frame, [chosen(["bait"] * 11 + ["right"] * 8)]), "Q0").baits == ()
    assert row(question_table(frame), "Q0").baits == ()


def test_points_after_have_a_row_for_each_matched_person():
    assert post_points(read(copies(LEARNED, 3))) == ((1, 0, 0), (1, 0, 1)) * 3
