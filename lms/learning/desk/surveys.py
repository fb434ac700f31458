"""What a training's surveys say: many answers counted, and who said what left out."""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Subquery

from assessments.enums import moment_words
from assessments.models import Assessment, LikertQuestion
from assessments.queries import load_shown_questions
from assessments.questions.base import Question
from assessments.questions.tallies import Tally
from lms.cohorts.models import Cohort
from lms.learning.desk.known import Known, known_of
from lms.learning.desk.suppression import ENOUGH, FEWEST
from lms.learning.enums import SURVEY_OCCASIONS, Occasion
from lms.learning.models import AnonymousResponse, AnswerEvent, AttemptItem, SurveyReceipt
from lms.learning.queries.terms import Terms


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a survey with all answers to it, and how many left it out."""

    question: Question
    tallies: Sequence[Tally]
    left_out: int

    @property
    def share(self) -> "Share | None":
        """How many of those who answered a statement are satisfied; None for what is no statement."""
        if not isinstance(self.question, LikertQuestion) or not self.tallies or not self.tallies[0].n:
            return None
        middle = (len(self.question.scale) + 1) / 2
        steps = enumerate(self.tallies[0].counts, start=1)
        turned = [(self.question.turned(step, reverse=self.question.reverse), n) for step, (_w, n) in steps]
        return Share(sum(n for step, n in turned if step > middle), self.tallies[0].n)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. A percentage is told from ``ENOUGH`` people on, and without decimals."""

    count: int
    n: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.count / self.n) if self.n >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """A survey of a training. ``questions`` is empty while nothing may be shown; ``held`` says why.

    ``held`` is "", "open" (an anonymous survey that may still be answered: whoever looked before and after
    one more person would read that person's answers) or "few" (fewer than ``FEWEST`` answered).
    """

    terms: Terms
    answered: int
    enrolled: int
    held: str
    questions: Sequence[AskedQuestion] = ()

    @property
    def moment(self) -> str:
        """When it is asked, for after its title."""
        return moment_words(self.terms.occasion)

    @property
    def share(self) -> Share | None:
        """Satisfied answers among all answers to its statements: one figure for the whole survey."""
        shares = [asked.share for asked in self.questions if asked.share is not None]
        if not shares or not self.assessment.is_anonymous:
            return None
        return Share(sum(one.count for one in shares), sum(one.n for one in shares))

    @property
    def assessment(self) -> Assessment:
        return self.terms.assessment


def survey_results(cohort: Cohort, known: Known | None = None) -> list[SurveyResult]:
    """The surveys of a training that are asked once, in the order in which it has them. Those of several
    moments are in ``moments``.

    Its queries grow with the surveys and the kinds of questions, not with questions or people.
    """
    known = known or known_of(cohort)
    return [
        (_anonymous if each.assessment.is_anonymous else _named)(cohort, each, known)
        for each in known.terms
        if each.occasion == Occasion.SURVEY
        or (each.occasion in SURVEY_OCCASIONS and each.assessment.is_anonymous)
    ]


def _anonymous(cohort: Cohort, terms: Terms, known: Known) -> SurveyResult:
    of_survey = {"assessment": terms.assessment}
    receipts = SurveyReceipt.objects.filter(enrolment__cohort=cohort, **of_survey)
    if not terms.has_closed:
        return SurveyResult(terms, receipts.count(), known.enrolled, "open")
    counted = receipts.order_by().values("assessment").annotate(n=Count("pk")).values("n")
    responses = AnonymousResponse.objects.filter(cohort=cohort, **of_survey)
    rows = list(responses.annotate(answered=Subquery(counted)).values_list("answers", "answered"))
    answered = (rows[0][1] or 0) if rows else 0
    if answered < FEWEST:
        return SurveyResult(terms, answered, known.enrolled, "few")
    given: dict[int, list[Any]] = defaultdict(list)
    for answers, _answered in rows:
        for question, response in answers.items():
            given[int(question)].append(response)
    return SurveyResult(terms, answered, known.enrolled, "", _asked(terms, given, answered, known))


def _named(cohort: Cohort, terms: Terms, known: Known) -> SurveyResult:
    """From attempts that were handed in; staff can open each of them anyway."""
    items = AttemptItem.objects.filter(
        attempt__enrolment__cohort=cohort,
        attempt__assessment=terms.assessment,
        attempt__occasion=Occasion.SURVEY,
        attempt__submitted_at__isnull=False,
        attempt__voided_at__isnull=True,
    )
    question_of = dict(items.values_list("pk", "question_id"))
    events = AnswerEvent.objects.filter(item__in=items, is_late=False)
    current = dict(events.order_by("sitting", "sequence", "id").values_list("item_id", "response"))
    given: dict[int, list[Any]] = {question: [] for question in question_of.values()}
    for item, response in current.items():
        if response is not None:
            given[question_of[item]].append(response)
    answered = items.order_by().values("attempt").distinct().count()
    return SurveyResult(terms, answered, known.enrolled, "", _asked(terms, given, answered, known))


def _asked(
    terms: Terms, given: Mapping[int, Sequence[Any]], answered: int, known: Known
) -> list[AskedQuestion]:
    """In the order of the form; what does not stand there any more, by code, and each version apart."""
    questions = load_shown_questions(given)
    ordered = sorted(
        questions.values(),
        key=lambda one: (known.places.get((terms.assessment.pk, one.pk), sys.maxsize), one.code, one.version),
    )
    return [
        AskedQuestion(question, question.tallies(given[question.pk]), answered - len(given[question.pk]))
        for question in ordered
    ]
