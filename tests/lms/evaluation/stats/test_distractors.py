import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.stats.distractors import distractors, rising

from .strategies import mixed_rows

KEY = ("A", "B", "C")
LETTERS = st.sampled_from(["A", "B", "C", "D", None])
ROWS = st.lists(st.tuples(LETTERS, LETTERS, LETTERS), min_size=2, max_size=25)


def option(item, letter):
    return next(one for one in item.options if one.letter == letter)


@given(ROWS)
def test_every_number_of_an_option_is_that_of_its_definition(rows):
    for place, item in enumerate(distractors(rows, KEY)):
        rests = [sum(row[at] == KEY[at] for at in range(3) if at != place) for row in rows]
        for one in item.options:
            picked = [int(row[place] == one.letter) for row in rows]
            assert (one.n, one.share) == (sum(picked), Fraction(sum(picked), len(rows)))
            if len(set(picked)) > 1 and len(set(rests)) > 1:
                assert one.r_rest == pytest.approx(statistics.correlation(picked, rests), abs=1e-9)
            else:
                assert one.r_rest is None
            of_them = [rest for rest, was in zip(rests, picked, strict=True) if was]
            assert one.mean_rest == (statistics.mean(map(Fraction, of_them)) if of_them else None)


@given(ROWS)
def test_everybody_chose_an_option_or_left_the_item_out(rows):
    for item in distractors(rows, KEY):
        assert sum(one.n for one in item.options) + item.omitted == item.n == len(rows)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(rows, random):
    assert distractors(mixed_rows(rows, random), KEY) == distractors(rows, KEY)


def test_options_offered_are_listed_even_if_nobody_chose_them():
    (item,) = distractors([("B",), (None,)], ["A"], letters="ABCD")
    assert [one.letter for one in item.options] == ["A", "B", "C", "D"]
    assert [one.n for one in item.options] == [0, 1, 0, 0]
    assert option(item, "C").mean_rest is None
    assert item.omitted == 1


def test_a_distractor_of_those_who_know_the_rest_is_tempting():
    rows = [("B", "B", "C"), ("B", "B", "C"), ("A", "D", "D"), ("A", None, "D")]
    item = distractors(rows, KEY)[0]
    assert item.tempting == ("B",)
    assert option(item, "A").r_rest == -1


def test_a_distractor_is_idle_below_a_twentieth():
    one_of_20 = [("A",)] * 18 + [("B",), ("C",)]
    assert distractors(one_of_20, ["A"])[0].idle == ()
    assert distractors([*one_of_20, ("A",)], ["A"])[0].idle == ("B", "C")


def test_what_more_people_choose_after_than_before_was_learned_wrong():
    (before,) = distractors([("A",), ("A",), ("B",), ("C",)], ["A"])
    (after,) = distractors([("A",), ("D",), ("B",), ("B",)], ["A"])
    assert rising(before, after) == ("B", "D")
    assert rising(after, after) == ()


def test_nobody_chose_anything():
    (item,) = distractors([], ["A"], letters="AB")
    assert (item.n, item.idle, item.tempting) == (0, (), ())
    assert option(item, "B").share is None
