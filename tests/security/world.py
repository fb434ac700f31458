"""Two organisations with one training each, and everybody who may knock at a door."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client

from assessments.models import LegalBasis
from home.models import NewsPicture
from lms.certificates.domain import issue_certificate
from lms.certificates.models import Certificate
from lms.certificates.queries import pdf_folder
from lms.cohorts.models import (
    Cohort,
    Enrolment,
    ExperienceNote,
    Finding,
    Letterhead,
    Meeting,
    Programme,
    SignedSheet,
)
from lms.followup.domain import save_action
from lms.followup.models import Action, Pledge, PledgeSheet
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.models import Attempt, AttemptItem, Completion, Regrade, ResponseFile
from lms.people.domain import compare_people, merge_people
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import MergeRecord
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExperienceNoteFactory,
    FacilitatorFactory,
    FindingFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipantFactory,
    make_staff,
)
from tests.helpers import sign_in_as
from tests.lms.learning.marked import make_marked_assessment, open_item, written
from tests.lms.learning.rules import make_basis
from tests.security.papers import Papers, make_papers

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
# A trainer of another training of the same organisation. Not a column: it follows from that of the trainer.
OTHER_TRAINER = "other trainer"


@dataclass(frozen=True)
class World:
    """What the routes are asked about; all of it belongs to the first organisation."""

    cohort: Cohort
    enrolment: Enrolment
    attempt: Attempt
    meeting: Meeting
    action: Action
    certificate: Certificate
    to_mark: AttemptItem
    file: ResponseFile
    regrade: Regrade
    colleague: Any
    elsewhere: Enrolment
    finding: Finding
    note: ExperienceNote
    picture: NewsPicture
    sheet: SignedSheet
    pledge_sheet: PledgeSheet
    programme: Programme
    # Of the same organisation, in a training of its own.
    next_door: Enrolment
    letterhead: Letterhead
    papers: Papers
    merge: MergeRecord
    rule: LegalBasis


def make_world() -> World:
    """A participant in the middle of the pre-test with a draft of a plan and, all the same, a certificate."""
    cohort = CohortFactory(code="A-1", organisation=OrganisationFactory(name="Dinas Satu"))
    enrolment = EnrolmentFactory(cohort=cohort)
    finding = FindingFactory(cohort=cohort, author=enrolment, photo=ContentFile(b"foto", "kartu.jpg"))
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
    marked = CohortFactory(code="A-2", organisation=cohort.organisation, assessment=make_marked_assessment())
    to_mark = open_item(written(EnrolmentFactory(cohort=marked)))
    meeting = MeetingFactory(cohort=cohort)
    colleague = make_staff("rekan", organisation=cohort.organisation)
    return World(
        cohort=cohort,
        enrolment=enrolment,
        attempt=attempt,
        meeting=meeting,
        action=action,
        certificate=certificate,
        to_mark=to_mark,
        file=_file_of(to_mark),
        regrade=Regrade.objects.create(
            question=to_mark.question,
            corrected=to_mark.question,
            reason="Kunci salah",
            actor=make_staff("penilai", organisation=cohort.organisation),
        ),
        colleague=colleague,
        elsewhere=EnrolmentFactory(cohort__code="B-1", cohort__organisation__name="Dinas Dua"),
        finding=finding,
        note=ExperienceNoteFactory(cohort=cohort, author=enrolment),
        picture=_picture_of(cohort),
        sheet=_sheet_of(meeting),
        pledge_sheet=_pledge_sheet_of(enrolment),
        programme=Programme.objects.create(organisation=cohort.organisation, title="Program Satu"),
        next_door=EnrolmentFactory(
            cohort=CohortFactory(code="A-3", organisation=cohort.organisation),
            participant__full_name="Warga Sebelah",
        ),
        letterhead=Letterhead.objects.create(organisation=cohort.organisation, lines="DESA LOONUNA"),
        papers=make_papers(cohort, colleague),
        merge=_merged(cohort),
        rule=make_basis(),
    )


def _merged(cohort: Cohort) -> MergeRecord:
    """Two records of one person of the first organisation that have become one."""
    kept, merged = ParticipantFactory.create_batch(2, organisation=cohort.organisation)
    actor = make_staff("penggabung", organisation=cohort.organisation)
    state = compare_people(kept=kept, merged=merged).state
    return merge_people(
        kept=kept, merged=merged, take=(), take_card=False, reason="Dua kartu", actor=actor, state=state
    )


def _sheet_of(meeting: Meeting) -> SignedSheet:
    sheet = SignedSheet(meeting=meeting, content_type="image/jpeg", size=4)
    sheet.file.save("lembar.jpg", ContentFile(b"foto"), save=False)
    sheet.save()
    return sheet


def _pledge_sheet_of(enrolment: Enrolment) -> PledgeSheet:
    sheet = PledgeSheet(cohort=enrolment.cohort)
    sheet.photo.save("foto.jpg", ContentFile(b"foto"), save=False)
    sheet.save()
    Pledge.objects.create(
        enrolment=enrolment,
        promises=["Saya ikut musyawarah dusun."],
        signed_on=enrolment.cohort.starts_on,
        means="tanda",
        witness_name="Ketua BPD",
        sheet=sheet,
    )
    return sheet


def _picture_of(cohort: Cohort) -> NewsPicture:
    """A picture that not everybody in it has agreed to; its files are somewhere else."""
    sizes = dict.fromkeys(("small_width", "small_height", "small_bytes"), 1)
    sizes |= dict.fromkeys(("large_width", "large_height", "large_bytes"), 1)
    files = {"small": "news/tidak-ada.jpg", "large": "news/tidak-ada.jpg"}
    return NewsPicture.objects.create(cohort=cohort, alt="Orang duduk", **files, **sizes)


def _file_of(item: AttemptItem) -> ResponseFile:
    record = ResponseFile(attempt_id=item.attempt_id, item=item, content_type="image/jpeg", size=4)
    record.file.save("foto.jpg", ContentFile(b"foto"), save=False)
    record.save()
    return record


def client_of(role: str, world: World) -> Client:
    """A browser in which this role has signed in."""
    client = Client(raise_request_exception=False)
    participants = {"own participant": world.enrolment, "other participant": world.elsewhere}
    if role in participants:
        sign_in_as(client, participants[role].participant)
    elif role != "anonymous":
        client.force_login(_staff(role, world))
    return client


def _assignments(role: str, world: World) -> list[Cohort]:
    """Those of the first organisation are assigned to what the routes are about; the other trainer is not."""
    if role == OTHER_TRAINER:
        return [world.next_door.cohort]
    if role in ("trainer", "staff without permissions"):
        return [world.cohort, world.to_mark.attempt.enrolment.cohort]
    return []


def _staff(role: str, world: World) -> Any:
    set_up_roles()
    own, other = world.cohort.organisation, world.elsewhere.cohort.organisation
    if role == "superuser":
        return make_staff(role, is_superuser=True)
    user = make_staff(role, organisation=other if role == "other organiser" else own, sees_all=False)
    for cohort in _assignments(role, world):
        FacilitatorFactory(cohort=cohort, user=user)
    groups = {
        "own organiser": ORGANISER,
        "other organiser": ORGANISER,
        "trainer": TRAINER,
        OTHER_TRAINER: TRAINER,
    }
    if role in groups:
        user.groups.add(Group.objects.get(name=groups[role]))
    return user
