"""Documents, recordings and films of the library: known by content, light, without names and places."""

import sys
import time
from typing import Any

import av
import pytest
from django.core.exceptions import ValidationError

from courses.intake import files, recordings, repack
from courses.intake.files import clean_file
from courses.intake.recordings import clean_recording
from tests.courses.intake import zoo


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (zoo.PDF, ".pdf"),
        (zoo.office(), ".docx"),
        (zoo.office("ppt/presentation.xml"), ".pptx"),
        (zoo.office("xl/workbook.xml"), ".xlsx"),
    ],
)
def test_documents_stay_as_they_are_and_get_the_ending_that_fits(data: bytes, suffix: str) -> None:
    clean = clean_file(data)
    assert (clean.data, clean.suffix) == (data, suffix)


@pytest.mark.parametrize("name", zoo.hostile_documents())
def test_anything_else_is_refused_with_a_sentence(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(ValidationError) as refusal:
        clean_file(zoo.hostile_documents()[name])
    assert len(refusal.value.messages[0].split()) > 5
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zoo.office(**{"word__vbaProject.bin": b"x"}), "macros"),
        (zoo.office(**{"word__media__big.bin": b"\0" * 60_000_000}), "bomb"),
        (zoo.PDF + b" " * files.MAX_BYTES, "size"),
        (b"ID3" + b"\0" * recordings.MAX_BYTES, "size"),
        (zoo.HTML, "type"),
        (zoo.film("mp4", "libx265"), "unplayable"),
    ],
)
def test_the_words_fit_what_went_wrong(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_file(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("container", "codec", "rate"),
    [
        ("mp3", "libmp3lame", 44_100),
        ("mp4", "aac", 44_100),
        ("ogg", "libopus", 48_000),
        ("webm", "libopus", 48_000),
        ("wav", "pcm_s16le", 44_100),
    ],
)
def test_every_recording_becomes_light_mono_and_nameless(
    tmp_path: Any, container: str, codec: str, rate: int
) -> None:
    original = zoo.sound(container, codec, rate)
    assert zoo.SECRET in original
    clean = clean_recording(original)
    assert (clean.suffix, clean.seconds) == (".mp3", 2)
    assert zoo.SECRET not in clean.data
    path = tmp_path / "kept.mp3"
    path.write_bytes(clean.data)
    with av.open(str(path)) as kept:
        stream = kept.streams.audio[0]
        assert stream.codec_context.layout.nb_channels == 1
        assert stream.codec_context.bit_rate <= 32_000
        assert sum(frame.samples for frame in kept.decode(stream)) > 40_000
    assert len(clean.data) < 2.5 * 32_000 / 8


def test_a_recording_that_is_light_already_is_not_drawn_down_again() -> None:
    light = zoo.sound("mp3", "libmp3lame", 24_000, "mono", 24_000)
    once = clean_recording(light)
    assert len(once.data) < 2.5 * 24_000 / 8
    assert clean_recording(once.data).data == once.data


@pytest.mark.parametrize(
    ("container", "codec", "suffix"),
    [("mp4", "libx264", ".mp4"), ("mov", "libx264", ".mp4"), ("webm", "libvpx-vp9", ".webm")],
)
def test_a_film_keeps_its_pictures_and_loses_its_place(
    tmp_path: Any, container: str, codec: str, suffix: str
) -> None:
    original = zoo.film(container, codec)
    clean = clean_recording(original)
    assert clean.suffix == suffix
    assert zoo.SECRET not in clean.data
    assert b"+125.1" not in clean.data
    path = tmp_path / "kept"
    path.write_bytes(clean.data)
    with av.open(str(path)) as kept:
        assert len(list(kept.decode(video=0))) == 10


def test_a_film_that_was_taken_upright_stays_upright(tmp_path: Any) -> None:
    original = zoo.film("mp4", "libx264")
    straight = b"\0\1\0\0" + b"\0" * 12 + b"\0\1\0\0" + b"\0" * 12 + b"\x40\0\0\0"
    turned = b"\0" * 4 + b"\0\1\0\0" + b"\0" * 4 + b"\xff\xff\0\0" + b"\0" * 16 + b"\x40\0\0\0"
    track = original.index(b"tkhd")
    assert straight in original[track:]
    data = original[:track] + original[track:].replace(straight, turned, 1)
    path = tmp_path / "kept"
    path.write_bytes(clean_recording(data).data)
    with av.open(str(path)) as kept:
        frame = next(kept.decode(video=0))
        assert abs(frame.rotation) == 90


def test_a_film_without_its_library_is_refused_and_told_what_to_do(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setattr(sys, "argv", ["repack", "mp3", "a", "b"])
    monkeypatch.setattr(repack.resource, "setrlimit", lambda *args: None)
    assert repack.main() == repack.NO_LIBRARY
    assert recordings._refusal(repack.NO_LIBRARY).code == "unavailable"


def test_a_recording_that_takes_too_long_is_given_up(monkeypatch: Any) -> None:
    monkeypatch.setattr(recordings, "_SECONDS", 0.001)
    with pytest.raises(ValidationError) as refusal:
        clean_recording(zoo.sound("mp3", "libmp3lame"))
    assert refusal.value.code == "length"


def test_a_long_recording_is_refused(monkeypatch: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(repack, "MAX_SECONDS", 1)
    source = tmp_path / "in"
    for data in (zoo.sound("wav", "pcm_s16le"), zoo.sound("mp3", "libmp3lame", 24_000, "mono", 24_000)):
        source.write_bytes(data)
        container = recordings.container_of(data)
        with pytest.raises(repack.Refused) as refusal:
            repack.repack(container, str(source), str(tmp_path / "out"))
        assert refusal.value.status == repack.TOO_LONG
