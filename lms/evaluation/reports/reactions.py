"""Level 1 (how people found the training) and commitment, from the sums that the survey desk may tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import LikertQuestion
from lms.cohorts.models import Cohort
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.exact import mean
from lms.evaluation.stats.thresholds import Estimate
from lms.learning.desk.known import known_of
from lms.learning.desk.moments import MomentsResult, moments_results
from lms.learning.desk.scales import Change
from lms.learning.desk.surveys import AskedQuestion, SurveyResult, survey_results
from lms.learning.desk.targets import COMMITMENT
from lms.learning.enums import Occasion


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with how many people chose each step of its scale, least first; ``mean`` counts from 1."""

    text: str
    n: int
    steps: tuple[tuple[str, int], ...]
    mean: float


@dataclass(frozen=True, slots=True)
class Reaction:
    """A survey. ``held`` says why there are no statements: "open", "few" (fewer than 5 answered), "small"
    (fewer than 10: not shown as a finding), or "" (it has none)."""

    title: str
    answered: int
    enrolled: int
    held: str
    statements: tuple[Statement, ...] = ()

    @property
    def is_indicative(self) -> bool:
        return Estimate.REACTION.standing(self.answered) is Standing.INDICATIVE


@dataclass(frozen=True, slots=True)
class Commitment:
    """The same people's answers to the commitment scale at two moments: before and at the end, at the end and
    90 days later. None where the training does not ask it."""

    during: Change | None = None
    kept: Change | None = None


def reactions_of(cohort: Cohort, *, enrolled: int) -> tuple[tuple[Reaction, ...], Commitment]:
    """The surveys of a training. One query without any, else as many as kinds of questions ask for."""
    known = known_of(cohort, enrolled=enrolled)
    found = survey_results(cohort, known)
    asked = [result for result in found if _asks_reaction(result)]
    return tuple(map(_reaction, asked)), _commitment(moments_results(cohort, known))


def _asks_reaction(result: SurveyResult) -> bool:
    """Not a survey that only collects texts. What an anonymous one asks is not known while it is held."""
    scales = [asked for asked in result.questions if isinstance(asked.question, LikertQuestion)]
    return bool(scales) or (result.assessment.is_anonymous and bool(result.held))


def _reaction(result: SurveyResult) -> Reaction:
    title = str(result.assessment.label)
    held = result.held
    if not held and Estimate.REACTION.standing(result.answered) is Standing.HIDDEN:
        held = "small"
    statements = [] if held else [_statement(asked) for asked in result.questions]
    return Reaction(
        title, result.answered, result.enrolled, held, tuple(one for one in statements if one is not None)
    )


def _statement(asked: AskedQuestion) -> Statement | None:
    if not isinstance(asked.question, LikertQuestion) or not asked.tallies:
        return None
    tally = asked.tallies[0]
    steps = [step for step, (_words, n) in enumerate(tally.counts, start=1) for _ in range(n)]
    average = mean(steps)
    if average is None or Estimate.REACTION.standing(tally.n) is Standing.HIDDEN:
        return None
    return Statement(asked.question.stem, tally.n, tally.counts, float(average))


def _commitment(results: Sequence[MomentsResult]) -> Commitment:
    scale = next((found for each in results if (found := each.scale(COMMITMENT)) is not None), None)
    if scale is None:
        return Commitment()
    return Commitment(
        scale.change(Occasion.BEFORE, Occasion.AFTER), scale.change(Occasion.AFTER, Occasion.DAY_90)
    )
