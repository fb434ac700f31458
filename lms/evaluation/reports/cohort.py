"""The whole report of a cohort, read once: what was learned, by whom, how surely, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import scores_of
from lms.evaluation.datasets.afterwards import afterwards_of
from lms.evaluation.datasets.choices import choices_of
from lms.evaluation.datasets.sittings import Sittings, sittings_of
from lms.evaluation.datasets.version import data_version
from lms.evaluation.reports.actions import Actions, actions_of
from lms.evaluation.reports.evaluate import evaluate_scores
from lms.evaluation.reports.people import Inclusion, inclusion_of
from lms.evaluation.reports.precision import Details, Trust, details_of, trust_of
from lms.evaluation.reports.questions import QuestionTable, post_points, question_table
from lms.evaluation.reports.reactions import Commitment, Reaction, reactions_of
from lms.evaluation.reports.results import CohortEvaluation
from lms.evaluation.stats.reasons import Reason


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader may see beyond sums: ``questions`` of the test, their ``keys``, people's ``plans``."""

    questions: bool = False
    keys: bool = False
    plans: bool = False


@dataclass(frozen=True, slots=True)
class Pledges:
    """People with a pledge written, here or on paper, and signed."""

    written: int
    signed: int


@dataclass(frozen=True, slots=True)
class CohortReport:
    """Numbers that may be shown, with the reasons for those that may not. ``modes`` counts the tests by how
    they were taken, ``follow_up_n`` the people with a follow-up test; ``data_version`` names the data
    of the tests, "" where nothing of them is told: of a few people it could be guessed at."""

    evaluation: CohortEvaluation
    questions: QuestionTable
    trust: Trust
    details: Details
    inclusion: Inclusion
    actions: Actions
    pledges: Pledges
    reactions: tuple[Reaction, ...]
    commitment: Commitment
    follow_up_n: int
    modes: Mapping[str, int]
    data_version: str = ""


def report_on(cohort: Cohort, reader: Reader, read: Sittings | None = None) -> CohortReport:
    """Everything that the page of a cohort shows to this reader; ``read`` if its tests were read already.

    Its queries do not grow with people or questions: six, one more where keys may be seen, and those of the
    surveys that the training has.
    """
    read = read or sittings_of(cohort)
    scores = scores_of(cohort, read)
    result = evaluate_scores(cohort, scores)
    found = afterwards_of(cohort)
    reactions, commitment = reactions_of(cohort, enrolled=result.registered)
    # What follows a test of forms that cannot be compared would mix people with forms.
    comparable = result.has_gain
    return CohortReport(
        evaluation=result,
        questions=question_table(
            read, choices_of(cohort, read) if reader.keys and not result.is_hidden else ()
        ),
        trust=trust_of(scores, post_points(read))
        if comparable
        else Trust(0, 0, reason=Reason.TOO_FEW if result.is_hidden else Reason.FORMS_NOT_BALANCED),
        details=details_of(scores) if comparable else Details(),
        inclusion=inclusion_of(read, result.max_points) if comparable else Inclusion(),
        actions=actions_of(
            found, registered=result.registered, ends_on=cohort.ends_on, may_read=reader.plans
        ),
        pledges=Pledges(
            sum(person.promised for person in read.people.values()),
            sum(person.signed for person in read.people.values()),
        ),
        reactions=reactions,
        commitment=commitment,
        follow_up_n=read.follow_up,
        modes={} if result.is_hidden else Counter(one.mode for one in read.taken),
        data_version="" if result.is_hidden else data_version(cohort, read),
    )
