"""Pictures and recordings: what is stored, who gets them, what may be deleted."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.domain import remove_media
from assessments.media import MAX_BYTES, clean_media
from assessments.models import Choice, QuestionMedia
from tests.assessments.viewsets.editing import grant
from tests.factories import make_single, make_staff

pytestmark = pytest.mark.django_db
MP3 = b"ID3\x04" + b"\0" * 200


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, kind, **options)
    return data.getvalue()


def upload(client: Client, name: str, data: bytes, alternative: str = "Peta dusun") -> QuestionMedia | None:
    form = {"title": "Peta", "alternative": alternative, "credit": "", "file": SimpleUploadedFile(name, data)}
    client.post(reverse("question_media:add"), form)
    return QuestionMedia.objects.first()


def test_a_picture_is_drawn_anew_without_what_hides_in_it(author: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA-TEMPAT"
    media = upload(author, "foto.png", picture(size=(2400, 1200), exif=exif))
    assert media is not None
    assert (media.kind, media.content_type) == ("image", "image/jpeg"), "known by content, not by name"
    stored = Path(media.file.path).read_bytes()
    assert b"RAHASIA-TEMPAT" not in stored
    assert Image.open(io.BytesIO(stored)).size == (1600, 800)
    assert "foto" not in media.file.name


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_are_taken(kind: str) -> None:
    assert clean_media(picture(kind)).kind == "image"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (MP3, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\0" * 99, "audio/mpeg"),
        (b"OggS" + b"\0" * 99, "audio/ogg"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 99, "audio/mp4"),
    ],
)
def test_recordings_are_known_by_their_content(data: bytes, content_type: str) -> None:
    media = clean_media(data)
    assert (media.kind, media.content_type) == ("audio", content_type)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"",
        b"%PDF-1.7",
        picture()[:40],
        picture("GIF"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(author: Client, data: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_media(data)
    assert refusal.value.code == "type"
    assert upload(author, "gambar.jpg", data) is None


def test_large_files_are_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_media(MP3 + b"\0" * MAX_BYTES)
    assert refusal.value.code == "size"


def test_words_are_required(author: Client) -> None:
    assert upload(author, "foto.jpg", picture(), alternative="") is None


def finish(response: Any) -> None:
    """Close the file of an answer; closing the answer would close the database of the test as well."""
    for close in response._resource_closers:
        close()


def test_a_file_goes_out_to_who_may_see_questions_and_to_nobody_else(author: Client) -> None:
    media = upload(author, "foto.jpg", picture())
    assert media is not None
    address = reverse("question_media:file", args=[media.pk])
    response = author.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)
    finish(response)
    stranger = Client()
    stranger.force_login(make_staff("orang-lain"))
    assert stranger.get(address).url == reverse("wagtailadmin_home")
    trainer = make_staff("pelatih")
    grant(trainer, "view_singlechoicequestion")
    stranger.force_login(trainer)
    opened = stranger.get(address)
    assert opened.status_code == 200
    finish(opened)
    assert author.get(reverse("question_media:file", args=[uuid.uuid4()])).status_code == 404


def test_what_a_question_an_option_or_a_draft_shows_is_not_deleted(author: Client) -> None:
    stem, option, drafted, unused = (
        QuestionMedia.objects.create(
            kind="image", title=name, file=f"questions/{name}.png", content_type="image/png"
        )
        for name in "abcd"
    )
    question = make_single(image=stem)
    Choice.objects.filter(question=question).update(image=option)
    edited = type(question).objects.get(pk=question.pk)
    edited.image = drafted
    edited.save_revision()
    for media in (stem, option, drafted):
        author.post(reverse("question_media:delete", args=[media.pk]))
        page = author.get(reverse("question_media:inspect", args=[media.pk])).content.decode()
        assert question.code in page
    remove_media(media=unused)
    assert set(QuestionMedia.objects.all()) == {stem, option, drafted}


def test_the_file_is_deleted_with_its_record(
    author: Client, django_capture_on_commit_callbacks: object
) -> None:
    media = upload(author, "foto.jpg", picture())
    assert media is not None
    path = Path(media.file.path)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        author.post(reverse("question_media:delete", args=[media.pk]))
    assert not QuestionMedia.objects.exists()
    assert not path.exists()


def test_the_editor_offers_pictures_for_pictures_and_recordings_for_recordings(author: Client) -> None:
    upload(author, "foto.jpg", picture())
    upload(author, "suara.mp3", MP3)
    form = author.get(reverse("questions_single:add")).context["form"]
    assert len(form.fields["image"].widget.choices) == 2
    assert len(form.fields["audio"].widget.choices) == 2
