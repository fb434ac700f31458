"""What simulated results stand on: an organisation, villages, a test with two forms, and the trainings."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandError

from assessments.models import Assessment, AssessmentForm, Choice, FormItem, Outcome, SingleChoiceQuestion
from courses.models import CoursePage
from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Programme
from lms.evaluation.models import Rollup
from lms.people.models import Organisation, Village

MARK = "(data simulasi)"
_YEARS = range(2022, 2027)
_REGIONS = {
    "Provinsi Simulasi Timur": ("Kabupaten Simulasi A", "Kabupaten Simulasi B", "Kabupaten Simulasi C"),
    "Provinsi Simulasi Barat": ("Kabupaten Simulasi D", "Kabupaten Simulasi E"),
    "Provinsi Simulasi Utara": ("Kabupaten Simulasi F",),
}
_OPTIONS = 4
_OUTCOMES = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a form: its id and those of its options, the right one first."""

    pk: int
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What rows of results name. ``run`` sets this run's keys and codes apart from earlier ones."""

    run: int
    cohorts: Sequence[Cohort]
    assessment: Assessment
    forms: dict[str, int]
    asked: dict[str, list[Asked]]


def make_frame(*, cohorts: int, answers: int, seed: int) -> Frame:
    """Write everything but people and results. CommandError where no course is there to be taken."""
    course = CoursePage.objects.order_by("pk").first()
    if course is None:
        raise CommandError("There is no course yet: run prepare_site (or load_curriculum) first.")
    draw = random.Random(seed)
    run = Organisation.objects.filter(name__contains=MARK).count() + 1
    organisation = Organisation.objects.create(name=f"Dinas Simulasi {run} {MARK}", short_code=f"SIM{run}")
    assessment, asked = _test(run, answers)
    programmes = [
        Programme.objects.create(organisation=organisation, title=f"Program Simulasi {letter} {MARK}")
        for letter in "ABC"
    ]
    villages = _villages(run, max(1, cohorts // 3), draw)
    made = [
        _cohort(run, number, draw, organisation, course, assessment, programmes, villages)
        for number in range(1, cohorts + 1)
    ]
    Cohort.objects.bulk_create(made, batch_size=500)
    Rollup.objects.bulk_create((Rollup(cohort=one) for one in made), batch_size=500)
    forms = dict(AssessmentForm.objects.filter(assessment=assessment).values_list("letter", "pk"))
    return Frame(run, made, assessment, forms, asked)


def _test(run: int, answers: int) -> tuple[Assessment, dict[str, list[Asked]]]:
    assessment = Assessment.objects.create(code=f"simulasi-{run}", title=f"Tes Simulasi {run} {MARK}")
    outcomes = [
        Outcome.objects.get_or_create(
            code=f"SIM{number}", defaults={"kind": "result", "title": f"Hasil {number} {MARK}"}
        )[0]
        for number in range(1, _OUTCOMES + 1)
    ]
    asked: dict[str, list[Asked]] = {}
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        asked[letter] = [
            _question(run, form, number, outcomes[number % _OUTCOMES]) for number in range(1, answers + 1)
        ]
    return assessment, asked


def _question(run: int, form: AssessmentForm, number: int, outcome: Outcome) -> Asked:
    pair = f"sim{run}-{number}"
    question = SingleChoiceQuestion(
        code=f"{pair}{form.letter}", pair=pair, form_letter=form.letter, stem=f"Soal {number} {MARK}"
    )
    question.outcomes = [outcome]
    question.save()
    options = Choice.objects.bulk_create(
        Choice(question=question, text=f"Pilihan {place}", is_correct=place == 1, sort_order=place)
        for place in range(1, _OPTIONS + 1)
    )
    FormItem.objects.create(form=form, question=question, position=number)
    return Asked(question.pk, tuple(option.pk for option in options))


def _villages(run: int, number: int, draw: random.Random) -> list[Village]:
    places = [(province, regency) for province, regencies in _REGIONS.items() for regency in regencies]
    found = []
    for place in range(1, number + 1):
        province, regency = draw.choice(places)
        name = f"Desa Simulasi {run}.{place}"
        found.append(Village(name=name, district="Kecamatan Simulasi", regency=regency, province=province))
    return Village.objects.bulk_create(found, batch_size=500)


def _cohort(
    run: int,
    number: int,
    draw: random.Random,
    organisation: Organisation,
    course: CoursePage,
    assessment: Assessment,
    programmes: Sequence[Programme],
    villages: Sequence[Village],
) -> Any:
    first = date(draw.choice(_YEARS), 1, 5) + timedelta(days=draw.randrange(350))
    return Cohort(
        code=f"SIM{run}-{number}",
        organisation=organisation,
        programme=draw.choice(programmes),
        state=CohortState.CLOSED,
        title=f"Pelatihan Simulasi {number} {MARK}",
        course=course,
        village=draw.choice(villages),
        starts_on=first,
        ends_on=first + timedelta(days=1),
        assessment=assessment,
        is_simulated=True,
    )
