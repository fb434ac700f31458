"""A survey that is asked at several moments: the moments side by side, and how the same people changed.

Answers of one person are linked here, in memory, and leave this module in sums only.
"""

import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.models import Assessment, LikertMatrixQuestion, LikertQuestion
from assessments.queries import load_shown_questions
from assessments.questions.base import Question
from lms.cohorts.models import Cohort
from lms.learning.desk.known import Known, known_of
from lms.learning.desk.scales import Moment, Scale, Sheet, Sheets, scale_of
from lms.learning.desk.suppression import FEWEST, HIDDEN, told
from lms.learning.enums import MOMENTS, Occasion
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries.terms import Terms


@dataclass(frozen=True, slots=True)
class Said:
    """A question that is no scale, at one moment: its answers in words, in the order of the alphabet."""

    moment: Moment
    question: Question
    counts: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentsResult:
    """A survey of a training with its moments."""

    assessment: Assessment
    enrolled: int
    moments: tuple[Moment, ...]
    scales: tuple[Scale, ...]
    said: tuple[Said, ...]

    def scale(self, construct: str) -> Scale | None:
        """The scale that measures this, if the survey has it."""
        return next((scale for scale in self.scales if scale.construct == construct), None)


def moments_results(cohort: Cohort, known: Known | None = None) -> list[MomentsResult]:
    """The surveys of several moments of a training. Its queries grow with kinds of questions only."""
    known = known or known_of(cohort)
    terms = [each for each in known.terms if each.occasion in MOMENTS and not each.assessment.is_anonymous]
    if not terms:
        return []
    attempts, given = _attempts(cohort)
    questions = load_shown_questions({question for said in given.values() for question in said})
    by_survey: dict[int, list[Terms]] = defaultdict(list)
    for each in sorted(terms, key=lambda one: MOMENTS.index(Occasion(one.occasion))):
        by_survey[each.assessment.pk].append(each)
    return [_result(own, attempts, given, questions, cohort, known) for own in by_survey.values()]


_Rows = dict[uuid.UUID, Mapping[str, Any]]
_Given = dict[uuid.UUID, dict[int, Any]]


def _attempts(cohort: Cohort) -> tuple[_Rows, _Given]:
    """The attempts of the moments, and by attempt the response that counts to each question asked, None where
    it was left out. Two queries."""
    counted = Attempt.objects.counted().filter(
        enrolment__cohort=cohort, occasion__in=MOMENTS, submitted_at__isnull=False
    )
    fields = ("pk", "enrolment_id", "assessment_id", "occasion", "submitted_at")
    attempts: _Rows = {}
    place: dict[uuid.UUID, tuple[uuid.UUID, int]] = {}
    given: _Given = defaultdict(dict)
    for row in counted.order_by().values(*fields, "items__pk", "items__question_id"):
        attempts[row["pk"]] = row
        if row["items__pk"] is not None:
            place[row["items__pk"]] = (row["pk"], row["items__question_id"])
            given[row["pk"]][row["items__question_id"]] = None
    events = AnswerEvent.objects.filter(item__attempt__in=counted, is_late=False)
    for item, response in events.order_by("sitting", "sequence", "id").values_list("item_id", "response"):
        attempt, question = place[item]
        given[attempt][question] = response
    return attempts, given


def _result(
    terms: Sequence[Terms],
    attempts: Mapping[uuid.UUID, Mapping[str, Any]],
    given: Mapping[uuid.UUID, Mapping[int, Any]],
    questions: Mapping[int, Question],
    cohort: Cohort,
    known: Known,
) -> MomentsResult:
    assessment = terms[0].assessment
    sheets: dict[str, list[Sheet]] = defaultdict(list)
    late: dict[str, int] = defaultdict(int)
    closing = {each.occasion: each.closes_at for each in terms}
    for pk, row in attempts.items():
        if row["assessment_id"] != assessment.pk or row["occasion"] not in closing:
            continue
        if _came_late(row["submitted_at"], closing[row["occasion"]]):
            late[row["occasion"]] += 1
        else:
            sheets[row["occasion"]].append(Sheet(row["enrolment_id"], given.get(pk, {})))
    moments = tuple(
        _moment(each, len(sheets[each.occasion]), late[each.occasion], cohort.village.time_zone)
        for each in terms
    )
    asked = _in_order(assessment, questions, sheets, known)
    scaled = [question for question in asked if isinstance(question, LikertQuestion | LikertMatrixQuestion)]
    constructs = list(dict.fromkeys(question.construct for question in scaled))
    return MomentsResult(
        assessment=assessment,
        enrolled=known.enrolled,
        moments=moments,
        scales=tuple(
            scale_of(name, [one for one in scaled if one.construct == name], moments, sheets)
            for name in constructs
        ),
        said=tuple(_said([one for one in asked if one not in scaled], moments, sheets)),
    )


def _came_late(submitted_at: datetime, closes_at: datetime | None) -> bool:
    return closes_at is not None and submitted_at > closes_at


def _moment(terms: Terms, answered: int, late: int, time_zone: str) -> Moment:
    held = "" if terms.has_closed else "open"
    return Moment(terms, answered, late, held or ("few" if answered < FEWEST else ""), time_zone)


def _in_order(
    assessment: Assessment, questions: Mapping[int, Question], sheets: Sheets, known: Known
) -> list[Question]:
    """The questions asked, in the order of the form, the newest version of each for its words."""
    asked = {pk for several in sheets.values() for sheet in several for pk in sheet.given}
    place_of = {pk: known.places.get((assessment.pk, pk), sys.maxsize) for pk in asked}
    return sorted((questions[pk] for pk in asked), key=lambda one: (place_of[one.pk], one.code, -one.version))


def _said(asked: Sequence[Question], moments: Sequence[Moment], sheets: Sheets) -> Iterable[Said]:
    """What is no scale, moment by moment. Texts of fewer than ``FEWEST`` people are not told."""
    for question in asked:
        for moment in moments:
            given = [
                sheet.given[question.pk]
                for sheet in sheets[moment.occasion]
                if sheet.given.get(question.pk) is not None
            ]
            for tally in question.tallies(given) if given and not moment.held else []:
                numbers = [count for _words, count in tally.counts]
                counts = told(numbers) if tally.n >= FEWEST else [HIDDEN] * len(numbers)
                words = [words for words, _count in tally.counts]
                texts = tally.texts if len(tally.texts) >= FEWEST else ()
                yield Said(moment, question, tuple(zip(words, counts, strict=True)), texts)
