"""What a phone really loads of pictures, recordings and films: little, and nothing by itself."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from playwright.sync_api import Page, Response
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.domain.pictures import prepare_picture
from courses.intake import LIGHT_PICTURE
from courses.models import LessonPage, PreparedPicture
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow
from tests.courses.intake import zoo
from tests.courses.test_light_pictures import noisy
from tests.courses.trees import blocks, make_tree

pytestmark = pytest.mark.browser


class Loaded:
    """The bytes of every answer, by its path."""

    def __init__(self, page: Page) -> None:
        self.sizes: dict[str, int] = {}
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        self.sizes[urlsplit(response.url).path] = len(response.body()) if response.ok else 0

    def below(self, folder: str) -> dict[str, int]:
        return {path: size for path, size in self.sizes.items() if path.startswith(folder)}


def sign_in(page: Page, site: str) -> None:
    """As somebody who may read every lesson."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


@pytest.fixture
def lesson(site: str, settings: Any, tmp_path: Path) -> LessonPage:
    """Two pictures, a recording and a film with a picture before it, all heavy as they came."""
    settings.MEDIA_ROOT = str(tmp_path)
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    numbers = []
    for number in range(3):
        file = ContentFile(noisy(noise=50), f"foto-{number}.jpg")
        image = get_image_model().objects.create(title="Foto", file=file)
        assert prepare_picture(image) is not None
        numbers.append(image.pk)
    files = {}
    for name, data in (("a.mp3", zoo.sound("mp3", "libmp3lame")), ("v.mp4", zoo.film("mp4", "libx264"))):
        document = get_document_model().objects.create(title=name, file=ContentFile(data, name))
        files[name] = document.pk
    words = {"minutes": 1, "transcript": "<p>Selamat pagi.</p>"}
    raw = [{"type": "paragraph", "value": "<p>Usul.</p>"}]
    raw += [
        {"type": "picture", "value": {"image": number, "alt": "Balai", "credit": ""}}  # type: ignore[dict-item]
        for number in numbers[:2]
    ]
    raw += [
        {"type": "audio", "value": {"title": "Dibacakan", "file": files["a.mp3"], **words}},  # type: ignore[dict-item]
        {
            "type": "video",
            "value": {"title": "Musdus", "file": files["v.mp4"], "poster": numbers[2], **words},  # type: ignore[dict-item]
        },
    ]
    lesson: LessonPage = make_tree().lesson
    lesson.body = blocks(raw)
    lesson.save_revision().publish()
    return lesson


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "computer"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_pictures_come_light_and_nothing_plays_or_loads_by_itself(
    site: str, lesson: LessonPage, open_window: OpenWindow, viewport: tuple[int, int], scripts: bool
) -> None:
    page = open_window(site, viewport=viewport, scripts=scripts)
    sign_in(page, site)
    loaded = Loaded(page)
    page.goto(lesson.url or "", wait_until="networkidle")
    for place in range(0, 6_000, 400):
        page.mouse.wheel(0, place)
    page.wait_for_load_state("networkidle")
    pictures = loaded.below("/media/images/")
    assert len(pictures) == 3, "each once: two in the text, one before the film"
    assert max(pictures.values()) <= LIGHT_PICTURE
    assert loaded.below("/documents/") == {}, "no recording, no film"
    assert sum(name.endswith(".avif") for name in pictures) == 2
    assert page.locator("audio, video").count() == 2
    for player in page.locator("audio, video").all():
        assert player.get_attribute("preload") == "none"
        assert player.get_attribute("autoplay") is None
    if scripts:
        drawn = page.locator("figure picture img").first
        assert drawn.evaluate("img => img.complete && img.naturalWidth > 0")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_large_picture_and_a_recording_come_when_somebody_asks(
    site: str, lesson: LessonPage, open_window: OpenWindow
) -> None:
    page = open_window(site)
    sign_in(page, site)
    loaded = Loaded(page)
    page.goto(lesson.url or "", wait_until="networkidle")
    with page.expect_response(lambda response: "/documents/" in response.url):
        page.locator("audio").evaluate("player => { player.play(); }")
    large = PreparedPicture.objects.order_by("pk").first()
    assert large is not None
    assert large.large_copy is not None
    assert large.large_copy.url not in loaded.sizes
    page.click("figcaption a")
    page.wait_for_load_state("networkidle")
    assert loaded.sizes[large.large_copy.url] == large.large_copy.size
