"""Puts the signed-in participant on the request and keeps every trace of one out of caches."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lms.people import station

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
        if had_session or not request.session.is_empty():
            response["Cache-Control"] = NO_STORE
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Opening a page is a sign of life; a view that only looks (``is_glance``) is not."""
        if not getattr(view, "is_glance", False):
            station.touch(request)
