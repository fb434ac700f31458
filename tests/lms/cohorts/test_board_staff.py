"""The findings board of staff: typing cards, putting in order, photos, printing, and who may."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lms.cohorts.models import Cohort, Finding, FindingSupport
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, FindingFactory
from tests.lms.cohorts.pages import page
from tests.lms.cohorts.test_viewsets import edit
from tests.lms.followup.factories import make_action

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path / "private")


def card(**fields: Any) -> dict[str, Any]:
    """What a browser posts for a card."""
    typed = {"text": "Air bersih belum sampai", "topic": "layanan", "source": "kartu", "dusun": "Pauk"}
    return {"id": str(uuid.uuid4()), **typed, "group": "Meja 2", **fields}


def photo() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "KAMERA RAHASIA"
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "green").save(content, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile("kartu.jpg", content.getvalue())


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_a_trainer_types_cards_one_after_another(trainer: Client, cohort: Cohort) -> None:
    data = card(another="1")
    for _time in range(2):
        answer = trainer.post(page("board_add", cohort), data)
        assert answer.status_code == 302
    (finding,) = Finding.objects.all()
    assert (finding.code, finding.source, finding.author) == ("TM1", "kartu", None)
    form = BeautifulSoup(trainer.get(answer["Location"]).content, "html.parser")
    assert form.find(attrs={"name": "group"})["value"] == "Meja 2"
    assert form.find(attrs={"name": "topic"}).find("option", selected=True)["value"] == "layanan"
    assert not form.find(attrs={"name": "text"}).get_text().strip()


def test_a_bad_card_keeps_what_was_typed(trainer: Client, cohort: Cohort) -> None:
    files = {"photo": SimpleUploadedFile("kartu.jpg", b"%PDF-1.4")}
    answer = trainer.post(page("board_add", cohort), card(topic="", **files))
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.find(attrs={"name": "text"}).get_text().strip() == "Air bersih belum sampai"
    assert soup.find(attrs={"name": "dusun"})["value"] == "Pauk"
    assert not Finding.objects.exists()


def test_the_photo_is_drawn_anew_and_only_staff_of_the_training_see_it(
    trainer: Client, foreign_organiser: Client, bystander: Client, cohort: Cohort
) -> None:
    trainer.post(page("board_add", cohort), card(photo=photo()))
    finding = Finding.objects.get()
    address = page("board_photo", cohort, finding.pk)
    sent = b"".join(trainer.get(address).streaming_content)
    with Image.open(io.BytesIO(sent)) as picture:
        assert (picture.size, len(picture.getexif())) == ((2048, 1024), 0)
    assert b"RAHASIA" not in sent
    assert foreign_organiser.get(address).status_code == 404
    assert bystander.get(address).status_code == 302
    assert not finding.photo.name.endswith("kartu.jpg")


def test_staff_put_a_finding_in_order_and_the_log_keeps_what_stood_there(
    organiser: Client, cohort: Cohort
) -> None:
    finding = FindingFactory(cohort=cohort, text="Lama")
    lesson = cohort.course.get_descendants().last()
    changes = {"text": "Baru", "topic": "data", "legal_basis": "UU 6/2014 Ps 54", "lesson": lesson.pk}
    assert organiser.post(page("board_edit", cohort, finding.pk), changes).status_code == 302
    finding.refresh_from_db()
    assert (finding.text, finding.legal_basis, finding.lesson_id) == ("Baru", "UU 6/2014 Ps 54", lesson.pk)
    entry = RecordLogEntry.objects.get(action="cohorts.finding_changed")
    assert entry.user == organiser.user
    assert entry.data["before"]["text"] == "Lama"


def test_a_lesson_of_another_course_is_refused(organiser: Client, cohort: Cohort) -> None:
    finding = FindingFactory(cohort=cohort, text="Lama")
    theirs = CohortFactory().course.get_descendants().last()
    changes = {"text": "Baru", "topic": "data", "lesson": theirs.pk}
    assert organiser.post(page("board_edit", cohort, finding.pk), changes).status_code == 200
    finding.refresh_from_db()
    assert finding.text == "Lama"


def test_merging_splitting_closing_and_reopening_from_the_board(trainer: Client, cohort: Cohort) -> None:
    stays, same = (FindingFactory(cohort=cohort) for _number in range(2))
    assert trainer.post(page("board_merge", cohort, same.pk), {}).status_code == 200
    assert trainer.post(page("board_merge", cohort, same.pk), {"target": stays.pk}).status_code == 302
    same.refresh_from_db()
    assert same.merged_into == stays
    for do, on, check in (
        ("split", same, lambda: same.merged_into_id is None),
        ("close", stays, lambda: stays.closed_by == trainer.user),
        ("reopen", stays, lambda: stays.closed_at is None),
    ):
        assert trainer.post(page("board_state", cohort, on.pk), {"do": do}).status_code == 302
        on.refresh_from_db()
        assert check()


def test_the_board_names_authors_to_staff_and_to_nobody_on_paper(trainer: Client, cohort: Cohort) -> None:
    author = EnrolmentFactory(cohort=cohort, participant__full_name="Yustina Bete")
    FindingFactory(cohort=cohort, author=author, source="aplikasi")
    assert "Yustina Bete" in words(trainer.get(page("board", cohort)))
    printed = trainer.get(page("board_print", cohort))
    assert printed.status_code == 200
    assert "Yustina" not in printed.content.decode()


@pytest.mark.parametrize("name", ["board", "board_print"])
def test_another_organisation_finds_no_board(foreign_organiser: Client, cohort: Cohort, name: str) -> None:
    assert foreign_organiser.get(page(name, cohort)).status_code == 404


def test_a_finding_of_another_training_is_not_found_below_this_one(organiser: Client, cohort: Cohort) -> None:
    theirs = FindingFactory()
    for name in ("board_edit", "board_merge", "board_photo"):
        assert organiser.get(page(name, cohort, theirs.pk)).status_code == 404
    assert organiser.post(page("board_state", cohort, theirs.pk), {"do": "close"}).status_code == 404
    own = FindingFactory(cohort=cohort)
    answer = organiser.post(page("board_merge", cohort, own.pk), {"target": theirs.pk})
    assert answer.status_code == 200
    assert not Finding.objects.filter(merged_into__isnull=False).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_the_same_number_of_queries(
    trainer: Client, cohort: Cohort, number: int, query_count: Any
) -> None:
    for _each in range(number):
        author = EnrolmentFactory(cohort=cohort)
        finding = FindingFactory(
            cohort=cohort,
            author=author,
            closed_by=trainer.user,  # type: ignore[attr-defined]
            lesson=cohort.course.get_descendants().last().specific,
        )
        FindingSupport.objects.create(finding=finding, enrolment=EnrolmentFactory(cohort=cohort))
        make_action(author, finding=finding)
    trainer.get(page("board", cohort))
    with query_count(17):
        trainer.get(page("board", cohort))


def test_in_the_form_of_the_training_rows_without_a_code_get_the_next_one(
    organiser: Client, cohort: Cohort
) -> None:
    old = FindingFactory(cohort=cohort, code="TM4", topic="data", group="Meja 1")
    rows = [{"id": old.pk, "code": "", "text": "Lama"}, {"text": "Satu"}, {"text": "Dua"}]
    changes = {"findings-TOTAL_FORMS": 3, "findings-INITIAL_FORMS": 1}
    for index, row in enumerate(rows):
        changes |= {f"findings-{index}-{name}": value for name, value in {"code": "", **row}.items()}
        changes[f"findings-{index}-DELETE"] = ""
    assert edit(organiser, cohort, **changes).status_code == 302
    kept = {finding.text: finding for finding in Finding.objects.filter(cohort=cohort)}
    assert {text: finding.code for text, finding in kept.items()} == {
        "Lama": "TM4",
        "Satu": "TM5",
        "Dua": "TM6",
    }
    assert (kept["Lama"].topic, kept["Lama"].group) == ("data", "Meja 1")
