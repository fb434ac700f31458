"""The findings board of participants: what they see, post, support, and what they never see."""

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from lms.cohorts.models import Enrolment, Finding, FindingSupport
from tests.factories import EnrolmentFactory, FindingFactory
from tests.helpers import sign_in_as
from tests.lms.cohorts.test_findings import dump

pytestmark = pytest.mark.django_db
TEXT = "Jadwal posyandu tidak diumumkan 8812"


@pytest.fixture
def enrolment() -> Enrolment:
    return EnrolmentFactory(participant__full_name="Yustina Bete", participant__dusun="Piebulak")


@pytest.fixture
def participant(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client


def posted(**fields: Any) -> dict[str, Any]:
    """What a browser posts for a new finding."""
    return {"id": str(uuid.uuid4()), "text": TEXT, "topic": "layanan", "dusun": "Pauk", "group": "", **fields}


def page(client: Client, address: str = "/temuan/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_a_participant_posts_and_everybody_of_the_training_sees_it_without_the_name(
    participant: Client, enrolment: Enrolment
) -> None:
    form = page(participant, "/temuan/baru/")
    assert form.find(attrs={"name": "dusun"})["value"] == "Piebulak"
    assert participant.post("/temuan/baru/", posted(group="Meja 2")).status_code == 302
    assert Finding.objects.get().author == enrolment
    neighbour = Client()
    sign_in_as(neighbour, EnrolmentFactory(cohort=enrolment.cohort).participant)
    seen = neighbour.get("/temuan/").content.decode()
    for words in (TEXT, "Pauk", "Meja 2", "TM1"):
        assert words in seen
    assert "Yustina" not in seen
    assert enrolment.participant.code not in seen


def test_a_form_sent_twice_posts_once(participant: Client) -> None:
    data = posted()
    assert [participant.post("/temuan/baru/", data).status_code for _time in range(2)] == [302, 302]
    assert Finding.objects.count() == 1


def test_without_a_name_the_browser_leaves_no_trace_either(participant: Client, enrolment: Enrolment) -> None:
    participant.get("/temuan/baru/")
    before = dump()
    assert participant.post("/temuan/baru/", posted(without_name="on")).status_code == 302
    after = dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - {"sqlite_sequence", "django_session"} == {"cohorts_finding"}
    finding = Finding.objects.get()
    assert finding.author is None
    for session in Session.objects.all():
        told = str(session.get_decoded())
        assert str(finding.pk) not in told
        assert TEXT not in told
    assert "milik Anda" not in page(participant).get_text()
    assert participant.get(f"/temuan/{finding.pk}/").status_code == 404


def test_the_form_says_what_posting_without_a_name_means(participant: Client) -> None:
    words = BeautifulSoup(participant.get("/en/temuan/baru/").content, "html.parser").get_text()
    assert "Then nothing is stored that leads to you" in words


@pytest.mark.parametrize(
    ("field", "value"), [("text", "   "), ("topic", "langit"), ("text", "x" * 1001), ("id", "bukan")]
)
def test_bad_input_is_told_and_what_was_typed_stays(participant: Client, field: str, value: str) -> None:
    answer = participant.post("/temuan/baru/", posted(group="Meja 7", **{field: value}))
    assert answer.status_code == 400
    content = answer.content.decode()
    assert 'value="Meja 7"' in content
    assert "bb-errors" in content
    assert not Finding.objects.exists()


def test_words_are_kept_without_signs_that_nobody_sees(participant: Client) -> None:
    participant.post("/temuan/baru/", posted(text="Satu\u202e dua\r\n\r\ntiga", dusun=" Pauk\t "))
    finding = Finding.objects.get()
    assert (finding.text, finding.dusun) == ("Satu dua\ntiga", "Pauk")


def test_also_in_my_dusun_is_said_once_and_taken_back(participant: Client, enrolment: Enrolment) -> None:
    finding = FindingFactory(cohort=enrolment.cohort)
    address = f"/temuan/{finding.pk}/dusun-saya/"
    for happens, count in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        answer = participant.post(address, {"happens": happens})
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"#temuan-{finding.pk}")
        assert FindingSupport.objects.count() == count
    assert page(participant).find(id=f"temuan-{finding.pk}").find(attrs={"name": "happens"})["value"] == "1"


def test_the_board_of_another_training_is_not_there(participant: Client) -> None:
    theirs = FindingFactory(text="Temuan desa lain")
    assert "Temuan desa lain" not in participant.get("/temuan/").content.decode()
    assert participant.get(f"/temuan/{theirs.pk}/").status_code == 404
    assert participant.post(f"/temuan/{theirs.pk}/dusun-saya/", {"happens": "1"}).status_code == 404
    assert not FindingSupport.objects.exists()


def test_an_author_changes_the_own_words_and_nobody_elses(participant: Client, enrolment: Enrolment) -> None:
    own = FindingFactory(cohort=enrolment.cohort, author=enrolment)
    theirs = FindingFactory(cohort=enrolment.cohort, author=EnrolmentFactory(cohort=enrolment.cohort))
    assert participant.get(f"/temuan/{theirs.pk}/").status_code == 404
    assert participant.post(f"/temuan/{own.pk}/", posted()).status_code == 302
    own.refresh_from_db()
    assert own.text == TEXT
    FindingSupport.objects.create(finding=own, enrolment=theirs.author)
    answer = participant.post(f"/temuan/{own.pk}/", posted(text="Kata lain"))
    assert answer.status_code == 409
    assert "Kata lain" in answer.content.decode()
    own.refresh_from_db()
    assert own.text == TEXT


def test_a_merged_finding_is_folded_under_the_one_that_stays(
    participant: Client, enrolment: Enrolment
) -> None:
    stays = FindingFactory(cohort=enrolment.cohort, text="Belum ada daftar")
    same = FindingFactory(cohort=enrolment.cohort, text="Daftar belum ada", merged_into=stays)
    soup = page(participant)
    assert soup.find(id=f"temuan-{same.pk}") is None
    assert "Daftar belum ada" in soup.find(id=f"temuan-{stays.pk}").find("details").get_text()


def test_the_own_page_leads_to_the_board(participant: Client, enrolment: Enrolment) -> None:
    FindingFactory(cohort=enrolment.cohort)
    assert page(participant, "/beranda/").find("a", href="/temuan/") is not None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    participant: Client, enrolment: Enrolment, number: int, query_count: Any
) -> None:
    for _each in range(number):
        lesson = enrolment.cohort.course.get_descendants().last().specific
        finding = FindingFactory(
            cohort=enrolment.cohort, author=EnrolmentFactory(cohort=enrolment.cohort), lesson=lesson
        )
        FindingSupport.objects.create(finding=finding, enrolment=enrolment)
    participant.get("/temuan/")
    with query_count(8):
        content = participant.get("/temuan/").content.decode()
    assert content.count(lesson.url) == number
