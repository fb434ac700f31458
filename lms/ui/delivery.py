"""How answers go over a thin line: text packed, files as they are, and of a file only what is asked for.

Parts (RFC 9110, 14) let a player jump within a film and let a download go on after the line was cut; Safari
on phones plays nothing without them.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
_CHUNK = 64 * 1024


class DeliveryMiddleware(GZipMiddleware):
    """Django's packing, but for stored files: those are packed already, and packing them once more takes away
    their length and any chance to go on with them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, FileResponse) and not response.get("Content-Type", "").startswith(_TEXT):
            return part_of(request, response)
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


def part_of(request: HttpRequest, response: FileResponse) -> HttpResponseBase:
    """The part of a file that was asked for (206), the whole where none was or several were, or 416 with the
    size of the file where there is no such part."""
    file = response.file_to_stream
    if response.status_code != 200 or file is None or not file.seekable() or "Content-Length" not in response:
        return response
    response["Accept-Ranges"] = "bytes"
    size = int(response["Content-Length"])
    asked = _bounds(request.headers.get("Range", ""), size)
    if asked is None or request.method != "GET" or _has_changed(request, response):
        return response
    start, end = asked
    if start > end:
        file.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    file.seek(start)
    response.status_code = 206
    response.streaming_content = _read(file, end - start + 1)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _bounds(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte; the first lies behind the last where the file has no such part. None for what is
    to be ignored: no range, several, or one that ends before it begins."""
    match = _RANGE.fullmatch(asked)
    first, last = match.groups() if match else ("", "")
    if first and last and int(last) < int(first):
        return None
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    if last:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    return None


def _has_changed(request: HttpRequest, response: FileResponse) -> bool:
    """Whether the browser holds the beginning of another file than this one. A weak mark proves nothing."""
    known = request.headers.get("If-Range")
    return known is not None and known not in (response.get("ETag"), response.get("Last-Modified"))


def _read(file: IO[Any], length: int) -> Iterator[bytes]:
    while length > 0:
        piece = file.read(min(_CHUNK, length))
        if not piece:
            return
        length -= len(piece)
        yield piece
