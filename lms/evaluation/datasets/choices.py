"""Which option people chose in the post-test: single choice only, where one letter is one answer."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.models import SingleChoiceQuestion
from assessments.queries import load_shown_questions
from lms.cohorts.models import Cohort
from lms.evaluation.datasets.sittings import Sitting, Sittings
from lms.learning.enums import Occasion
from lms.learning.models import AnswerEvent, Attempt


@dataclass(frozen=True, slots=True)
class FormChoices:
    """One form: ``rows`` are people, columns ``questions``; None: left out or "I do not know".

    ``key`` and the cells name options by identity, ``words`` says what they read.
    """

    questions: tuple[int, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    words: Mapping[str, str]
    options: Mapping[int, int]


def choices_of(cohort: Cohort, read: Sittings) -> list[FormChoices]:
    """By form letter. One query, and those of ``load_shown_questions`` for what was not loaded lately.

    Whoever earned all points chose the key, so only the other answers are read.
    """
    single = {pk for pk, line in read.questions.items() if line.kind == SingleChoiceQuestion._meta.model_name}
    asked = {question for questions in read.test.questions.values() for question in questions} & single
    if not asked:
        return []
    loaded = load_shown_questions(asked)
    wrong = _wrong_answers(cohort, asked)
    forms: dict[str, list[Sitting]] = defaultdict(list)
    for one in read.taken:
        if one.occasion == Occasion.POST:
            forms[one.form].append(one)
    return [
        _form([pk for pk in read.test.questions[letter] if pk in asked], taken, loaded, wrong)
        for letter, taken in sorted(forms.items())
    ]


def _wrong_answers(cohort: Cohort, asked: set[int]) -> dict[tuple[uuid.UUID, int], str | None]:
    """(enrolment, question) -> the option that counted, where it did not earn all points."""
    counted = Attempt.objects.first_tries().with_result()
    rows = AnswerEvent.objects.filter(
        item__attempt__in=counted.filter(enrolment__cohort=cohort, occasion=Occasion.POST),
        item__question__in=asked,
        item__earned=0,
        item__dont_know=False,
        item__scored_with=None,
        is_late=False,
    ).order_by("sitting", "sequence", "id")
    given = rows.values_list("item__attempt__enrolment_id", "item__question_id", "response")
    return {
        (enrolment, question): response if isinstance(response, str) else None
        for enrolment, question, response in given
    }


def _form(
    questions: Sequence[int],
    taken: Sequence[Sitting],
    loaded: Mapping[int, SingleChoiceQuestion],
    wrong: Mapping[tuple[uuid.UUID, int], str | None],
) -> FormChoices:
    choices = {pk: list(loaded[pk].choices.all()) for pk in questions}
    key = {pk: next((str(one.pk) for one in choices[pk] if one.is_correct), "") for pk in questions}
    rows = []
    for one in taken:
        right = {item.question for item in one.items if item.points and item.earned == item.points}
        rows.append(tuple(key[pk] if pk in right else wrong.get((one.enrolment, pk)) for pk in questions))
    return FormChoices(
        questions=tuple(questions),
        key=tuple(key[pk] for pk in questions),
        rows=tuple(rows),
        words={str(one.pk): one.text for found in choices.values() for one in found},
        options={pk: len(found) for pk, found in choices.items()},
    )
