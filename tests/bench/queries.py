"""Queries of a lesson, counted in this process on the throw-away database."""

from dataclasses import dataclass
from io import BytesIO

import PIL.Image
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage
from lms.cohorts.models import Enrolment
from lms.learning.domain import complete_lesson
from lms.learning.enums import Occasion
from tests.helpers import sign_in_as

_BLOCKS = (3, 30)
_WORDS = "Warga bicara, kader mencatat, lalu musyawarah memilih usul bersama. " * 5
_HOST = {"HTTP_HOST": "127.0.0.1"}


@dataclass(frozen=True)
class Pages:
    """What is compared: a plain page and lessons of several lengths, siblings of each other."""

    stock_url: str
    lesson_url: str
    picture_url: str
    lessons: dict[int, LessonPage]


@dataclass(frozen=True)
class Measured:
    stock: int
    lesson: dict[int, int]


def make_pages() -> Pages:
    """Add the pages to the third module of the Indonesian course."""
    course = CoursePage.objects.get(locale__language_code=settings.LANGUAGE_CODE, slug="perencanaan-desa")
    module = ModulePage.objects.child_of(course).get(code="M3")
    stock = module.add_child(instance=Page(title="Halaman biasa", slug="halaman-biasa"))
    lessons = {
        blocks: module.add_child(
            instance=LessonPage(
                title=f"{blocks} blok",
                slug=f"blok-{blocks}",
                code=f"M3.{90 + blocks}",
                outcome_text="Ukuran.",
                body=[("paragraph", f"<p>Alinea {number}.</p>") for number in range(blocks)],
            )
        )
        for blocks in _BLOCKS
    }
    pictured = module.add_child(
        instance=LessonPage(
            title="Dengan gambar",
            slug="dengan-gambar",
            code="M3.99",
            outcome_text="Ukuran.",
            body=[("picture", {"image": _picture(), "alt": "Warga di balai", "credit": "Panitia"})]
            + [("paragraph", f"<p>{_WORDS}</p>") for _number in range(10)],
        )
    )
    return Pages(
        stock.url, LessonPage.objects.get(code="M3.1", locale=course.locale).url, pictured.url, lessons
    )


def _picture() -> Image:
    """A photograph is never smooth: colours, and grain that no compression takes away."""
    size = (1_600, 1_200)
    drawn = PIL.Image.blend(
        PIL.Image.merge("RGB", [PIL.Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)]).resize(
            size
        ),
        PIL.Image.effect_noise(size, 80).convert("RGB"),
        0.3,
    )
    file = BytesIO()
    drawn.save(file, "JPEG", quality=90)
    return Image.objects.create(title="Balai", file=ContentFile(file.getvalue(), name="balai.jpg"))


def measure(pages: Pages) -> Measured:
    enrolment = Enrolment.objects.filter(
        cohort__code="PERAGAAN", attempts__occasion=Occasion.PRE, attempts__submitted_at__isnull=False
    ).first()
    assert enrolment is not None
    reader = Client(**_HOST)
    sign_in_as(reader, enrolment.participant)
    for lesson in pages.lessons.values():
        complete_lesson(enrolment=enrolment, lesson=lesson)
    stock = _count(Client(**_HOST), pages.stock_url)
    lesson_counts = {blocks: _count(reader, page.url) for blocks, page in pages.lessons.items()}
    return Measured(stock, lesson_counts)


def _count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        _must_succeed(client.get(path))
    return len(captured)


def _must_succeed(response: HttpResponse) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"Expected 200, got {response.status_code}.")
