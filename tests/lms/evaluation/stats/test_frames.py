from fractions import Fraction

import pytest

from lms.evaluation.stats.frames import Choices, ItemScores, Scores

F = Fraction
SCORES = Scores(
    ids=("ani", "budi", "cici", "dedi"),
    waves={
        "pre": (F(1), F(2), None, F(4)),
        "post": (F(3), None, F(5), F(6)),
        "followup": (F(3), None, F(1), None),
    },
    max_points=F(10),
    groups=("a", "b", None, "a"),
)
ITEMS = ItemScores(
    ids=("ani", "budi"),
    items=("q1", "q2"),
    waves={"pre": ((F(1), None), None), "post": ((F(1), F(2)), (F(0), F(1)))},
    maxima=(F(1), F(2)),
)
CHOICES = Choices(
    ids=("ani", "budi", "cici"),
    items=("q1", "q2"),
    waves={"post": (("A", "B"), ("B", None), None)},
    key=("A", "C"),
)


def test_only_people_of_both_waves_are_matched():
    matched = SCORES.matched()
    assert matched.ids == ("ani", "dedi")
    assert (matched.pre, matched.post, matched.gains) == ((1, 4), (3, 6), (2, 2))
    assert len(SCORES.matched("pre", "a wave that was not held")) == 0


def test_a_wave_holds_whoever_took_it():
    assert SCORES.took("pre") == (1, 2, 4)
    assert SCORES.took("a wave that was not held") == ()


def test_complete_people_took_every_wave_asked_for():
    same = SCORES.complete("pre", "post", "followup")
    assert (same.ids, same.waves["followup"], same.groups) == (("ani",), (3,), ("a",))
    assert SCORES.complete("pre", "nothing").ids == ()


def test_a_group_keeps_its_own_people_only():
    groups = SCORES.by_group()
    assert list(groups) == ["a", "b"]
    assert groups["a"].ids == ("ani", "dedi")
    assert groups["b"].waves["post"] == (None,)
    assert groups["a"].max_points == 10


def test_an_item_left_out_counts_as_wrong_but_a_wave_not_taken_does_not():
    assert ITEMS.took("pre") == ((1, 0),)
    assert ITEMS.matched() == (((1, 0),), ((1, 2),))
    totals = ITEMS.totals()
    assert totals.waves == {"pre": (1, None), "post": (3, 1)}
    assert totals.max_points == 3


def test_letters_are_scored_by_the_key():
    assert CHOICES.took("post") == (("A", "B"), ("B", None))
    assert CHOICES.scored().waves == {"post": ((1, 0), (0, None), None)}
    assert CHOICES.scored().maxima == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Scores(("a", "a"), {}),
        lambda: Scores(("a",), {"pre": ()}),
        lambda: Scores(("a",), {"pre": (F(3),)}, max_points=F(2)),
        lambda: Scores(("a",), {}, groups=("x", "y")),
        lambda: ItemScores(("a",), ("q", "q"), {}, (F(1), F(1))),
        lambda: ItemScores(("a",), ("q",), {"pre": ((F(1), F(1)),)}, (F(1),)),
        lambda: ItemScores(("a",), ("q",), {"pre": ((F(2),),)}, (F(1),)),
        lambda: ItemScores(("a",), ("q",), {}, (F(0),)),
        lambda: ItemScores(("a",), ("q",), {}, ()),
        lambda: Choices(("a",), ("q",), {}, ()),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
