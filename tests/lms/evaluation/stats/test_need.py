"""The order of needs: cautious about small groups, and never moved up by a right answer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from lms.evaluation.stats.need import Verdict, need_of, verdict, wilson
from lms.evaluation.stats.reasons import Reason

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=12)
ROOMS = st.lists(SHARES, min_size=1, max_size=60)


def rights_and_wrongs(missed: int, n: int) -> list[Fraction]:
    return [Fraction(1)] * missed + [Fraction(0)] * (n - missed)


@pytest.mark.parametrize(("missed", "n"), [(5, 20), (1, 2), (2, 2), (0, 8), (6, 8), (1, 1), (120, 250)])
def test_the_interval_is_that_of_scipy(missed: int, n: int) -> None:
    known = binomtest(missed, n).proportion_ci(method="wilson")
    assert wilson(Fraction(missed, n), n) == pytest.approx((known.low, known.high), abs=1e-12)


@given(ROOMS)
def test_its_ends_solve_the_equation_that_defines_them(shares: list[Fraction]) -> None:
    """Both ends q satisfy n (p - q)^2 = z^2 q (1 - q), unless they were set to 0 or 1."""
    need = need_of(shares)
    p, z2 = float(need.missed or 0), 1.959963984540054**2
    for end in (need.low, need.high):
        assert end is not None
        if 0 < end < 1:
            assert need.n * (p - end) ** 2 == pytest.approx(z2 * end * (1 - end), abs=1e-9)


def test_one_of_two_does_not_stand_before_five_of_twenty() -> None:
    one_of_two, five_of_twenty = need_of(rights_and_wrongs(1, 2)), need_of(rights_and_wrongs(5, 20))
    assert five_of_twenty.order < one_of_two.order


def test_nobody_stands_last_and_says_why() -> None:
    nobody = need_of([])
    assert (nobody.missed, nobody.low, nobody.reason) == (None, None, Reason.TOO_FEW)
    assert need_of([Fraction(0)]).order < nobody.order
    assert nobody.centre is None
    assert verdict(nobody) is Verdict.UNKNOWN


@given(ROOMS, st.data())
def test_a_better_answer_never_raises_the_need(shares: list[Fraction], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(shares) - 1))
    better = [*shares]
    better[place] = data.draw(st.fractions(min_value=0, max_value=shares[place], max_denominator=12))
    before, after = need_of(shares), need_of(better)
    assert after.order >= before.order
    assert (after.low, after.high) <= (before.low, before.high)  # type: ignore[operator]
    ranks = [Verdict.SHORTER, Verdict.AS_PLANNED, Verdict.LONGER, Verdict.UNKNOWN]
    assert ranks.index(verdict(after)) <= ranks.index(verdict(before))


@given(ROOMS, st.randoms())
def test_the_order_of_people_changes_nothing(shares: list[Fraction], random) -> None:
    mixed = [*shares]
    random.shuffle(mixed)
    assert need_of(mixed) == need_of(shares)


@given(ROOMS)
def test_the_interval_holds_the_mean_and_stays_between_nothing_and_all(shares: list[Fraction]) -> None:
    need = need_of(shares)
    assert need.low is not None
    assert need.high is not None
    assert 0 <= need.low <= float(need.missed or 0) + 1e-12
    assert float(need.missed or 0) - 1e-12 <= need.high <= 1


@given(SHARES, st.integers(1, 40))
def test_more_people_who_answer_alike_make_it_surer(share: Fraction, n: int) -> None:
    few, many = need_of([share] * n), need_of([share] * (n + 1))
    assert many.high - many.low <= few.high - few.low  # type: ignore[operator]


@pytest.mark.parametrize("missed", range(5))
def test_below_five_people_nothing_is_advised(missed: int) -> None:
    assert verdict(need_of(rights_and_wrongs(missed, 4))) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("missed", "n", "said"),
    [
        (12, 23, Verdict.LONGER),
        (11, 23, Verdict.AS_PLANNED),
        (4, 8, Verdict.AS_PLANNED),  # half is missing, but a quarter might be all: low end 0.215
        (0, 6, Verdict.SHORTER),
        (0, 5, Verdict.AS_PLANNED),  # nothing is missing, but two fifths might be: high end 0.434
        (4, 20, Verdict.AS_PLANNED),  # high end 0.416
        (3, 20, Verdict.SHORTER),
    ],
)
def test_time_is_moved_only_where_mean_and_interval_agree(missed: int, n: int, said: Verdict) -> None:
    assert verdict(need_of(rights_and_wrongs(missed, n))) is said


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_a_share_outside_nothing_and_all_is_a_mistake_of_the_caller(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        need_of([share])
