"""Pictures of a lesson: light by themselves, made beforehand, large only for who asks."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images import get_image_model

from courses.checker.weights import weigh
from courses.domain import pictures
from courses.domain.pictures import prepare_picture
from courses.intake import LIGHT_PICTURE
from courses.models import LessonPage, PreparedPicture
from courses.rendering import text_parts
from tests.courses.intake import zoo
from tests.courses.trees import Tree, blocks, make_tree

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Image = get_image_model()
Commit = Callable[..., Any]


def noisy(size: tuple[int, int] = (1_600, 1_200), noise: int = 60) -> bytes:
    """Heavier than any photo of its size."""
    dots = np.random.default_rng(1).normal(128, noise, (size[1], size[0], 3)).clip(0, 255).astype("u1")
    data = io.BytesIO()
    Pillow.fromarray(dots).save(data, "JPEG", quality=88)
    return data.getvalue()


def image_of(data: bytes, name: str = "foto.jpg") -> Any:
    return Image.objects.create(title="Foto", file=ContentFile(data, name))


def picture(image: Any) -> dict[str, Any]:
    return {"type": "picture", "value": {"image": image.pk, "alt": "Warga <di> balai", "credit": "Panitia"}}


def drawn(*raw: dict[str, Any]) -> BeautifulSoup:
    html = "".join(part.html for part in text_parts(blocks(list(raw)), "id", keep=False))
    return BeautifulSoup(html, "html.parser")


@contextmanager
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails if a picture is drawn."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("drawn while a reader waits")

    with monkeypatch.context() as patched:
        patched.setattr("wagtail.images.models.Filter.run", refuse)
        yield


@pytest.mark.parametrize(
    ("size", "noise"), [((1_600, 1_200), 5), ((1_600, 1_200), 200), ((500, 2_000), 200), ((2_048, 300), 40)]
)
def test_whatever_the_picture_no_copy_is_heavier_than_forty_kilobytes(
    size: tuple[int, int], noise: int
) -> None:
    prepared = prepare_picture(image_of(noisy(size, noise)))
    assert prepared is not None
    copies = [copy for group in prepared.offered for copy in group]
    assert copies
    assert max(copy.size for copy in copies) <= LIGHT_PICTURE == 40_000
    for entry in prepared.small:
        with Image._meta.get_field("file").storage.open(entry["name"]) as file:
            data = file.read()
        assert len(data) == entry["size"], "what the page says is what is sent"
        assert Pillow.open(io.BytesIO(data)).size == (entry["width"], entry["height"])


def test_a_tiny_picture_is_not_blown_up_and_has_no_large_one() -> None:
    prepared = prepare_picture(image_of(zoo.photo(size=(120, 90))))
    assert prepared is not None
    assert {copy.width for group in prepared.offered for copy in group} == {120}
    assert prepared.large_copy is None


def test_browsers_are_offered_avif_and_webp_and_all_get_a_jpeg() -> None:
    image = image_of(noisy(noise=30))
    prepare_picture(image)
    figure = drawn(picture(image)).figure
    assert [source["type"] for source in figure.select("picture > source")] == ["image/avif", "image/webp"]
    assert figure.img["src"].endswith(".jpg")
    assert (figure.img["loading"], figure.img["decoding"]) == ("lazy", "async")
    assert int(figure.img["width"]) / int(figure.img["height"]) == pytest.approx(4 / 3, rel=0.02)
    assert figure.img["alt"] == "Warga <di> balai"
    for source in [*figure.select("source"), figure.img]:
        widths = [int(part.split()[1].rstrip("w")) for part in source["srcset"].split(", ")]
        assert widths == sorted(widths)
        assert widths[0] <= 360


def test_the_large_picture_is_a_link_that_tells_its_weight() -> None:
    image = image_of(noisy(noise=30))
    prepared = prepare_picture(image)
    assert prepared is not None
    assert prepared.large_copy is not None
    link = drawn(picture(image)).select_one("figcaption a")
    assert link["href"] == prepared.large_copy.url
    assert prepared.large_copy.width > 1_000
    assert f"{round(prepared.large_copy.size / 1024)}" in link.get_text()
    assert prepared.large_copy.url not in [img["src"] for img in drawn(picture(image)).select("img")]


def test_a_flat_drawing_is_offered_in_no_format_that_is_heavier() -> None:
    prepared = prepare_picture(image_of(zoo.photo("PNG", size=(900, 600)), "gambar.png"))
    assert prepared is not None
    weights = [group[-1].size / (group[-1].width * group[-1].height) for group in prepared.sources]
    assert weights == sorted(weights)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_pictures_costs_two_queries_and_nothing_is_drawn(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = [image_of(zoo.photo(size=(700, 500)), f"{number}.jpg") for number in range(count)]
    for image in images:
        prepare_picture(image)
    body = blocks([picture(image) for image in images])
    with (
        no_drawing(monkeypatch),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        parts = text_parts(body, "id", keep=False)
    assert "".join(part.html for part in parts).count("<picture>") == count
    assert len(queries) == 2


@pytest.mark.parametrize("count", [2, 5])
def test_pictures_without_copies_are_shown_all_the_same_at_a_bounded_cost(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = [image_of(zoo.photo(size=(700, 500)), f"{number}.jpg") for number in range(count)]
    raw = [picture(image) for image in images]
    first = drawn(*raw)
    assert len(first.select("figure img[src$='.jpg']")) == count
    assert int(first.img["width"]) <= 480
    body = blocks(raw)
    with no_drawing(monkeypatch), CaptureQueriesContext(connection) as queries:
        text_parts(body, "id", keep=False)
    assert len(queries) == 3


def test_a_picture_whose_file_is_lost_breaks_no_page() -> None:
    image = image_of(zoo.photo())
    image.file.storage.delete(image.file.name)
    assert prepare_picture(image) is None
    assert drawn(picture(image)).figure.img["alt"]


def test_uploads_and_new_files_are_prepared_before_anybody_reads(
    admin_client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = image_of(zoo.photo(size=(700, 500)))
    before = PreparedPicture.objects.get(image=image)
    file = ContentFile(zoo.photo("PNG", size=(640, 640)), "lain.png")
    body = {"title": "Lain", "collection": image.collection_id, "tags": "", "file": file}
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("wagtailimages:edit", args=[image.pk]), body)
    image.refresh_from_db()
    after = PreparedPicture.objects.get(image=image)
    assert after.fits(image)
    assert after.widest.width == after.widest.height
    assert after.small != before.small
    storage = image.file.storage
    assert all(storage.exists(entry["name"]) for entry in after.small)
    # Wagtail deletes the files of renditions that are gone, in a task of its own.
    left = set(image.renditions.values_list("file", flat=True))
    assert not left & {entry["name"] for entry in before.small}


def test_a_changed_title_draws_nothing_anew(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    image = image_of(zoo.photo())
    prepare_picture(image)
    with no_drawing(monkeypatch), django_capture_on_commit_callbacks(execute=True):
        image.title = "Judul"
        image.save()


def test_publishing_prepares_pictures_from_before(django_capture_on_commit_callbacks: Commit) -> None:
    tree: Tree = make_tree()
    image = image_of(zoo.photo())
    lesson = tree.lesson
    lesson.body = blocks([picture(image)])
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()
    assert PreparedPicture.objects.filter(image=image).exists()


def test_readers_see_another_picture_at_once(django_capture_on_commit_callbacks: Commit) -> None:
    """The text of a lesson is kept for some minutes; it must not name files that are gone."""
    image = image_of(zoo.photo())
    with django_capture_on_commit_callbacks(execute=True):
        prepare_picture(image)
    lesson = LessonPage(body=blocks([picture(image)]))

    def shown() -> str:
        return "".join(part.html for part in text_parts(lesson.body, "id"))

    assert "<picture>" in shown()
    with django_capture_on_commit_callbacks(execute=True):
        image.renditions.all().delete()
    assert not PreparedPicture.objects.exists()
    assert "<picture>" not in shown()


def test_the_command_prepares_and_cleans_what_was_there_before(capsys: pytest.CaptureFixture[str]) -> None:
    told, plain = image_of(zoo.with_place(orientation=6)), image_of(zoo.photo("PNG"), "a.png")
    lost = image_of(zoo.photo(), "b.jpg")
    lost.file.storage.delete(lost.file.name)
    old = told.file.name
    call_command("prepare_pictures", clean=True)
    assert "2" in capsys.readouterr().out
    told.refresh_from_db()
    with told.file.open("rb") as file:
        assert zoo.SECRET not in file.read()
    assert (told.width, told.height) == (200, 400)
    assert not told.file.storage.exists(old)
    assert {row.image_id for row in PreparedPicture.objects.all()} == {told.pk, plain.pk}
    name = told.file.name
    call_command("prepare_pictures", clean=True)
    told.refresh_from_db()
    assert told.file.name == name


def test_the_meter_of_the_editor_counts_the_light_copy() -> None:
    image = image_of(noisy(noise=200))
    unprepared = weigh([picture(image)])
    assert unprepared.page <= 60_000
    prepared = prepare_picture(image)
    assert prepared is not None
    assert weigh([picture(image)]).page < unprepared.page
    assert pictures.LIGHT_PICTURE == LIGHT_PICTURE
