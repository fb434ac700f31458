"""Policies about people."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lms.people.models import Participant
from lms.ui.policy import Policy


def _to_sign_in(request: HttpRequest) -> HttpResponse | None:
    if signed_in(request) is not None:
        return None
    query = urlencode({"next": request.path}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse('people:sign_in')}?{query}".rstrip("?"))


def signed_in(request: HttpRequest) -> Participant | None:
    """The participant who signed in and confirmed the own name, or None."""
    person = getattr(request, "participant", None)
    return person if person else None


PARTICIPANT = Policy("participant", _to_sign_in)
