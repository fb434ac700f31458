"""A cohort that begins today, so that a visitor can do each step now."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from django.utils import timezone

from assessments.models import Assessment
from courses.models import CoursePage, LessonPage
from home.demonstration import answers
from home.demonstration.people import take_in
from home.demonstration.roster import PRACTICE
from home.demonstration.signins import participant_entry
from lms.cohorts import domain as cohorts
from lms.cohorts.enums import CohortState, Topic
from lms.cohorts.models import Assignment, Cohort, Enrolment, Finding, Meeting
from lms.followup import domain as followup
from lms.ids import new_id
from lms.learning.enums import Occasion
from lms.people.models import Organisation, Village

CODE = "PERAGAAN"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a visitor finds somebody."""

    state: str
    reach: Callable[[Enrolment, list[LessonPage], random.Random], None]


def _not_begun(enrolment: Enrolment, lessons: list[LessonPage], rng: random.Random) -> None:
    """Nothing happened yet."""


def _in_the_pre_test(enrolment: Enrolment, lessons: list[LessonPage], rng: random.Random) -> None:
    answers.answer(answers.begin(enrolment, Occasion.PRE), knowledge=0.4, rng=rng, first=7)


def _reading(enrolment: Enrolment, lessons: list[LessonPage], rng: random.Random) -> None:
    answers.take(enrolment, Occasion.PRE, knowledge=0.4, rng=rng)
    answers.read_lessons(enrolment, lessons[:9])


def _in_the_post_test(enrolment: Enrolment, lessons: list[LessonPage], rng: random.Random) -> None:
    answers.take(enrolment, Occasion.PRE, knowledge=0.4, rng=rng)
    answers.read_lessons(enrolment, lessons)
    answers.answer(answers.begin(enrolment, Occasion.POST), knowledge=0.8, rng=rng, first=11)


def _tell_and_say(enrolment: Enrolment, rng: random.Random) -> None:
    """How committed somebody is before the training, and a story that waits for somebody to read it."""
    for code, occasion in (("survei-sikap", Occasion.BEFORE), ("uraian-awal", Occasion.SURVEY)):
        survey = Assessment.objects.filter(code=code, live=True).first()
        if survey is not None:
            answers.take(enrolment, occasion, knowledge=0.5, rng=rng, assessment=survey)


def _about_to_graduate(enrolment: Enrolment, lessons: list[LessonPage], rng: random.Random) -> None:
    """Everything is done but handing in the plan."""
    answers.take(enrolment, Occasion.PRE, knowledge=0.4, rng=rng)
    answers.read_lessons(enrolment, lessons)
    answers.take(enrolment, Occasion.POST, knowledge=0.97, rng=rng)
    _tell_and_say(enrolment, rng)
    today = timezone.localdate()
    for phase, title, days in (
        ("pra_musdes", "Musyawarah dusun dengan Berita Acara", 21),
        ("musdes", "Menempel kalender perencanaan di balai desa", 45),
    ):
        fields = {
            "title": title,
            "phase": phase,
            "deadline": today + timedelta(days=days),
            "person_in_charge": "Kepala Dusun",
            "indicator": "1 Berita Acara",
            "evidence_expected": "Berita Acara, daftar hadir, foto",
        }
        followup.save_action(enrolment=enrolment, action_id=new_id(), fields=fields)


STAGES = [
    Stage("belum mulai", _not_begun),
    Stage("di tengah tes awal", _in_the_pre_test),
    Stage("sedang belajar", _reading),
    Stage("di tengah tes akhir", _in_the_post_test),
    Stage("tinggal mengumpulkan rencana", _about_to_graduate),
]


def _assign(cohort: Cohort) -> None:
    """Practice and surveys of the bundled bank, open from the first day."""
    wanted = {
        "latihan-campuran": (Occasion.PRACTICE,),
        "survei-sikap": (Occasion.BEFORE, Occasion.AFTER, Occasion.DAY_90),
        "uraian-awal": (Occasion.SURVEY,),
        "survei-reaksi": (Occasion.SURVEY,),
    }
    there = Assessment.objects.filter(code__in=wanted, live=True).in_bulk(field_name="code")
    for code, occasions in wanted.items():
        for occasion in occasions if code in there else ():
            Assignment.objects.create(cohort=cohort, occasion=occasion, assessment=there[code])


def load(
    *, organisation: Organisation, village: Village, course: CoursePage, assessment: Assessment
) -> list[dict[str, str]]:
    """Make the cohort; returns the sign-ins of its people, two for each stage."""
    today = timezone.localdate()
    cohort = Cohort.objects.create(
        code=CODE,
        state=CohortState.RUNNING,
        organisation=organisation,
        village=village,
        course=course,
        assessment=assessment,
        title="Peragaan: pelatihan perencanaan desa",
        venue="Balai Rakyat",
        starts_on=today,
        ends_on=today + timedelta(days=2),
        lesson_hours=24,
        issuer="Pemerintah Desa Loonuna bersama BPD",
        signatory_name="(nama penanda tangan)",
        signatory_title="a.n. Kepala Desa Loonuna, Sekretaris Desa",
        is_simulated=True,
    )
    meeting = Meeting.objects.create(
        cohort=cohort,
        title="Hari pertama",
        held_on=today,
        begins_at=time(8),
        ends_at=time(16, 30),
        lesson_hours=8,
    )
    _assign(cohort)
    Finding.objects.create(
        cohort=cohort, code="TM1", text="Belum ada Berita Acara musyawarah dusun.", topic=Topic.PLANNING
    )
    rng = random.Random(CODE)
    lessons = list(LessonPage.objects.descendant_of(course).live().order_by("path"))
    entries: list[dict[str, str]] = []
    for index, person in enumerate(PRACTICE):
        enrolment, pin = take_in(person, cohort)
        stage = STAGES[index % len(STAGES)]
        cohorts.record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
        stage.reach(enrolment, lessons, rng)
        entries.append(participant_entry(person.name, stage.state, enrolment.participant.code, pin))
    return entries
