"""A name for the data of an evaluation: under one version stand the same numbers, whenever they are read."""

import hashlib
from collections.abc import Iterator

from lms.cohorts.models import Cohort
from lms.evaluation.datasets.sittings import Sittings

DIGITS = 12


def data_version(cohort: Cohort, read: Sittings) -> str:
    """Twelve hexadecimal digits of SHA-256, whatever the order of the rows.

    Covers everything from which the figures of the tests are made: the code of the training, whether it is
    simulated, who is enrolled with sex, age band, element and whether they attended, and of each first try
    that counts its person, occasion, form, way of taking it, and every question with the points possible
    and earned; besides these the pairs of questions and the outcomes that they serve, the tests that wait to
    be marked, and how many people took a follow-up test. So another score, a mark given later or a changed
    question make another version.

    It does not cover names, which wrong option somebody chose, surveys, plans and pledges: what reports say
    of those holds on the day on which they were printed. Nor the program: a later release may compute
    something else from the same data, and says so in its list of changes.
    """
    lines = sorted(_lines(cohort, read))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:DIGITS]


def _lines(cohort: Cohort, read: Sittings) -> Iterator[str]:
    yield _line("cohort", cohort.code, cohort.is_simulated, read.follow_up)
    for key, person in read.people.items():
        yield _line(
            "person",
            key,
            person.sex,
            person.age_band,
            person.element,
            person.is_simulated,
            person.attended,
        )
    for one in read.taken:
        items = sorted((item.question, item.points, item.earned) for item in one.items)
        yield _line("sitting", one.enrolment, one.occasion, one.form, one.mode, items)
    for enrolment, occasion in read.waiting:
        yield _line("waiting", enrolment, occasion)
    for question, line in read.questions.items():
        serves = sorted(outcome.code for outcome in read.outcomes.get(question, ()))
        yield _line("question", question, line.place, serves)


def _line(*values: object) -> str:
    # ``repr`` keeps neighbours apart: no text can pass for two.
    return repr([str(value) for value in values])
