"""Two organisations with one training each, and everybody who may knock at a door."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from lms.certificates.domain import issue_certificate
from lms.certificates.models import Certificate
from lms.certificates.queries import pdf_folder
from lms.cohorts.models import Cohort, Enrolment, Meeting
from lms.followup.domain import save_action
from lms.followup.models import Action
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.models import Attempt, Completion
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FindingFactory,
    MeetingFactory,
    OrganisationFactory,
    make_staff,
)
from tests.helpers import sign_in_as

# In the order of the columns of routes.yaml.
ROLES = (
    "anonymous",
    "own participant",
    "other participant",
    "own organiser",
    "other organiser",
    "trainer",
    "staff without permissions",
    "superuser",
)


@dataclass(frozen=True)
class World:
    """What the routes are asked about; all of it belongs to the first organisation."""

    cohort: Cohort
    enrolment: Enrolment
    attempt: Attempt
    meeting: Meeting
    action: Action
    certificate: Certificate
    colleague: Any
    elsewhere: Enrolment


def make_world() -> World:
    """A participant in the middle of the pre-test with a draft of a plan and, all the same, a certificate."""
    cohort = CohortFactory(code="A-1", organisation=OrganisationFactory(name="Dinas Satu"))
    FindingFactory(cohort=cohort)
    enrolment = EnrolmentFactory(cohort=cohort)
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    open_sitting(attempt=attempt)
    fields = {
        "title": "Musyawarah dusun",
        "phase": "pra_musdes",
        "deadline": cohort.ends_on,
        "person_in_charge": "Kepala Dusun",
        "indicator": "1 Berita Acara",
        "evidence_expected": "Berita Acara",
    }
    action = save_action(enrolment=enrolment, action_id=uuid.uuid4(), fields=fields)
    Completion.objects.create(enrolment=enrolment)
    certificate = issue_certificate(enrolment=enrolment)
    certificate.pdf_name = f"{certificate.pk}.pdf"
    certificate.save(update_fields=["pdf_name"])
    pdf_folder().mkdir(parents=True, exist_ok=True)
    (pdf_folder() / certificate.pdf_name).write_bytes(b"%PDF-1.7 contoh")
    return World(
        cohort=cohort,
        enrolment=enrolment,
        attempt=attempt,
        meeting=MeetingFactory(cohort=cohort),
        action=action,
        certificate=certificate,
        colleague=make_staff("rekan", organisation=cohort.organisation),
        elsewhere=EnrolmentFactory(cohort__code="B-1", cohort__organisation__name="Dinas Dua"),
    )


def client_of(role: str, world: World) -> Client:
    """A browser in which this role has signed in."""
    client = Client(raise_request_exception=False)
    participants = {"own participant": world.enrolment, "other participant": world.elsewhere}
    if role in participants:
        sign_in_as(client, participants[role].participant)
    elif role != "anonymous":
        client.force_login(_staff(role, world))
    return client


def _staff(role: str, world: World) -> Any:
    set_up_roles()
    own, other = world.cohort.organisation, world.elsewhere.cohort.organisation
    if role == "superuser":
        return make_staff(role, is_superuser=True)
    user = make_staff(role, organisation=other if role == "other organiser" else own)
    groups = {"own organiser": ORGANISER, "other organiser": ORGANISER, "trainer": TRAINER}
    if role in groups:
        user.groups.add(Group.objects.get(name=groups[role]))
    return user
