"""The page on which organisers evaluate a file: nothing of it is kept, and nobody else comes in."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.evaluation.forms import signed_report
from lms.evaluation.reports.sheets import published
from lms.evaluation.views.sheets import EVALUATE_ACTION
from tests.factories import OrganisationFactory, make_staff
from tests.lms.evaluation.imports.files import csv_of, workbook_of
from tests.lms.evaluation.reports.sheets.makers import people, totals

pytestmark = pytest.mark.django_db

INDEX, DOWNLOAD = "/admin/evaluate-file/", "/admin/evaluate-file/download/"
PEOPLE = [f"rahasia{n};{n};{n + 1 + n % 3}" for n in range(9)]
SCORES = csv_of("kode;tes awal;tes akhir", *PEOPLE, "rahasia9;sakit;3")


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def staff(*actions: str, name: str = "panitia") -> Any:
    user = make_staff(name, organisation=OrganisationFactory(name="Balai Rakyat Loonuna"))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_cohort", content_type__app_label="cohorts")
        user.user_permissions.add(permission)
    return user


@pytest.fixture
def organiser(client: Client) -> Client:
    client.force_login(staff("view", "change"))
    return client


def send(client: Client, content: bytes = SCORES, **told: Any) -> str:
    upload = SimpleUploadedFile("nilai.csv", content)
    response = client.post(INDEX, {"file": upload, **told})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return str(response.content.decode())


def token_of(page: str) -> str:
    found = re.search(r'name="report" value="([^"]+)"', page)
    assert found
    return found[1]


def test_an_organiser_sends_a_file_and_reads_its_report(organiser: Client) -> None:
    page = send(organiser, max_points="20", title="Pelatihan 2025")
    assert "Of 10 participants, 9 took the pre-test and the post-test." in page
    assert "Pelatihan 2025" in page
    assert "not proof of cause" in page


def test_the_page_says_that_nothing_is_kept_and_keeps_nothing(
    organiser: Client, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = settings.LMS_PRIVATE_ROOT = str(tmp_path)
    assert "Nothing of the file is kept." in organiser.get(INDEX).content.decode()
    page = send(organiser)
    assert list(tmp_path.rglob("*")) == []
    assert "rahasia" not in page
    assert "rahasia" not in json.dumps(dict(organiser.session))


def test_a_doubtful_cell_is_shown_to_who_sent_it_and_is_in_no_download(organiser: Client) -> None:
    page = send(organiser)
    assert "“sakit”" in page
    for kind in ("csv", "json"):
        answer = organiser.post(DOWNLOAD, {"report": token_of(page), "format": kind})
        assert "sakit" not in answer.content.decode()


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("json", b"{"), ("csv", b"\xef\xbb\xbfpart;")])
def test_the_report_is_downloaded_without_sending_the_file_again(
    organiser: Client, kind: str, start: bytes
) -> None:
    token = token_of(send(organiser))
    answer = organiser.post(DOWNLOAD, {"report": token, "format": kind})
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert "no-store" in answer["Cache-Control"]


def test_a_report_that_this_server_did_not_sign_is_printed_for_nobody(organiser: Client) -> None:
    token = token_of(send(organiser))
    for forged in ("", "x", token[:-2] + "xx", token.replace(":", "", 1)):
        answer = organiser.post(DOWNLOAD, {"report": forged, "format": "pdf"}, follow=True)
        assert answer.redirect_chain == [(INDEX, 302)]


def test_a_report_of_somebody_else_is_not_printed(organiser: Client) -> None:
    token = signed_report(published(totals(*people(6))), title="", owner="another")
    answer = organiser.post(DOWNLOAD, {"report": token, "format": "json"}, follow=True)
    assert "This report is not open any more." in answer.content.decode()


def test_the_log_tells_who_evaluated_and_nothing_of_the_people(organiser: Client) -> None:
    from wagtail.models import ModelLogEntry

    send(organiser)
    entry = ModelLogEntry.objects.get(action=EVALUATE_ACTION)
    assert entry.data | {"version": ""} == {"format": "page", "shape": "totals", "people": 10, "version": ""}
    assert entry.user.username == "panitia"
    assert "rahasia" not in str(entry.data)
    assert "nilai.csv" not in str(entry.data)


@pytest.mark.parametrize(
    ("content", "told", "said"),
    [
        (b"", {}, "The submitted file is empty."),
        (b"%PDF-1.4", {}, "This is not a list that we can read."),
        (b"id,pre,post\n", {}, "There is nobody in this file"),
        (SCORES, {"group": "dusun"}, "There is no column “dusun”."),
        (SCORES, {"max_points": "-3"}, "greater than or equal"),
        (csv_of("id,q1,q2", "a,A,C"), {}, "Give the key too"),
    ],
)
def test_a_file_that_cannot_be_used_leads_back_with_a_sentence(
    organiser: Client, content: bytes, told: dict[str, str], said: str
) -> None:
    page = send(organiser, content, **told)
    assert said in page
    assert 'name="file"' in page


def test_a_file_that_is_too_large_is_refused(organiser: Client) -> None:
    assert "This file is larger than 5 MB." in send(organiser, b"x" * (5 * 1024 * 1024 + 1))


def test_a_workbook_and_a_key_are_read_too(organiser: Client) -> None:
    page = send(organiser, workbook_of(["id", "pre", "post"], *([f"p{n}", n, n + 1] for n in range(6))))
    assert "Of 6 participants, 6 took" in page
    lines = [f"p{n},{'AB'[n % 2]},C" for n in range(8)]
    key = SimpleUploadedFile("kunci.csv", csv_of("item,key", "q1,A", "q2,C"))
    assert "8 of 8 participants took this test." in send(organiser, csv_of("id,q1,q2", *lines), key=key)


def test_trainers_look_at_results_but_evaluate_no_files(client: Client) -> None:
    client.force_login(staff("view", name="pelatih"))
    assert INDEX not in client.get(reverse("evaluation:index")).content.decode()
    for address in (INDEX, DOWNLOAD):
        answer = client.post(address, {"file": SimpleUploadedFile("nilai.csv", SCORES)})
        assert answer.status_code == 302
        assert answer["Location"] == "/admin/"


def test_the_menu_leads_there(organiser: Client) -> None:
    assert INDEX in organiser.get(reverse("evaluation:index")).content.decode()
