"""Trainings to be measured, made in the database that the settings name: tests of several sizes and layouts.

``python -m tests.bench.training FILE PEOPLE`` writes what a visitor has to know to FILE (JSON).
"""

import json
import random
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# The same questions in each run: of the curriculum's bank, all kinds in their proportion.
_SEED = 10
_KINDS = ("single", "multiple", "true_false", "numeric", "matching", "ordering")


@dataclass(frozen=True)
class Crowd:
    """People of one training, none of whom has begun: each has one cycle to give."""

    questions: int
    layout: str
    people: list[dict[str, str]]


def make_crowd(*, questions: int, layout: str, people: int) -> Crowd:
    """A training whose test has so many questions, on one page ("page") or a page each ("question")."""
    from assessments.models import AssessmentForm, FormItem
    from courses.models import CoursePage
    from tests.factories import AssessmentFactory, CohortFactory

    assessment = AssessmentFactory(code=f"ukur-{questions}-{layout}", layout=layout)
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        for position, pk in enumerate(_drawn(questions), start=1):
            FormItem.objects.create(form=form, question_id=pk, position=position)
    course = CoursePage.objects.get(locale__language_code="id", slug="perencanaan-desa")
    cohort = CohortFactory(code=f"UKUR-{questions}-{layout.upper()}", course=course, assessment=assessment)
    return Crowd(questions, layout, _enrol(cohort, people))


def _drawn(number: int) -> list[int]:
    from assessments.models import Question

    bank = list(Question.objects.order_by("pk").values_list("pk", "polymorphic_ctype__model"))
    fitting = [pk for pk, model in bank if any(model.startswith(kind.replace("_", "")) for kind in _KINDS)]
    return random.Random(_SEED).sample(fitting, number)


def _enrol(cohort: Any, people: int) -> list[dict[str, str]]:
    """All with the PIN of the first one: hashing hundreds of PINs is not what is measured."""
    from lms.people.domain import issue_pin
    from lms.people.domain.codes import new_code
    from tests.factories import EnrolmentFactory

    cards, pin, first = [], "", None
    for _number in range(people):
        person = EnrolmentFactory(
            cohort=cohort,
            participant__organisation=cohort.organisation,
            participant__village=cohort.village,
            participant__code=new_code(),
        ).participant
        if first is None:
            pin, first = issue_pin(participant=person), person
            first.refresh_from_db()
        else:
            person.pin_hash, person.pin_serial = first.pin_hash, first.pin_serial
            person.save(update_fields=["pin_hash", "pin_serial"])
        cards.append({"code": person.code, "pin": pin})
    return cards


def make_all(people: int) -> dict[str, Crowd]:
    """By name: ten questions on one page, ten on a page each, and forty on a page each for two people."""
    return {
        "page": make_crowd(questions=10, layout="page", people=people),
        "question": make_crowd(questions=10, layout="question", people=people),
        "long": make_crowd(questions=40, layout="question", people=2),
    }


def write_cards(file: Path, people: int) -> dict[str, Crowd]:
    """Make the trainings and keep what visitors need; returns it too."""
    crowds = make_all(people)
    file.write_text(json.dumps({name: asdict(crowd) for name, crowd in crowds.items()}))
    return crowds


def read_cards(file: Path) -> dict[str, Crowd]:
    return {name: Crowd(**crowd) for name, crowd in json.loads(file.read_text()).items()}


if __name__ == "__main__":
    import django

    django.setup()
    write_cards(Path(sys.argv[1]), int(sys.argv[2]))
