import dataclasses

import pytest
from django.utils import translation

from assessments.models import Outcome
from lms.evaluation.reports import report_words as words
from lms.evaluation.reports.after_words import dropped_sentence
from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.people import Difference, GroupRow, Inclusion, Withheld
from lms.evaluation.reports.precision import Details, Trust
from lms.evaluation.reports.results import OutcomeRow
from lms.evaluation.reports.wording import clarity
from lms.evaluation.stats.flags import ItemFlag
from lms.evaluation.stats.reasons import Reason

from .results import RESULT, with_numbers


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def outcome(code, low, high):
    return OutcomeRow(Outcome(code=code, title=code), 22, 3, 10, 1, 2, 1, low, high)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 2, "clearly up"), (-2, -0.1, "clearly down"), (-1, 1, "not clear"), (0, 1, "not clear")],
)
def test_only_an_interval_off_zero_is_called_clear(low, high, said):
    assert clarity(with_numbers(ci_low=low, ci_high=high)) == said
    assert clarity(with_numbers(ci_low=None, ci_high=None)) == ""


def test_outcomes_are_told_by_what_is_clear():
    up, vague = outcome("H1", 0.5, 2), outcome("H2", -0.5, 2)
    assert words.outcomes_sentence(with_numbers(outcomes=(up, vague))) == "Clearly up: H1. Not clear: H2."
    assert "all that can be measured (H1)" in words.outcomes_sentence(with_numbers(outcomes=(up,)))
    assert "no single outcome" in words.outcomes_sentence(with_numbers(outcomes=(vague,)))
    assert words.outcomes_sentence(RESULT) == ""


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.7, "also for looking at single people"),
        (0.69, "not for judging single people"),
        (0.5, "not for judging single people"),
        (0.49, "never for single people"),
        (-0.1, "do not measure one thing"),
    ],
)
def test_the_test_is_good_for_groups_before_it_is_good_for_people(alpha, said):
    assert said in words.test_sentence(Trust(40, 10, alpha=alpha))


@pytest.mark.parametrize("reason", [Reason.TOO_FEW, Reason.FORMS_NOT_BALANCED, Reason.NO_SPREAD])
def test_without_reliability_a_reason_stands_there(reason):
    said = words.test_sentence(Trust(9, 10, reason=reason))
    assert said.endswith(".")
    assert words.exactness_sentence(Trust(9, 10, reason=reason)) == ""
    assert words.band_reason(Trust(9, 10, reason=reason))


def test_a_band_is_told_with_the_people_beyond_it():
    trust = Trust(40, 10, alpha=0.8, sem=1, band=2.8, up=20, same=19, down=1)
    said = words.exactness_sentence(trust)
    assert "± 2.0" in said
    assert "up to 2.8 points is within measurement error: 20 rose by more" in said
    assert words.band_reason(trust) == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 1, "Women rose more than men: the difference lies between +0.2 and +1.0 points."),
        (-1, -0.2, "Women rose less than men"),
        (-1, 1, "No clear difference between women and men"),
        (None, None, "cannot be said"),
    ],
)
def test_women_and_men_are_compared_as_a_range_or_not_at_all(low, high, said):
    assert said in words.women_sentence(Inclusion((), Difference(low, high)))


def test_who_is_missing_adds_up():
    result = with_numbers(registered=30, pre_n=26, post_n=24, matched_n=22, lost_n=4)
    assert dropped_sentence(result) == (
        "8 of 30 people registered are not in the comparison. Of these: 4 took the pre-test and not the "
        "post-test; 2 took the post-test and not the pre-test; 2 took neither."
    )


def test_who_took_one_form_twice_is_not_called_missing():
    twice = (Note(NoteCode.SAME_FORM, {"n": 2}),)
    result = with_numbers(registered=24, pre_n=24, post_n=24, matched_n=22, lost_n=0, notes=twice)
    assert dropped_sentence(result) == "2 of 24 people registered are not in the comparison."
    everybody = dataclasses.replace(RESULT, registered=22, pre_n=22, post_n=22, lost_n=0)
    assert dropped_sentence(everybody) == "Everybody who is registered took both tests."


def test_p_stands_beside_what_it_does_not_say():
    (said,) = words.details_sentences(Details(p=0.0004, p_is_exact=False))
    assert "normal approximation): p < 0.001." in said
    assert "not how large the change is" in said
    assert "p = 0.012" in words.details_sentences(Details(p=0.0123))[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_flag_and_reason_has_words(language):
    with translation.override(language):
        assert len({words.flag_word(flag) for flag in ItemFlag}) == len(ItemFlag)
        told = {words.withheld_word(GroupRow("P", withheld=reason)) for reason in Withheld}
        assert len(told) == len(Withheld)
        assert words.withheld_word(GroupRow("P", 9)) == ""
