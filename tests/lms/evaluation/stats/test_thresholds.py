import pytest

from lms.evaluation.stats.disclosure import Standing, standing
from lms.evaluation.stats.thresholds import Estimate


@pytest.mark.parametrize(
    ("estimate", "least", "caution"),
    [
        (Estimate.GAIN, 5, 20),
        (Estimate.NORMALIZED, 5, 20),
        (Estimate.EFFECT_SIZE, 10, 30),
        (Estimate.FACILITY, 5, 20),
        (Estimate.DISCRIMINATION, 30, 100),
        (Estimate.DISTRACTORS, 20, 20),
        (Estimate.RELIABILITY, 30, 100),
        (Estimate.LATENT_LEARNING, 50, 100),
        (Estimate.RELIABLE_CHANGE, 30, 30),
        (Estimate.GROUP_DIFFERENCE, 20, 20),
        (Estimate.REACTION, 10, 50),
    ],
)
def test_each_estimate_is_hidden_below_its_least_and_indicative_below_its_caution(estimate, least, caution):
    assert estimate.standing(least - 1) is Standing.HIDDEN
    assert estimate.standing(least) is (Standing.INDICATIVE if least < caution else Standing.SUFFICIENT)
    assert estimate.standing(caution) is Standing.SUFFICIENT
    assert estimate.standing(caution - 1) is not Standing.SUFFICIENT


def test_equal_thresholds_are_estimates_of_their_own():
    assert len({estimate.name for estimate in Estimate}) == 11


@pytest.mark.parametrize("n", range(25))
def test_the_gain_stands_as_disclosure_says(n):
    assert Estimate.GAIN.standing(n) is standing(n)


@pytest.mark.parametrize("estimate", Estimate)
def test_nothing_is_shown_of_fewer_than_privacy_allows(estimate):
    assert estimate.standing(4) is Standing.HIDDEN
