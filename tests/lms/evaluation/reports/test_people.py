import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.reports.people import Dimension, Withheld, inclusion_of
from lms.people.enums import AgeBand, Element, Sex
from tests.lms.evaluation.makers import copies

from .frames import person, read

UP = [("AB", (0, 0), (1, 1)), ("BA", (0, 0), (1, 0))]


def table(found, dimension):
    return {row.value: row for row in next(t for t in found.tables if t.dimension is dimension).rows}


def groups(**sizes):
    """People with their sexes, both orders of forms in turn."""
    who = [person(sex) for sex, n in sizes.items() for _ in range(n)]
    return read([UP[at % 2] for at in range(len(who))], who)


def test_each_group_has_its_own_means_gain_and_range():
    rows = table(inclusion_of(groups(P=10, L=6), 2), Dimension.SEX)
    assert (rows["P"].n, rows["P"].mean_pre, rows["P"].mean_post, rows["P"].mean_gain) == (10, 0, 1.5, 1.5)
    assert rows["L"].n == 6


def test_a_small_group_takes_the_next_with_it():
    rows = table(inclusion_of(groups(P=20, L=3), 2), Dimension.SEX)
    assert (rows["L"].withheld, rows["P"].withheld) == (Withheld.SMALL, Withheld.COMPLEMENT)
    assert all((row.n, row.mean_pre) == (None, None) for row in rows.values())


def test_a_group_that_took_the_forms_in_one_order_has_no_gain_and_says_so():
    who = [person("P")] * 6 + [person("L")] * 6
    rows = table(inclusion_of(read([UP[0]] * 6 + copies(UP, 3), who), 2), Dimension.SEX)
    assert (rows["P"].withheld, rows["P"].mean_gain) == (Withheld.UNEVEN, None)
    assert rows["L"].mean_gain == 1.5


def test_without_a_gain_or_of_four_people_nothing_is_told_of_groups():
    assert inclusion_of(groups(P=10, L=10), None).tables == ()
    assert inclusion_of(groups(P=4), 2).tables == ()


@pytest.mark.parametrize(("women", "is_told"), [(19, False), (20, True)])
def test_women_and_men_are_compared_from_twenty_of_each(women, is_told):
    apart = inclusion_of(groups(P=women, L=20), 2).women_and_men
    assert (apart.low is not None) is is_told


def test_a_value_that_is_not_recorded_stands_last():
    who = [person(age_band="")] * 6 + [person(age_band="18-30")] * 6
    found = inclusion_of(read(copies(UP, 6), who), 2)
    assert list(table(found, Dimension.AGE)) == ["18-30", ""]


crowds = st.lists(
    st.builds(
        person,
        st.sampled_from(Sex.values),
        st.sampled_from([*AgeBand.values, ""]),
        st.sampled_from(Element.values),
    ),
    min_size=5,
    max_size=60,
)


@given(crowds)
def test_no_adding_and_subtracting_of_all_that_is_shown_gives_a_small_group(who):
    found = inclusion_of(read([UP[at % 2] for at in range(len(who))], who), 2)
    kinds = sorted({(one.sex, one.age_band, one.element) for one in who})

    def members(dimension, value):
        at = list(Dimension).index(dimension)
        return np.array([float(kind[at] == value) for kind in kinds])

    shown, small = [np.ones(len(kinds))], []
    for one in found.tables:
        for row in one.rows:
            size = sum(getattr(each, one.dimension) == row.value for each in who)
            if row.n is not None:
                assert row.n == size >= 5
                shown.append(members(one.dimension, row.value))
            elif size < 5:
                small.append(members(one.dimension, row.value))
    rank = np.linalg.matrix_rank(np.array(shown))
    assert all(np.linalg.matrix_rank(np.array([*shown, one])) > rank for one in small)
