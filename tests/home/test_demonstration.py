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

from courses.imports.pages import PageLoader
from home.demonstration import signins
from home.demonstration.roster import LOONUNA
from home.demonstration.site import load_demonstration
from home.models import TrainingNewsPage
from home.receivers import make_front_pages
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.evaluation.reports import evaluate_cohort
from lms.followup.models import Action, Pledge
from lms.followup.queries import pledge_counts
from lms.learning.desk.moments import moments_results
from lms.learning.desk.surveys import survey_results
from lms.learning.models import AnswerEvent, Attempt
from lms.people.domain import sign_in
from lms.people.management.roles import set_up_roles
from lms.people.models import Participant
from tests.factories import make_assessment, make_course
from tests.helpers import sign_in_as
from tests.lms.learning.training import make_single_form

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demonstration, loaded once for all tests of this module; each test undoes what it does."""
    with (
        override_settings(
            VAR_DIR=tmp_path_factory.mktemp("var"), LMS_PRIVATE_ROOT=str(tmp_path_factory.mktemp("private"))
        ),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        make_front_pages(sender=None, loader=PageLoader())
        make_course("perencanaan-desa", modules=3, lessons=4)
        make_assessment(code="tes-pendek")
        make_single_form("likert", "likert", code="survei-reaksi", purpose="survey", is_anonymous=True)
        make_single_form("likert", "likert", code="survei-sikap", purpose="survey", layout="page")
        set_up_roles()
        assert load_demonstration() is True
        yield
        transaction.set_rollback(True)


def test_the_opinions_on_loonunas_day_are_closed_and_can_be_read() -> None:
    cohort = Cohort.objects.get(code="LNN-2018")
    (result,) = survey_results(cohort)
    stayed = cohort.enrolments.filter(attempts__occasion="post").distinct().count()
    assert (result.held, result.answered) == ("", stayed)
    assert [tally.n for asked in result.questions for tally in asked.tallies] == [stayed] * len(
        result.questions
    )
    assert result.questions


def test_loonunas_commitment_was_asked_three_times_and_is_told_in_sums() -> None:
    cohort = Cohort.objects.get(code="LNN-2018")
    (result,) = moments_results(cohort)
    assert [(moment.occasion, moment.held, moment.late) for moment in result.moments] == [
        ("before", "", 0),
        ("after", "", 0),
        ("day90", "", 0),
    ]
    assert all(5 <= moment.answered <= 24 for moment in result.moments)


def test_most_people_of_loonuna_have_signed_what_they_promise() -> None:
    cohort = Cohort.objects.get(code="LNN-2018")
    assert pledge_counts(cohort) == {"registered": 24, "written": 23, "signed": 21}
    days = {pledge.recorded_at.date() for pledge in Pledge.objects.filter(signed_on__isnull=False)}
    assert days == {cohort.starts_on}


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


def test_its_news_is_public_says_that_it_is_simulated_and_tells_no_small_number(client: Client) -> None:
    page = TrainingNewsPage.objects.get(cohort__code="LNN-2018", locale__language_code="id")
    body = client.get(page.url).content.decode()
    assert "bb-simulated" in body
    assert page.figures["simulated"] is True
    assert (page.figures["matched"], page.figures["present"]) == (22, None)
    assert body.count("<img ") == 4, "the sign of the site, a picture and two in the gallery"
    assert "Kader dari Liu" in body
    assert "papan anggaran" not in body, "nobody agreed to publish this one"
