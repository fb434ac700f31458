"""Files of answers and media of questions: what is taken in, and who gets them."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.models import Question, QuestionMedia
from lms.cohorts.models import Enrolment
from lms.learning.domain import attach_file, save_answer, start_attempt, submit_attempt
from lms.learning.models import AttemptItem, ResponseFile
from lms.learning.queries import current_answers
from tests.factories import EnrolmentFactory, OrganisationFactory, make_staff
from tests.helpers import grant, sign_in_as
from tests.lms.learning.answers import posted
from tests.lms.learning.training import make_practice

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path / "private")


@pytest.fixture
def item(enrolment: Enrolment) -> AttemptItem:
    """The task of an open practice in its first sitting."""
    practice = make_practice(enrolment.cohort, "task", "single")
    attempt = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    attempt.sittings = 1
    attempt.save()
    return attempt.items.get(kind="task")


def photo(kind: str = "JPEG", size: tuple[int, int] = (3000, 1500), **options: Any) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, "green").save(content, kind, **options)
    return SimpleUploadedFile("../../Musyawarah dusun.jpg", content.getvalue())


def opened(file: ResponseFile) -> Image.Image:
    with file.file.open("rb") as stored:
        return Image.open(io.BytesIO(stored.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_smaller_and_without_what_the_camera_wrote(
    item: AttemptItem, kind: str
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "KAMERA RAHASIA"
    exif.get_ifd(0x8825)[1] = "S"
    kept = attach_file(item=item, upload=photo(kind, exif=exif.tobytes()))
    picture = opened(kept)
    assert (picture.size, picture.format, len(picture.getexif())) == ((2048, 1024), "JPEG", 0)
    with kept.file.open("rb") as stored:
        assert b"RAHASIA" not in stored.read()
    assert (kept.original_name, kept.content_type) == ("Musyawarah dusun.jpg", "image/jpeg")
    assert "Musyawarah" not in kept.file.name


def test_a_photo_that_was_taken_upright_stands_upright(item: AttemptItem) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(attach_file(item=item, upload=photo(size=(400, 200), exif=exif.tobytes()))).size == (
        200,
        400,
    )


def test_a_pdf_is_kept_as_it_is(item: AttemptItem) -> None:
    kept = attach_file(item=item, upload=SimpleUploadedFile("Berita Acara.pdf", PDF))
    with kept.file.open("rb") as stored:
        assert stored.read() == PDF
    assert kept.content_type == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1000,
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\x00" * 50,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"PK\x03\x04" + b"\x00" * 50,
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_whatever_it_is_called(
    item: AttemptItem, content: bytes
) -> None:
    with pytest.raises(ValidationError) as refusal:
        attach_file(item=item, upload=SimpleUploadedFile("foto.jpg", content, content_type="image/jpeg"))
    assert refusal.value.code == "file"
    assert not ResponseFile.objects.exists()


def test_a_flood_of_pixels_is_refused_before_it_is_unfolded(item: AttemptItem) -> None:
    content = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(content, "PNG")
    with pytest.raises(ValidationError) as refusal:
        attach_file(item=item, upload=SimpleUploadedFile("besar.png", content.getvalue()))
    assert refusal.value.code == "file"


def test_a_file_over_ten_megabytes_is_refused(item: AttemptItem) -> None:
    with pytest.raises(ValidationError) as refusal:
        attach_file(item=item, upload=SimpleUploadedFile("x.pdf", PDF + b" " * 10 * 1024 * 1024))
    assert "10 MB" in refusal.value.messages[0] or refusal.value.code == "file"


def test_after_handing_in_no_file_is_taken(item: AttemptItem) -> None:
    submit_attempt(attempt=item.attempt)
    with pytest.raises(ValidationError) as refusal:
        attach_file(item=item, upload=photo())
    assert refusal.value.code == "closed"


def test_an_answer_names_only_files_of_its_own_question(item: AttemptItem) -> None:
    other = ResponseFile.objects.create(
        attempt=item.attempt, file="responses/x.jpg", content_type="image/jpeg", size=1
    )
    for stranger in (other.pk, uuid.uuid4()):
        with pytest.raises(ValidationError) as refusal:
            save(item, str(stranger))
        assert refusal.value.code == "foreign_option"
    own = attach_file(item=item, upload=photo())
    save(item, str(own.pk))
    assert current_answers(item.attempt)[item.pk] == {"files": [str(own.pk)]}


def save(item: AttemptItem, *files: str) -> None:
    save_answer(
        item=item, event_id=uuid.uuid4(), sitting=1, sequence=1, data=posted({"response": list(files)})
    )


def test_without_a_script_the_form_brings_the_file(participant: Client, item: AttemptItem) -> None:
    url = reverse("learning:question", args=[item.attempt_id, item.position])
    assert 'enctype="multipart/form-data"' in participant.get(url).content.decode()
    envelope = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1", "go": "save"}
    assert participant.post(url, {**envelope, "response": photo()}).status_code == 303
    (kept,) = ResponseFile.objects.all()
    assert current_answers(item.attempt)[item.pk] == {"files": [str(kept.pk)]}
    content = participant.get(url).content.decode()
    assert reverse("learning:file", args=[kept.pk]) in content


def test_a_refused_file_shows_the_question_again_with_the_reason(
    participant: Client, item: AttemptItem
) -> None:
    url = reverse("learning:question", args=[item.attempt_id, item.position])
    envelope = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1"}
    reply = participant.post(url, {**envelope, "response": SimpleUploadedFile("x.exe", b"MZ")})
    assert (reply.status_code, b"response-error" in reply.content) == (400, True)


def test_the_script_s_address_takes_one_file_and_says_its_name(
    participant: Client, item: AttemptItem
) -> None:
    url = reverse("learning:attach", args=[item.attempt_id, item.position])
    reply = participant.post(url, {"file": photo()})
    kept = ResponseFile.objects.get()
    assert (reply.status_code, reply.json()) == (200, {"id": str(kept.pk), "name": "Musyawarah dusun.jpg"})
    assert participant.post(url, {"file": SimpleUploadedFile("x", b"x")}).status_code == 400
    assert participant.post(url).status_code == 400


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("colleague", 404),
        ("trainer", 200),
        ("trainer of another organisation", 404),
        ("staff without permission", 404),
        ("nobody", 302),
    ],
)
def test_a_file_is_for_its_owner_and_for_staff_of_the_training(
    client: Client, item: AttemptItem, who: str, status: int
) -> None:
    cohort = item.attempt.enrolment.cohort
    kept = attach_file(item=item, upload=SimpleUploadedFile("ba.pdf", PDF))
    if who == "owner":
        sign_in_as(client, item.attempt.enrolment.participant)
    elif who == "colleague":
        sign_in_as(client, EnrolmentFactory(cohort=cohort).participant)
    elif who != "nobody":
        home = OrganisationFactory() if "another" in who else cohort.organisation
        user = make_staff(organisation=home)
        if "trainer" in who:
            grant(user, "learning.view_attempt")
        client.force_login(user)
    reply = client.get(reverse("learning:file", args=[kept.pk]))
    assert reply.status_code == status
    if status == 200:
        assert b"".join(reply.streaming_content) == PDF
        assert reply["Content-Disposition"].startswith("attachment")
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in reply["Content-Security-Policy"]
        assert "no-store" in reply["Cache-Control"]


@pytest.fixture
def picture() -> QuestionMedia:
    media = QuestionMedia(kind="image", title="Balai", content_type="image/png", alternative="Balai desa")
    media.file.save("balai.png", ContentFile(photo("PNG", (20, 20)).read()))
    return media


@pytest.mark.parametrize("place", ["stem", "option"])
def test_a_picture_of_a_question_is_for_who_is_shown_it(
    client: Client, item: AttemptItem, picture: QuestionMedia, place: str
) -> None:
    url = reverse("learning:media", args=[picture.pk])
    shown = item.attempt.items.get(kind="single").question
    sign_in_as(client, item.attempt.enrolment.participant)
    assert client.get(url).status_code == 404, "no question of the own attempts shows it yet"
    if place == "stem":
        Question.objects.filter(pk=shown.pk).update(image=picture)
    else:
        shown.choices.filter(sort_order=1).update(image=picture)
    reply = client.get(url)
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/png")
    assert b"".join(reply.streaming_content)
    sign_in_as(client, EnrolmentFactory(cohort=item.attempt.enrolment.cohort).participant)
    assert client.get(url).status_code == 404


def test_staff_see_pictures_with_the_permission_on_questions(client: Client, picture: QuestionMedia) -> None:
    url = reverse("learning:media", args=[picture.pk])
    user = make_staff()
    client.force_login(user)
    assert client.get(url).status_code == 404
    grant(user, "assessments.view_question")
    reply = client.get(url)
    assert reply.status_code == 200
    assert b"".join(reply.streaming_content)
    assert client.get(reverse("learning:media", args=[uuid.uuid4()])).status_code == 404
