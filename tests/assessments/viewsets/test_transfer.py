"""Upload, report, confirm: nothing is written before the confirmation, and only by who may."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Question
from assessments.storage import private_files
from tests.factories import make_likert, make_single, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "questions"
INDEX = "questions_transfer:index"


def staff(*permissions: str) -> Client:
    user = make_staff(username=f"u{len(permissions)}")
    grant(user, "wagtailadmin.access_admin", *(f"assessments.{name}" for name in permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainer() -> Client:
    return staff("add_singlechoicequestion", "publish_singlechoicequestion", "add_truefalsequestion")


def upload(client: Client, data: bytes, bank: str = "desa") -> Any:
    file = SimpleUploadedFile("soal.xml", data)
    return client.post(reverse(INDEX), {"file": file, "bank": bank})


def waiting() -> list[str]:
    return private_files().listdir("imports")[1] if private_files().exists("imports") else []


def test_upload_report_confirm(trainer: Client) -> None:
    before = set(waiting())
    report = upload(trainer, (DATA / "moodle.xml").read_bytes())
    assert report.status_code == 302
    page = trainer.get(report["Location"])
    assert not Question.objects.exists()
    assert "Siapa yang membahas rancangan?" in page.content.decode()
    saved = trainer.post(report["Location"])
    assert saved["Location"].endswith("?bank=desa")
    kinds = {question.kind: question.live for question in Question.objects.all()}
    # May add both, may publish one.
    assert kinds == {"single": True, "true_false": False}
    assert set(waiting()) == before


def test_a_confirmed_report_is_gone(trainer: Client) -> None:
    report = upload(trainer, (DATA / "moodle.xml").read_bytes())
    trainer.post(report["Location"])
    again = trainer.post(report["Location"])
    assert again["Location"] == reverse(INDEX)
    assert Question.objects.count() == 2


def test_a_report_belongs_to_who_uploaded(trainer: Client) -> None:
    report = upload(trainer, (DATA / "moodle.xml").read_bytes())
    other = staff("add_singlechoicequestion")
    assert other.get(report["Location"])["Location"] == reverse(INDEX)
    assert other.post(report["Location"])["Location"] == reverse(INDEX)
    assert trainer.get(report["Location"] + "x/").status_code in (302, 404)
    assert not Question.objects.exists()


@pytest.mark.parametrize("data", [b"<quiz>", b"<!DOCTYPE q><quiz/>", b"prosa saja.", b"x" * 5_300_000, b" "])
def test_a_bad_file_is_explained_at_the_field(trainer: Client, data: bytes) -> None:
    page = upload(trainer, data, bank="Bank saya")
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert 'value="Bank saya"' in page.content.decode()


def test_what_a_file_says_is_shown_as_text(trainer: Client) -> None:
    hostile = b"::<script>alert(1)</script>::<b onclick=x>Apa?</b> &lt;img src=x onerror=y&gt;{=<i>a</i> ~b}"
    report = upload(trainer, hostile)
    page = trainer.get(report["Location"]).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_who_may_not_add_questions_stays_out() -> None:
    looker = staff("view_singlechoicequestion")
    for name in (INDEX, "questions_transfer:template", "questions_transfer:export"):
        assert looker.get(reverse(name)).status_code == 302
    assert upload(looker, (DATA / "moodle.xml").read_bytes()).status_code == 302


def test_the_template_downloads(trainer: Client) -> None:
    response = trainer.get(reverse("questions_transfer:template"))
    assert "attachment" in response["Content-Disposition"]
    assert "Soal" in load_workbook(io.BytesIO(response.content)).sheetnames


@pytest.mark.parametrize("format", ["xlsx", "gift", "moodle_xml"])
def test_export_holds_the_kinds_that_one_may_write(trainer: Client, format: str) -> None:
    make_single(code="S1", bank="desa")
    make_single(code="S2", bank="lain")
    make_likert()
    address = f"{reverse('questions_transfer:export')}?format={format}&bank=desa&assessment="
    page = trainer.get(address)
    assert page.context["export"].written == 1
    file = trainer.get(f"{address}&download=1")
    assert file["Content-Disposition"].startswith('attachment; filename="soal-desa.')
    assert "no-store" in file["Cache-Control"]


def test_a_format_that_does_not_exist_is_asked_again(trainer: Client) -> None:
    page = trainer.get(f"{reverse('questions_transfer:export')}?format=csv")
    assert page.status_code == 200
    assert page.context["form"].errors["format"]


def test_the_menu_offers_it(trainer: Client) -> None:
    assert reverse(INDEX) in trainer.get(reverse("questions_all:index")).content.decode()
