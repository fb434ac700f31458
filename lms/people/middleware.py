"""Puts the signed-in participant on the request and keeps every trace of one out of caches."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lms.people import station
from lms.people.domain import note_presence

logger = logging.getLogger(__name__)
NO_STORE = "no-cache, no-store, must-revalidate, private, max-age=0"


class ParticipantMiddleware:
    """Sets ``request.participant`` (confirmed) and ``request.participant_to_confirm``; each may be None.

    ``request.session_mark`` tells this sign-in from the next one in the same browser (guard.js).
    Every answer to a browser that comes with a session is kept out of caches: it may show the person, or
    be the one that says goodbye.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        had_session = not request.session.is_empty()
        present = station.current_sign_in(request)
        confirmed = present.participant if present and present.confirmed else None
        request.participant = confirmed  # type: ignore[attr-defined]
        request.participant_to_confirm = (  # type: ignore[attr-defined]
            present.participant if present and not present.confirmed else None
        )
        request.session_mark = present.mark if present else ""  # type: ignore[attr-defined]
        response = self.get_response(request)
        if present is not None and present.confirmed and station.holds(request, present):
            _note(request, response, present)
        if had_session or not request.session.is_empty():
            response["Cache-Control"] = NO_STORE
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Opening a page is a sign of life; a view that only looks (``is_glance``) is not."""
        if not getattr(view, "is_glance", False):
            station.touch(request)


def _note(request: HttpRequest, response: HttpResponse, present: station.SignIn) -> None:
    """Remember for the trainer who is here, and at which page. No reason to fail: the answer is there."""
    place = _place(request, response)
    if place is None and not getattr(request, "shows_life", False):
        return
    try:
        note_presence(
            participant=present.participant,
            mark=present.mark,
            device=station.device_of(request),
            agent=request.headers.get("User-Agent", ""),
            place=place,
        )
    except OperationalError:
        logger.warning("Presence was not written: the database is busy.")


def _place(request: HttpRequest, response: HttpResponse) -> str | None:
    """What is on the screen now: what the view says, "" for a page that says nothing, None if no page."""
    declared: str | None = getattr(request, "place", None)
    if declared is not None:
        return declared
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    return "" if is_page and request.method == "GET" else None
