"""Pictures of the library: what is taken, what is kept of it, what is refused with which words."""

import io
import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from courses.intake.pictures import MAX_BYTES, clean_picture
from tests.courses.intake import zoo


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_place_the_camera_and_every_word_are_gone() -> None:
    assert zoo.SECRET in zoo.with_place()
    for data in (zoo.with_place(), zoo.spoken_png(), zoo.polyglot()):
        clean = clean_picture(data)
        assert zoo.SECRET not in clean.data
        assert b"<script" not in clean.data
        assert not opened(clean.data).getexif()


@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 200)), (6, (200, 400)), (3, (400, 200))])
def test_a_picture_stands_upright_before_that_is_forgotten(orientation: int, size: tuple[int, int]) -> None:
    assert opened(clean_picture(zoo.with_place(orientation=orientation)).data).size == size


@pytest.mark.parametrize(
    ("kind", "suffix", "content_type"),
    [("JPEG", ".jpg", "image/jpeg"), ("PNG", ".png", "image/png"), ("WEBP", ".jpg", "image/jpeg")],
)
def test_the_ending_follows_the_content(kind: str, suffix: str, content_type: str) -> None:
    clean = clean_picture(zoo.photo(kind))
    assert (clean.suffix, clean.content_type) == (suffix, content_type)


def test_what_new_phones_take_becomes_a_jpeg() -> None:
    clean = clean_picture(zoo.heic())
    assert opened(clean.data).format == "JPEG"
    assert opened(clean.data).size == (400, 300)


def test_a_see_through_drawing_stays_see_through() -> None:
    data = io.BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(data, "WEBP", lossless=True)
    kept = opened(clean_picture(data.getvalue()).data)
    assert (kept.format, kept.mode) == ("PNG", "RGBA")
    assert kept.getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_a_large_photo_is_made_smaller() -> None:
    assert opened(clean_picture(zoo.photo(size=(4_000, 1_000))).data).size == (2_048, 512)


@pytest.mark.parametrize("name", zoo.hostile_pictures())
def test_anything_else_is_refused_with_a_sentence(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(ValidationError) as refusal:
        clean_picture(zoo.hostile_pictures()[name])
    assert len(refusal.value.messages[0].split()) > 5
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zoo.SVG, "drawing"),
        (zoo.HTML, "page"),
        (zoo.photo("GIF"), "moving"),
        (zoo.flood(), "size"),
        (b"x" * (MAX_BYTES + 1), "size"),
        (b"x", "type"),
    ],
)
def test_the_words_fit_what_went_wrong(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_picture(data)
    assert refusal.value.code == code


@pytest.mark.property
@given(st.data())
def test_a_damaged_photo_is_drawn_anew_or_refused_and_never_fails(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from([zoo.photo(), zoo.photo("PNG"), zoo.photo("WEBP")])))
    for _ in range(draw.draw(st.integers(1, 20))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        clean = clean_picture(bytes(data))
    except ValidationError:
        return
    assert opened(clean.data).format in {"JPEG", "PNG"}
