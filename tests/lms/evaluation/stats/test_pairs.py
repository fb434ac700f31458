import numpy
import pytest

from lms.evaluation.stats.pairs import Directions, Pairs


def test_numpy_integers_become_python_integers_that_cannot_overflow():
    pairs = Pairs.of(numpy.array([120, -120], dtype=numpy.int8), numpy.array([-120, 120], dtype=numpy.int8))
    assert pairs.gains == (-240, 240)


def test_floats_are_refused_because_they_break_ties():
    with pytest.raises(TypeError):
        Pairs.of([0.2], [0.3])


def test_people_who_took_one_test_only_are_refused():
    with pytest.raises(ValueError, match="2 scores before but 1 after"):
        Pairs.of([3, 4], [5])


def test_every_direction_is_counted():
    assert Directions.of([4, 1, 0, -2, 3]) == Directions(rose=3, same=1, fell=1)
