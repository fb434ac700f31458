import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.models import Cohort
from lms.evaluation.datasets.version import data_version
from tests.lms.evaluation.reports.frames import person, read

COHORT = Cohort(code="LNN-2018")
SIZE = 3
rights = st.lists(st.integers(0, 1), min_size=SIZE, max_size=SIZE)
people = st.lists(st.tuples(st.sampled_from(["AB", "BA"]), rights, rights), min_size=1, max_size=6)


def version(found):
    return data_version(COHORT, found)


@given(people, st.randoms())
def test_the_same_data_have_the_same_version_in_any_order(rows, lot: random.Random):
    found = read(rows)
    shuffled = [replace(one, items=tuple(lot.sample(one.items, SIZE))) for one in found.taken]
    lot.shuffle(shuffled)
    who = lot.sample(list(found.people.items()), len(found.people))
    assert version(replace(found, taken=tuple(shuffled), people=dict(who))) == version(read(rows))


@given(people, st.data())
def test_any_other_score_makes_another_version(rows, data):
    at = data.draw(st.integers(0, len(rows) - 1))
    wave = data.draw(st.integers(1, 2))
    question = data.draw(st.integers(0, SIZE - 1))
    other = [list(row) for row in rows]
    points = list(other[at][wave])
    points[question] = 1 - points[question]
    other[at][wave] = points
    assert version(read(rows)) != version(read(other))


@given(people)
def test_points_that_change_places_between_people_make_another_version(rows):
    turned = [*rows[1:], rows[0]]
    assert (version(read(rows)) == version(read(turned))) == (rows == turned)


def test_who_the_people_are_belongs_to_the_data_and_so_does_the_training():
    rows = [("AB", [1, 0], [1, 1])]
    known = version(read(rows, [person("P")]))
    assert known != version(read(rows, [person("L")]))
    assert known != version(read(rows, [replace(person("P"), attended=False)]))
    assert known != data_version(Cohort(code="LNN-2019"), read(rows, [person("P")]))
    assert known != data_version(Cohort(code="LNN-2018", is_simulated=True), read(rows, [person("P")]))
    assert known != version(read(rows, [person("P")], outcome="H2"))


def test_a_test_that_waits_to_be_marked_and_a_follow_up_belong_to_it():
    found = read([("AB", [1, 0], [1, 1])])
    key = next(iter(found.people))
    assert version(replace(found, waiting=frozenset({(key, "post")}))) != version(found)
    assert version(replace(found, follow_up=1)) != version(found)


def test_a_version_is_short_enough_to_be_read_aloud():
    assert len(version(read([("AB", [1], [0])]))) == 12
