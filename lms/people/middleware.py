"""Puts the signed-in participant on the request and keeps every trace of one out of caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from lms.people import station
from lms.people.models import Participant

NO_STORE = "no-cache, no-store, must-revalidate, private, max-age=0"


class ParticipantMiddleware:
    """Sets ``request.participant`` (confirmed) and ``request.participant_to_confirm``, each may be None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        entry = station.session_entry(request)
        person: Participant | None = (
            SimpleLazyObject(lambda: station.participant_in(entry)) if entry else None  # type: ignore[assignment]
        )
        confirmed = bool(entry and entry["confirmed"])
        request.participant = person if confirmed else None  # type: ignore[attr-defined]
        request.participant_to_confirm = None if confirmed else person  # type: ignore[attr-defined]
        response = self.get_response(request)
        if entry is not None or request.user.is_authenticated:
            response["Cache-Control"] = NO_STORE
        patch_vary_headers(response, ["Cookie"])
        return response
