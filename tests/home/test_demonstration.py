"""The demonstration: simulated people at every stage, made once, never mixed up with real ones."""

import datetime
import json
import stat
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client, override_settings

from home.demonstration import signins
from home.demonstration.roster import LOONUNA
from home.demonstration.site import load_demonstration
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.evaluation.reports import evaluate_cohort
from lms.followup.models import Action
from lms.learning.models import AnswerEvent, Attempt
from lms.people.domain import sign_in
from lms.people.management.roles import set_up_roles
from lms.people.models import Participant
from tests.factories import make_assessment, make_course
from tests.helpers import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demonstration, loaded once for all tests of this module; each test undoes what it does."""
    with (
        override_settings(VAR_DIR=tmp_path_factory.mktemp("var")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        make_course("perencanaan-desa", modules=3, lessons=4)
        make_assessment(code="tes-pendek")
        set_up_roles()
        assert load_demonstration() is True
        yield
        transaction.set_rollback(True)


def sign_ins() -> dict[str, list[dict[str, str]]]:
    return json.loads(signins.file().read_text())


def test_loonunas_event_has_its_people_findings_and_actions() -> None:
    cohort = Cohort.objects.get(code="LNN-2018")
    assert cohort.enrolments.count() == 24
    assert cohort.findings.count() == 5
    answered = Action.objects.filter(plan__enrolment__cohort=cohort).values("finding__code").distinct()
    assert {row["finding__code"] for row in answered} == {"TM1", "TM2", "TM3", "TM4", "TM5", None}


def test_people_are_named_by_role_and_number_only() -> None:
    names = {person.name for person in LOONUNA}
    assert len(names) == 24
    roles = {name.rstrip("0123456789 ") for name in names}
    assert roles == {"Sekretaris Desa", "Perangkat", "Ketua BPD", "Anggota BPD", "Bendahara", "Warga"}


def test_its_result_says_that_it_is_simulated() -> None:
    result = evaluate_cohort(Cohort.objects.get(code="LNN-2018"))
    assert result.simulated
    assert (result.registered, result.matched_n) == (24, 22)


def test_every_record_of_a_person_is_marked_as_simulated() -> None:
    assert not Participant.objects.filter(is_simulated=False).exists()
    assert not Cohort.objects.filter(is_simulated=False).exists()


def test_the_second_cohort_has_people_at_every_stage() -> None:
    people = Enrolment.objects.filter(cohort__code="PERAGAAN")
    assert people.filter(attempts=None).count() == 2
    running = Attempt.objects.filter(enrolment__in=people, submitted_at=None)
    assert sorted(running.values_list("occasion", flat=True)) == ["post", "post", "pre", "pre"]
    assert people.filter(plan__status="draf").count() == 2


def test_handing_in_the_plan_graduates_who_was_about_to(client: Client) -> None:
    entry = next(e for e in sign_ins()["participants"] if e["state"] == "tinggal mengumpulkan rencana")
    participant = Participant.objects.get(code=entry["code"])
    sign_in_as(client, participant)
    assert client.post("/rencana/kumpulkan/").status_code == 302
    assert participant.enrolments.get().certificates.filter(status="valid").exists()


def test_the_printed_sign_ins_work() -> None:
    for entry in sign_ins()["participants"]:
        person = sign_in(code=entry["code"], pin=entry["pin"], device="test")
        assert person.full_name == entry["name"]
    for entry in sign_ins()["staff"]:
        assert authenticate(None, username=entry["username"], password=entry["password"])


def test_the_sign_ins_are_readable_by_their_owner_only() -> None:
    assert stat.S_IMODE(signins.file().stat().st_mode) == 0o600


def test_a_second_run_changes_nothing_that_people_edited() -> None:
    Cohort.objects.filter(code="LNN-2018").update(title="Judul dari panitia")
    before = (sign_ins(), Participant.objects.count(), AnswerEvent.objects.count())
    assert load_demonstration() is False
    assert (sign_ins(), Participant.objects.count(), AnswerEvent.objects.count()) == before
    assert Cohort.objects.get(code="LNN-2018").title == "Judul dari panitia"


def test_a_lost_file_of_sign_ins_is_made_anew() -> None:
    kept = signins.file().read_text()
    signins.file().unlink()
    load_demonstration()
    entry = sign_ins()["participants"][0]
    assert sign_in(code=entry["code"], pin=entry["pin"], device="test").full_name == entry["name"]
    signins.file().write_text(kept)


def test_a_participants_page_says_that_the_data_are_simulated(client: Client) -> None:
    sign_in_as(client, Participant.objects.get(code=sign_ins()["participants"][0]["code"]))
    page = client.get("/beranda/").content.decode()
    assert "bb-simulated" in page


def test_certificates_of_loonuna_carry_the_date_of_its_day() -> None:
    certificates = Certificate.objects.filter(enrolment__cohort__code="LNN-2018")
    assert certificates.count() > 0
    assert {(c.issued_on, c.number.split("/", 1)[1]) for c in certificates} == {
        (datetime.date(2018, 6, 11), "LNN-2018/DS-LNN/VI/2018")
    }
