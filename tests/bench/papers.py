"""How long an organiser waits for the whole pack of a training, from the click to the file."""

import datetime
import time
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import CoursePage
from lms.cohorts.models import Cohort, Letterhead
from lms.people.domain.codes import new_code
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FindingFactory,
    MeetingFactory,
    OrganisationFactory,
)
from tests.lms.followup.factories import make_action

_ROUNDS = 3
_MEETINGS, _FINDINGS, _ACTIONS = 3, 20, 3
_TEXT = "Perencanaan dan penganggaran belum runtut; warga yang belum berkelompok belum didata."


@dataclass(frozen=True)
class Pack:
    """The slowest of some rounds."""

    seconds: float
    queries: int
    bytes: int


def pack_of(people: int) -> Pack:
    """The pack of a training with so many people, meetings, findings and plans."""
    cohort = _training(people)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.create_superuser(f"cetak-{people}", password=None))
    address = reverse("cohort:paper_pack", args=[cohort.pk])
    waited, size = [], 0
    for _round in range(_ROUNDS):
        begun = time.perf_counter()
        response = client.get(address, {"size": "f4"})
        waited.append(time.perf_counter() - begun)
        size = len(response.content)
        if not response.content.startswith(b"%PDF"):
            raise RuntimeError(f"The pack answered {response.status_code}.")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return Pack(max(waited), len(captured), size)


def _training(people: int) -> Cohort:
    course = CoursePage.objects.get(locale__language_code="id", slug="perencanaan-desa")
    # Names of its own: the trainings of the other parts were made by another process.
    organisation = OrganisationFactory(name=f"Cetak {people}")
    cohort = CohortFactory(code=f"CETAK-{people}", course=course, organisation=organisation)
    Letterhead.objects.create(organisation=cohort.organisation, lines="KABUPATEN BELU\nDESA LOONUNA")
    for number in range(_MEETINGS):
        MeetingFactory(cohort=cohort, held_on=cohort.starts_on + datetime.timedelta(number))
    findings = [FindingFactory(cohort=cohort, text=_TEXT) for _ in range(_FINDINGS)]
    for number in range(people):
        enrolment = EnrolmentFactory(cohort=cohort, participant__code=new_code())
        for place in range(_ACTIONS):
            make_action(enrolment, title=_TEXT, finding=findings[(number + place) % _FINDINGS])
    return cohort
