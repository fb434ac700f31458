"""Every way of Wagtail's to upload a picture or a document leads through the same check, over HTTP."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection, UploadedFile

from tests.courses.intake import zoo
from tests.security.crawler import body_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Image, Document = get_image_model(), get_document_model()


@pytest.fixture(params=["in memory", "in a file"])
def client(request: pytest.FixtureRequest, client: Client, settings: Any) -> Client:
    """Django keeps small uploads in memory and large ones in a file, which storages move into place."""
    if request.param == "in a file":
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def _send(client: Client, way: str, data: bytes, name: str, existing: Any = None) -> Any:
    """Upload by one of the ways that Wagtail has."""
    file = SimpleUploadedFile(name, data)
    root = Collection.get_first_root_node().pk
    library = "wagtailimages" if existing is None or isinstance(existing, Image) else "wagtaildocs"
    if name.endswith((".pdf", ".mp3", ".docx")):
        library = "wagtaildocs"
    prefix = f"{'image' if library == 'wagtailimages' else 'document'}-chooser-upload-"
    plain = {"title": "Foto", "collection": root, "tags": ""}
    if way == "add":
        return client.post(reverse(f"{library}:add"), {**plain, "file": file})
    if way == "many":
        return client.post(reverse(f"{library}:add_multiple"), {**plain, "files[]": file})
    if way == "many, with an error in another field":
        body = {**plain, "title": "x" * 300, "files[]": file}
        return client.post(reverse(f"{library}:add_multiple"), body)
    if way == "chooser":
        body = {f"{prefix}{key}": value for key, value in plain.items()}
        return client.post(reverse(f"{library}_chooser:create"), {**body, f"{prefix}file": file})
    assert way == "replace"
    return client.post(reverse(f"{library}:edit", args=[existing.pk]), {**plain, "file": file})


NEW = ("add", "many", "chooser")


def stored(thing: Any) -> bytes:
    with thing.file.open("rb") as file:
        return file.read()  # type: ignore[no-any-return]


@pytest.mark.parametrize("way", NEW)
def test_a_photo_loses_its_place_whichever_way_it_comes(client: Client, way: str) -> None:
    _send(client, way, zoo.with_place(orientation=6), "Balai desa.png")
    image = Image.objects.get()
    data = stored(image)
    assert zoo.SECRET not in data
    assert Pillow.open(io.BytesIO(data)).format == "JPEG"
    assert image.file.name.endswith(".jpg"), "the name says what it is"
    assert (image.width, image.height) == (200, 400)
    assert image.file_size == len(data)


@pytest.mark.parametrize("name", ["foto.heic", "foto.HEIC", "foto.jpg"])
def test_what_new_phones_take_is_converted(client: Client, name: str) -> None:
    _send(client, "many", zoo.heic(), name)
    assert Image.objects.get().file.name.endswith(".jpg")


@pytest.mark.parametrize("way", NEW)
@pytest.mark.parametrize(
    "name", ["a drawing with a program", "a web page", "a flood of dots", "half a photo"]
)
def test_what_is_no_picture_is_refused_with_words_whichever_way_it_comes(
    client: Client, way: str, name: str
) -> None:
    response = _send(client, way, zoo.hostile_pictures()[name], "foto.jpg")
    assert response.status_code == 200
    assert not Image.objects.exists()
    assert not UploadedFile.objects.exists()
    told = body_of(response).decode()
    assert any(word in told for word in ("PNG", "JPEG", "50"))


def test_the_whole_zoo_is_refused_in_the_upload_of_many(client: Client) -> None:
    for name, data in zoo.hostile_pictures().items():
        for ending in ("foto.jpg", "foto.svg", "foto.php.png", "../../foto.webp"):
            answer = _send(client, "many", data, ending).json()
            assert not answer["success"], (name, ending)
            assert answer["error_message"], (name, ending)
    assert not Image.objects.exists()


def test_a_picture_with_an_error_in_another_field_waits_clean(client: Client) -> None:
    """Wagtail keeps such a file aside; it must not be the raw one. A host site with fields of its own on
    pictures meets this at every upload."""
    assert _send(client, "many, with an error in another field", zoo.with_place(), "foto.jpg").json()[
        "success"
    ]
    kept = UploadedFile.objects.get()
    assert zoo.SECRET not in stored(kept)
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[kept.pk])
    body = {"title": "Foto", "collection": Collection.get_first_root_node().pk, "tags": ""}
    client.post(address, {f"uploaded-image-{kept.pk}-{key}": value for key, value in body.items()})
    assert zoo.SECRET not in stored(Image.objects.get())


def test_another_file_for_an_old_picture_is_checked_as_well(client: Client) -> None:
    _send(client, "add", zoo.photo(), "foto.jpg")
    image = Image.objects.get()
    before = image.file.name
    assert _send(client, "replace", zoo.SVG, "foto.svg", image).status_code == 200
    image.refresh_from_db()
    assert image.file.name == before
    _send(client, "replace", zoo.with_place(), "lain.jpg", image)
    image.refresh_from_db()
    assert image.file.name != before
    assert zoo.SECRET not in stored(image)


@pytest.mark.parametrize("way", NEW)
def test_a_recording_becomes_light_whichever_way_it_comes(client: Client, way: str) -> None:
    original = zoo.sound("mp4", "aac")
    _send(client, way, original, "Rekaman.mp3")
    document = Document.objects.get()
    assert document.file.name.endswith(".mp3")
    assert zoo.SECRET not in stored(document)
    assert document.file_size == len(stored(document)) < len(original)


@pytest.mark.parametrize("way", NEW)
def test_what_is_no_document_is_refused_whichever_way_it_comes(client: Client, way: str) -> None:
    for name in ("a web page", "a program", "a document with macros"):
        assert _send(client, way, zoo.hostile_documents()[name], "surat.pdf").status_code == 200
        assert not Document.objects.exists()


def test_a_document_with_an_error_in_another_field_waits_clean(client: Client) -> None:
    original = zoo.sound("mp3", "libmp3lame")
    assert _send(client, "many, with an error in another field", original, "a.mp3").json()["success"]
    assert zoo.SECRET not in stored(UploadedFile.objects.get())


def test_another_file_for_an_old_document_is_checked_as_well(client: Client) -> None:
    _send(client, "add", zoo.PDF, "surat.pdf")
    document = Document.objects.get()
    assert _send(client, "replace", zoo.HTML, "surat.pdf", document).status_code == 200
    document.refresh_from_db()
    assert stored(document) == zoo.PDF


def test_authors_are_told_what_is_heavy(client: Client) -> None:
    answer = _send(client, "many", zoo.PDF + b" " * 240_000 + zoo.PDF, "surat.pdf").json()
    assert "234" in answer["form"]
    assert "200 kB" in answer["form"]
    light = _send(client, "many", zoo.PDF, "surat.pdf").json()
    assert "200 kB" not in light["form"]
    assert "200 kB" in client.get(reverse("wagtaildocs:add")).content.decode(), "told before as well"


@pytest.fixture
def on_disk(settings: Any, tmp_path: Path) -> None:
    """Wagtail's view of a document looks for a file with a path."""
    settings.MEDIA_ROOT = str(tmp_path)
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


@pytest.mark.usefixtures("on_disk")
def test_documents_are_saved_and_never_opened_inside_the_site(client: Client) -> None:
    _send(client, "add", zoo.PDF, "surat.pdf")
    document = Document.objects.get()
    response = Client().get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert body_of(response) == zoo.PDF
    assert Client().get(f"/media/{document.file.name}").status_code == 404


def test_a_document_of_a_private_collection_stays_private(client: Client) -> None:
    _send(client, "add", zoo.PDF, "surat.pdf")
    document = Document.objects.get()
    hidden = Collection.get_first_root_node().add_child(name="Rahasia")
    hidden.view_restrictions.create(restriction_type="login")
    Document.objects.update(collection=hidden)
    response = Client().get(document.url)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_host_site_is_told_if_its_own_form_does_not_clean(settings: Any) -> None:
    assert [found.id for found in run_checks() if found.id == "courses.W001"] == []
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = f"{BaseImageForm.__module__}.{BaseImageForm.__name__}"
    settings.WAGTAILDOCS_DOCUMENT_FORM_BASE = ""
    found = [message.hint for message in run_checks() if message.id == "courses.W001"]
    assert len(found) == 2
    assert "CleanImageForm" in found[0]
