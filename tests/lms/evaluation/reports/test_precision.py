import random

import pytest

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import scores_of
from lms.evaluation.reports.precision import details_of, trust_of
from lms.evaluation.reports.questions import post_points
from lms.evaluation.stats.reasons import Reason
from tests.lms.evaluation.makers import copies

from .frames import read


def crowd(n, *, alike=False):
    """People who differ in what they know, or who only guess."""
    draw = random.Random(11)
    found = []
    for at in range(n):
        knows = 0.5 if alike else draw.random()
        before, after = (tuple(int(draw.random() < knows) for _ in range(10)) for _ in "ab")
        found.append((("AB", "BA")[at % 2], before, after))
    return read(found)


def trust(frame):
    return trust_of(scores_of(Cohort(), frame), post_points(frame))


def test_reliability_and_measurement_error_from_thirty_people_on():
    few, enough = trust(crowd(29)), trust(crowd(30))
    assert (few.alpha, few.band, few.reason) == (None, None, Reason.TOO_FEW)
    assert enough.alpha > 0.5
    assert enough.alpha_low < enough.alpha < enough.alpha_high
    assert enough.up + enough.same + enough.down == 30
    assert enough.band > enough.sem > 0


def test_a_test_that_people_only_guess_judges_nobody():
    guessed = trust(crowd(60, alike=True))
    assert guessed.alpha < 0.5
    assert (guessed.band, guessed.up, guessed.reason) == (None, None, Reason.UNRELIABLE)


def test_all_with_the_same_points_give_a_reason_and_no_number():
    found = trust(read(copies([("AB", (0, 1), (1, 1)), ("BA", (0, 1), (1, 1))], 20)))
    assert (found.alpha, found.sem, found.reason) == (None, None, Reason.NO_SPREAD)


@pytest.mark.parametrize(("people", "p", "d"), [(4, False, False), (9, True, False), (10, True, True)])
def test_details_come_when_there_are_people_enough(people, p, d):
    frame = crowd(people)
    found = details_of(scores_of(Cohort(), frame))
    assert (found.p is not None, found.d_av is not None) == (p, d)
