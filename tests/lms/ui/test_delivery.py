"""Files go as they are and in parts, text goes packed."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model

from lms.ui.delivery import DeliveryMiddleware

FILM = bytes(range(256)) * 4


def ask(wanted: str = "", *, kind: str = "video/mp4", method: str = "GET", **headers: str) -> Any:
    """The answer to a request for FILM."""

    def view(request: Any) -> FileResponse:
        response = FileResponse(BytesIO(FILM), content_type=kind)
        response["Content-Length"] = str(len(FILM))
        response["ETag"] = '"one"'
        return response

    sent = {"Range": wanted, **headers} if wanted else headers
    request = RequestFactory().generic(method, "/", headers={"Accept-Encoding": "gzip", **sent})
    return DeliveryMiddleware(view)(request)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_film_is_not_packed_and_tells_its_length_and_that_it_has_parts() -> None:
    answer = ask()
    assert (answer.status_code, body(answer)) == (200, FILM)
    assert "Content-Encoding" not in answer
    assert (answer["Content-Length"], answer["Accept-Ranges"]) == (str(len(FILM)), "bytes")


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=10-19", 10, 19),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1023-5000", 1023, 1023),
        ("bytes=-3", 1021, 1023),
        ("bytes=-5000", 0, 1023),
    ],
)
def test_a_part_is_sent_alone(wanted: str, start: int, end: int) -> None:
    answer = ask(wanted)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end}/1024"
    assert answer["Content-Length"] == str(end - start + 1)
    assert body(answer) == FILM[start : end + 1]


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=-0", "bytes=99999999999999999999-"])
def test_there_is_no_such_part(wanted: str) -> None:
    answer = ask(wanted)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize(
    "wanted", ["bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=x-y", "bytes=٣-٤", "bytes=1"]
)
def test_what_is_not_understood_gives_the_whole(wanted: str) -> None:
    answer = ask(wanted)
    assert (answer.status_code, body(answer)) == (200, FILM)


def test_who_holds_the_beginning_of_another_file_gets_the_whole() -> None:
    assert ask("bytes=5-", **{"If-Range": '"one"'}).status_code == 206
    assert ask("bytes=5-", **{"If-Range": '"two"'}).status_code == 200
    assert ask("bytes=5-", method="HEAD").status_code == 200


def test_text_is_packed_even_as_a_file() -> None:
    assert ask(kind="text/csv")["Content-Encoding"] == "gzip"
    page = DeliveryMiddleware(lambda request: HttpResponse("Musyawarah desa. " * 100))
    assert page(RequestFactory().get("/", headers={"Accept-Encoding": "gzip"}))["Content-Encoding"] == "gzip"


@given(cuts=st.lists(st.integers(0, len(FILM)), max_size=6))
def test_a_download_that_is_cut_anywhere_goes_on_to_the_same_file(cuts: list[int]) -> None:
    had = b""
    for cut in sorted(cuts):
        if len(had) < cut:
            had += body(ask(f"bytes={len(had)}-"))[: cut - len(had)]
    if len(had) < len(FILM):
        had += body(ask(f"bytes={len(had)}-"))
    assert had == FILM


@pytest.mark.django_db
def test_a_stored_document_goes_on_where_it_was_cut(client: Client, settings: Any, tmp_path: Path) -> None:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}
    client.force_login(get_user_model().objects.create_superuser("admin"))
    film = get_document_model().objects.create(title="Film", file=ContentFile(FILM, name="film.mp4"))
    whole = client.get(film.url)
    assert body(whole) == FILM
    part = client.get(film.url, headers={"Range": "bytes=1000-", "If-Range": whole["ETag"]})
    assert (part.status_code, body(part)) == (206, FILM[1000:])
