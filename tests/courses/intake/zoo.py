"""Files that people upload, by mistake or on purpose; and good ones to compare them with."""

import io
import struct
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pillow_heif
from PIL import Image, PngImagePlugin

SECRET = b"RAHASIA-TEMPAT"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def photo(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    """A picture with colours that are not all alike."""
    wide, high = size
    dots = np.add.outer(np.arange(high) * 3, np.arange(wide) * 2) % 256
    data = io.BytesIO()
    Image.fromarray(np.stack([dots, dots[::-1], dots], -1).astype("u1")).save(data, kind, **options)
    return data.getvalue()


def with_place(size: tuple[int, int] = (400, 200), orientation: int = 1) -> bytes:
    """A photo as a phone takes it: where, when, with what, and turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (9.0, 12.0, 30.0), 3: "E", 4: (125.0, 6.0, 1.0)})
    return photo(size=size, exif=exif.tobytes(), comment=SECRET)


def heic() -> bytes:
    """What a new phone takes."""
    data = io.BytesIO()
    picture = Image.open(io.BytesIO(photo()))
    pillow_heif.from_pillow(picture).save(data, format="HEIF")
    return data.getvalue()


def flood() -> bytes:
    """A PNG of a few bytes that says to have 900 million dots."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def hostile_pictures() -> dict[str, bytes]:
    """None of them may be stored."""
    return {
        "nothing inside": b" ",
        "a drawing with a program": SVG,
        "a drawing behind a byte order mark": b"\xef\xbb\xbf\n" + SVG,
        "a drawing in UTF-16": SVG.decode().encode("utf-16"),
        "a drawing with a long beginning": b"<?xml version='1.0'?><!-- " + b"x" * 3_000 + b" -->" + SVG[21:],
        "a web page": HTML,
        "a GIF": photo("GIF"),
        "a GIF that is a script": b"GIF89a/*" + b"*/=1;alert(1)//",
        "a flood of dots": flood(),
        "half a photo": photo()[:900],
        "only the beginning of a photo": photo()[:20],
        "a program": b"MZ" + b"\0" * 200,
        "a script of the server": b"<?php system($_GET['c']); ?>",
        "a PDF": PDF,
        "a BMP": photo("BMP"),
        "a TIFF": photo("TIFF"),
        "an archive": archive({"a.txt": b"a"}),
        "a broken HEIC": heic()[:200],
        "random bytes": bytes(range(256)) * 8,
    }


def polyglot() -> bytes:
    """A photo that opens, with a web page, an archive and a secret behind it."""
    return photo() + HTML + archive({"a.txt": SECRET})


def spoken_png() -> bytes:
    """A PNG with words in it."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    return photo("PNG", pnginfo=words)


def archive(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return data.getvalue()


def office(main: str = "word/document.xml", **more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", main: b"<document/>"}
    return archive({**parts, **{name.replace("__", "/"): body for name, body in more.items()}})


def hostile_documents() -> dict[str, bytes]:
    """None of them may be stored."""
    good = office()
    return {
        "nothing inside": b" ",
        "a web page": HTML,
        "a drawing": SVG,
        "a photo": photo(),
        "a program": b"MZ" + b"\0" * 200,
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "a PDF behind a web page": HTML + PDF,
        "half a PDF": PDF[:20],
        "an archive": archive({"a.txt": b"a"}),
        "an archive of programs": archive({"a.exe": b"MZ"}),
        "a document with macros": office(**{"word__vbaProject.bin": b"x"}),
        "two documents in one": office(**{"xl__workbook.xml": b"x"}),
        "half a document": good[: len(good) // 2],
        "a damaged document": good[:-30],
        "a bomb": office(**{"word__media__big.bin": b"\0" * 60_000_000}),
        "a bomb of names": archive({f"word/{n}": b"" for n in range(4_000)}),
        "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "a recording that is none": b"ID3\x04" + b"\0" * 2_000,
        "a film that is none": b"\0\0\0\x20ftypisom" + b"\0" * 2_000,
        "a web film that is none": b"\x1a\x45\xdf\xa3" + b"\0" * 2_000,
        "a voice that is none": b"#!AMR\n" + b"\xff" * 2_000,
        "a HEIC photo": heic(),
        "random bytes": bytes(range(256)) * 8,
    }


@cache
def sound(
    container: str, codec: str, rate: int = 44_100, layout: str = "stereo", bits: int = 128_000
) -> bytes:
    """Two seconds of a tone, with a secret beside it."""

    def write(packed: Any) -> None:
        stream = packed.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = bits
        tone = (np.sin(np.arange(rate * 2) / 20) * 0.3).astype("f4")
        shaper = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate)
        for start in range(0, len(tone), 1_024):
            part = np.tile(tone[start : start + 1_024], (2 if layout == "stereo" else 1, 1))
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate, start
            for shaped in shaper.resample(frame):
                packed.mux(stream.encode(shaped))
        packed.mux(stream.encode(None))

    return _packed(container, write)


@cache
def film(container: str, codec: str) -> bytes:
    """A second of moving pictures, with a secret beside them."""

    def write(packed: Any) -> None:
        stream = packed.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(10):
            dots = np.full((96, 160, 3), number * 20, dtype="u1")
            packed.mux(stream.encode(av.VideoFrame.from_ndarray(dots, format="rgb24")))
        packed.mux(stream.encode(None))

    return _packed(container, write)


def _packed(container: str, write: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with av.open(str(path), "w", format=container) as packed:
            packed.metadata["title"] = SECRET.decode()
            packed.metadata["location"] = "-9.1200+125.1000/"
            write(packed)
        return path.read_bytes()
