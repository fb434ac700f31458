"""The words of an agenda: counts and simple fractions."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from assessments.models import Outcome
from lms.evaluation.reports.agenda_results import AgendaOutcome
from lms.evaluation.reports.agenda_words import fraction_word, time_sentence, verdict_word
from lms.evaluation.stats.lesson_time import FRACTIONS
from lms.evaluation.stats.need import Verdict, need_of
from lms.learning.enums import Occasion


def row(planned: Fraction | None, advised: Fraction | None, said: Verdict = Verdict.LONGER) -> AgendaOutcome:
    return AgendaOutcome(
        outcome=Outcome(code="H1", title="Perencanaan"),
        need=need_of([Fraction(1)] * 9),
        verdict=said,
        below_half=9,
        questions=1,
        lessons=(),
        planned=planned,
        advised=advised,
        pairs=(),
    )


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_every_fraction_has_a_word_of_its_own() -> None:
    assert len({fraction_word(part) for part in FRACTIONS}) == len(FRACTIONS)


@pytest.mark.parametrize(
    ("planned", "advised", "said"),
    [
        (Fraction(1, 4), Fraction(1, 3), "Time: about a third of the lessons (planned: a quarter)."),
        (Fraction(24, 100), Fraction(26, 100), "Time: about a quarter of the lessons, as planned."),
        (Fraction(1, 8), Fraction(1, 50), "Time: a small part of the lessons (planned: an eighth)."),
    ],
)
def test_time_is_said_as_a_simple_fraction(planned: Fraction, advised: Fraction, said: str) -> None:
    assert time_sentence(row(planned, advised, Verdict.AS_PLANNED)) == said


def test_advice_to_teach_longer_never_stands_beside_less_time() -> None:
    assert time_sentence(row(Fraction(1, 4), Fraction(1, 3))).endswith("(planned: a quarter).")
    for advised in (Fraction(1, 4), Fraction(1, 5)):
        assert time_sentence(row(Fraction(1, 4), advised)) == (
            "Time: about a quarter of the lessons is planned. Take more where something else is kept short."
        )


def test_nothing_is_said_of_time_without_lessons_or_with_too_few_people() -> None:
    assert time_sentence(row(None, None)) == ""
    assert time_sentence(row(Fraction(1, 4), Fraction(1, 3), Verdict.UNKNOWN)) == ""


def test_after_the_post_test_no_verdict_speaks_of_teaching() -> None:
    for verdict in Verdict:
        assert "each" not in verdict_word(verdict, Occasion.POST)
        assert verdict_word(verdict, Occasion.PRE)
