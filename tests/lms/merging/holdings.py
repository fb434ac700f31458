"""What records of one person may hold: drawn for the properties of merging."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from assessments.enums import TEST_OCCASIONS
from assessments.models import AssessmentForm
from courses.models import LessonPage
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote, FindingSupport, Meeting
from lms.followup.domain import renew_pledge, write_pledge
from lms.followup.enums import PlanStatus
from lms.followup.models import Action, Plan, Pledge
from lms.learning.domain import open_lesson
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.people.models import ConsentRecord, Participant, Presence
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FindingFactory,
    MeetingFactory,
    ParticipantFactory,
    make_assessment,
    make_course,
)

DAY = datetime(2026, 6, 1, 1, tzinfo=UTC)
NAMES = itertools.count(1)
# Tries that the training allows.
MOST = {"pre": 1, "post": 2, "followup": 1}

tries = st.lists(
    st.tuples(
        st.sampled_from(["pre", "post", "followup"]),
        st.integers(0, 400),  # hours after the first day began
        st.sampled_from(["handed in", "open", "void"]),
        st.sampled_from("AB"),
    ),
    max_size=4,
)
holdings = st.fixed_dictionaries(
    {
        "tries": tries,
        "statuses": st.tuples(*[st.sampled_from([None, "hadir", "terlambat", "izin", "alpa"])] * 2),
        "lessons": st.sets(st.integers(0, 1)),
        "supports": st.sets(st.integers(0, 1)),
        "writes": st.booleans(),
        "plan": st.sampled_from([None, "draft", "submitted"]),
        "pledge": st.sampled_from([None, "draft", "signed", "renewed"]),
        "seen": st.sampled_from([None, 1, 2]),
        "consents": st.integers(0, 2),
        "shares": st.booleans(),
        "order": st.sampled_from(["AB", "BA"]),
    }
)


@dataclass(frozen=True)
class Scene:
    """A training that several records of one person may be in."""

    cohort: Cohort
    meetings: list[Meeting]
    lessons: list[LessonPage]
    forms: dict[str, AssessmentForm]


def make_scene() -> Scene:
    number = next(NAMES)
    cohort = CohortFactory(
        assessment=make_assessment(code=f"gabung-{number}"),
        course=make_course(f"gabung-{number}"),
        require_plan=True,
    )
    lessons = list(LessonPage.objects.descendant_of(cohort.course).order_by("path"))
    forms = {form.letter: form for form in cohort.assessment.forms.all()}
    return Scene(cohort, MeetingFactory.create_batch(2, cohort=cohort), lessons, forms)


def record_with(scene: Scene, holding: dict[str, Any], findings: list[Any]) -> Participant:
    person: Participant = ParticipantFactory(
        organisation=scene.cohort.organisation, village=scene.cohort.village, code=f"H{next(NAMES):04d}"
    )
    for number in range(holding["consents"]):
        ConsentRecord.objects.create(
            participant=person, text_version=str(number), language="id", channel="kertas"
        )
    if holding["seen"] is not None:
        at = DAY + timedelta(hours=holding["seen"])
        Presence.objects.create(participant=person, mark="x", signed_in_at=DAY, seen_at=at, place_since=at)
    if holding["shares"]:
        enrolment = EnrolmentFactory(cohort=scene.cohort, participant=person, form_order=holding["order"])
        fill(enrolment, scene, holding, findings)
    return person


def fill(enrolment: Enrolment, scene: Scene, holding: dict[str, Any], findings: list[Any]) -> None:
    give_tries(enrolment, scene, holding["tries"])
    for meeting, status in zip(scene.meetings, holding["statuses"], strict=True):
        if status is not None:
            record_attendance(meeting=meeting, enrolment=enrolment, status=status, recorded_by=None)
    for place in holding["lessons"]:
        open_lesson(enrolment=enrolment, lesson=scene.lessons[place])
    for place in holding["supports"]:
        FindingSupport.objects.create(finding=findings[place], enrolment=enrolment)
    if holding["writes"]:
        FindingFactory(cohort=scene.cohort, author=enrolment)
        ExperienceNote.objects.create(cohort=scene.cohort, text="Warga datang", author=enrolment)
    give_pledge(enrolment, holding["pledge"])
    if holding["plan"] is not None:
        submitted = holding["plan"] == "submitted"
        plan = Plan.objects.create(
            enrolment=enrolment,
            status=PlanStatus.SUBMITTED if submitted else PlanStatus.DRAFT,
            submitted_at=DAY if submitted else None,
        )
        Action.objects.create(
            plan=plan, title="Musyawarah", phase="pra_musdes", deadline=DAY.date(), person_in_charge="Kades"
        )


def give_pledge(enrolment: Enrolment, state: str | None) -> None:
    """Not signed, signed, or signed and promised anew; never more together than one pledge holds."""
    if state is None:
        return
    pledge = write_pledge(enrolment=enrolment, promises=["Hadir", f"Satu {state}"])
    if state != "draft":
        signed = {"signed_on": DAY.date(), "means": "tanda", "witness_name": "Kepala Dusun"}
        Pledge.objects.filter(pk=pledge.pk).update(**signed)
    if state == "renewed":
        renew_pledge(enrolment=enrolment, promises=["Hadir"], reason="Berubah")


def may_begin(enrolment: Enrolment, occasion: str) -> bool:
    """As the house lets people begin: one at a time, no more than allowed, none after the next test."""
    counted = Attempt.objects.counted().filter(enrolment=enrolment)
    later = TEST_OCCASIONS[TEST_OCCASIONS.index(occasion) + 1 :]
    return (
        counted.filter(occasion=occasion).count() < MOST[occasion]
        and not counted.filter(submitted_at=None).exists()
        and not counted.filter(occasion__in=later).exists()
    )


def give_tries(enrolment: Enrolment, scene: Scene, wanted: list[tuple[str, int, str, str]]) -> None:
    """As the house would have let them be: numbered by time, one open try an occasion, at the end."""
    numbers: dict[str, int] = {}
    for occasion, hours, state, letter in sorted(wanted, key=lambda one: one[1]):
        if state != "void" and not may_begin(enrolment, occasion):
            continue
        numbers[occasion] = numbers.get(occasion, 0) + 1
        begun = DAY + timedelta(hours=hours)
        form = scene.forms[letter]
        attempt = Attempt.objects.create(
            enrolment=enrolment,
            assessment=scene.cohort.assessment,
            occasion=occasion,
            number=numbers[occasion],
            form=form,
            max_score=13,
            started_at=begun,
            submitted_at=None if state == "open" else begun + timedelta(minutes=30),
            score=None if state == "open" else 5,
            voided_at=begun if state == "void" else None,
        )
        item = AttemptItem.objects.create(
            attempt=attempt,
            position=1,
            question=form.items.first().question,
            kind="single",
            points=1,
            earned=None if state == "open" else 1,
        )
        AnswerEvent.objects.create(
            pk=attempt.pk, item=item, sitting=1, sequence=1, response=f"{begun}", received_at=begun
        )
