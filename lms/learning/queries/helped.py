"""Who of a training takes what with help: on paper, or read aloud."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from assessments.models import Assessment, AssessmentForm
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.enums import Mode, Occasion
from lms.learning.models import AnswerEvent, Attempt, AttemptItem, PaperSheet
from lms.learning.queries.attempts import form_letter
from lms.learning.queries.terms import Terms, all_terms_of


@dataclass(frozen=True, slots=True)
class Helped:
    """One person on one occasion: the form, the try that counts if there is one, the sheet that waits."""

    enrolment: Enrolment
    attempt: Attempt | None
    sheet: PaperSheet | None

    @property
    def is_free(self) -> bool:
        """Whether neither a try nor a typed sheet is there. A photo alone does not count."""
        return self.attempt is None and not self.is_typed

    @property
    def is_typed(self) -> bool:
        """Whether the answers of this person's sheet were typed at least once, and are not filed yet."""
        return self.attempt is None and self.sheet is not None and self.sheet.first_by_id is not None

    @property
    def waits_for_second(self) -> bool:
        """Whether the sheet was typed once, and its second round is missing."""
        return self.is_typed and self.sheet is not None and self.sheet.second_by_id is None

    @property
    def is_typed_twice(self) -> bool:
        """Whether both rounds are there, but not filed: they differ somewhere."""
        return self.is_typed and not self.waits_for_second

    @property
    def is_read_aloud(self) -> bool:
        """Whether the questions are being read aloud to this person."""
        attempt = self.attempt
        return attempt is not None and attempt.submitted_at is None and attempt.mode == Mode.READ_ALOUD


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The people of a training who take the same form on an occasion."""

    form: AssessmentForm
    people: list[Helped]


def helped_terms(cohort: Cohort) -> list[Terms]:
    """What of a training can be taken with help: all but anonymous surveys, which have no attempts."""
    return [
        terms
        for terms in all_terms_of(Enrolment(cohort=cohort))
        if terms.assigned and not terms.assessment.is_anonymous
    ]


def form_groups(cohort: Cohort, occasion: str, assessment: Assessment) -> list[FormGroup]:
    """The people of a training by the form that they take. Four queries, however many people."""
    forms = list(AssessmentForm.objects.filter(assessment=assessment).order_by("letter"))
    own = {"enrolment__cohort": cohort, "occasion": occasion, "assessment": assessment}
    tries: dict[UUID, Attempt] = {}
    for attempt in Attempt.objects.counted().filter(**own).order_by("number"):
        tries[attempt.enrolment_id] = attempt
    waiting = PaperSheet.objects.filter(attempt__isnull=True, **own)
    sheets = {sheet.enrolment_id: sheet for sheet in waiting}
    people: dict[int, list[Helped]] = defaultdict(list)
    rows = Enrolment.objects.filter(cohort=cohort).select_related("participant", "cohort")
    for enrolment in rows.order_by("participant__full_name", "pk"):
        form = _form_of(enrolment, occasion, assessment, forms)
        if form is not None:
            people[form.pk].append(Helped(enrolment, tries.get(enrolment.pk), sheets.get(enrolment.pk)))
    return [FormGroup(form, people[form.pk]) for form in forms if people[form.pk]]


def _form_of(
    enrolment: Enrolment, occasion: str, assessment: Assessment, forms: list[AssessmentForm]
) -> AssessmentForm | None:
    """As ``form_for``, without a query."""
    if assessment.pk != enrolment.cohort.assessment_id:
        return forms[0] if forms else None
    letter = form_letter(enrolment, occasion)
    return next((form for form in forms if form.letter == letter), None)


def read_aloud_attempts(
    cohort: Cohort, occasion: Occasion | str, assessment: Assessment, letter: str
) -> list[Attempt]:
    """The open tries of people to whom a form is being read, by name, with person. One query."""
    return list(
        Attempt.objects.counted()
        .filter(
            enrolment__cohort=cohort,
            occasion=occasion,
            assessment=assessment,
            form__letter=letter,
            mode=Mode.READ_ALOUD,
            submitted_at__isnull=True,
        )
        .select_related("enrolment__participant")
        .order_by("enrolment__participant__full_name", "pk")
    )


def answers_of(attempts: Iterable[Attempt]) -> dict[UUID, dict[int, Any]]:
    """The answers that count of several attempts, by attempt and place, without empty ones. One query."""
    events = AnswerEvent.objects.filter(item__attempt__in=list(attempts), is_late=False)
    rows = events.order_by("sitting", "sequence", "id")
    answers: dict[UUID, dict[int, Any]] = defaultdict(dict)
    for attempt_id, position, response in rows.values_list("item__attempt_id", "item__position", "response"):
        answers[attempt_id][position] = response
    return {
        attempt_id: {place: response for place, response in given.items() if response is not None}
        for attempt_id, given in answers.items()
    }


def items_at(attempts: Iterable[Attempt], position: int) -> dict[UUID, AttemptItem]:
    """The item of each attempt at a place, by attempt. One query."""
    rows = AttemptItem.objects.filter(attempt__in=list(attempts), position=position)
    return {item.attempt_id: item for item in rows}


def last_sequences(sittings: dict[UUID, int]) -> dict[UUID, int]:
    """The greatest sequence that the server knows in the sitting of each attempt. One query."""
    rows = (
        AnswerEvent.objects.filter(item__attempt_id__in=list(sittings))
        .order_by()
        .values_list("item__attempt_id", "sitting")
        .annotate(Max("sequence"))
    )
    return {attempt_id: last for attempt_id, sitting, last in rows if sittings[attempt_id] == sitting}
