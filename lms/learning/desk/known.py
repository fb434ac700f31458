"""What all surveys of a training need to know, read once for whoever shows several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.models import FormItem
from lms.cohorts.models import Cohort
from lms.learning.enums import SURVEY_OCCASIONS
from lms.learning.queries.terms import Terms, terms_of_cohort


@dataclass(frozen=True, slots=True)
class Known:
    """``places``: (survey, question) -> its place in the form."""

    terms: Sequence[Terms]
    enrolled: int
    places: Mapping[tuple[int, int], int]


def known_of(cohort: Cohort, *, enrolled: int | None = None) -> Known:
    """Two queries, one without any survey; one more unless ``enrolled`` is given."""
    terms = terms_of_cohort(cohort)
    surveys = {each.assessment.pk for each in terms if each.occasion in SURVEY_OCCASIONS}
    listed = FormItem.objects.filter(form__assessment__in=surveys).order_by()
    rows = listed.values_list("form__assessment_id", "question_id", "position") if surveys else ()
    return Known(
        terms=terms,
        enrolled=cohort.enrolments.count() if enrolled is None else enrolled,
        places={(survey, question): position for survey, question, position in rows},
    )
