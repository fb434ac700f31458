"""What a lesson weighs."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from courses.checker.weights import FILE_LIMIT, weigh
from tests.courses.trees import picture_block

pytestmark = pytest.mark.django_db


def file_block(size: int) -> dict[str, object]:
    document = get_document_model().objects.create(
        title="Berkas", file=ContentFile(b"x" * size, "berkas.pdf")
    )
    return {"type": "document", "value": {"title": "", "file": document.pk}}


def test_text_alone_is_light_and_the_heaviest_blocks_come_first() -> None:
    short, long = ({"type": "paragraph", "value": f"<p>{'kata ' * n}</p>"} for n in (5, 500))
    weights = weigh([short, long])
    assert not weights.is_heavy
    assert [weight.place for weight in weights.heaviest] == [2, 1]
    assert weights.page > weigh([short]).page > weigh([]).page


def test_a_picture_counts_with_what_a_phone_loads_of_it() -> None:
    block = picture_block()
    assert weigh([block]).page > weigh([]).page
    assert weigh([{"type": "picture", "value": {"image": 0, "alt": "Hilang"}}]).page < weigh([block]).page


def test_files_load_only_when_asked_for_and_are_named_when_heavy() -> None:
    weights = weigh([file_block(10), file_block(FILE_LIMIT + 1)])
    assert [(weight.place, weight.kind, weight.bytes) for weight in weights.files] == [
        (2, "document", FILE_LIMIT + 1)
    ]
    assert not weights.is_heavy


def test_queries_do_not_grow_with_the_blocks() -> None:
    counts = []
    for times in (1, 3):
        blocks = [block for _ in range(times) for block in (picture_block(), file_block(5))]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            weigh(blocks)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_a_picture_whose_file_is_lost_weighs_nothing() -> None:
    block = picture_block()
    from wagtail.images import get_image_model

    image = get_image_model().objects.get(pk=block["value"]["image"])  # type: ignore[index]
    image.file.storage.delete(image.file.name)
    get_image_model().objects.update(file_size=None)
    assert weigh([block]).page > 0
