"""Pictures of lessons are sent by the site itself; nothing else of the media folder is."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    for name in ("images/embung.width-900.png", "original_images/embung.png", "documents/daftar.pdf"):
        file = tmp_path / "media" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "secret_key").write_text("kunci")
    return tmp_path / "media"


def test_a_picture_that_was_made_for_a_page_is_sent(client: Client, media: Path) -> None:
    response = client.get("/media/images/embung.width-900.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/media/original_images/embung.png",
        "/media/documents/daftar.pdf",
        "/media/images/../documents/daftar.pdf",
        "/media/images/%2e%2e/documents/daftar.pdf",
        "/media/images/..%2f..%2fsecret_key",
        "/media/images//etc/passwd",
        "/media/images/",
        "/media/images/embung.png",
    ],
)
def test_nothing_else_is(client: Client, media: Path, address: str) -> None:
    assert client.get(address).status_code in (400, 404)
