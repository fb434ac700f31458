"""Policies about people."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.models import Participant
from lms.ui.policy import Policy


def signed_in(request: HttpRequest) -> Participant | None:
    """The participant who signed in and confirmed the own name, or None."""
    return getattr(request, "participant", None)


def may_see_access_needs(user: Any) -> bool:
    """Whether this member of staff may see and write what helps people to take part."""
    return bool(user.has_perm("people.see_access_needs_participant"))


def signed_out_answer() -> JsonResponse:
    """What a script is told in place of a page: 401, so that it keeps what it has not sent."""
    message = _("You are signed out. What you wrote stays on this computer: sign in again to send it.")
    return JsonResponse({"message": message}, status=401)


def _to_sign_in(request: HttpRequest) -> HttpResponse | None:
    if signed_in(request) is not None:
        return None
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return signed_out_answer()
    query = "?" + urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(reverse("people:sign_in") + query)


PARTICIPANT = Policy("participant", _to_sign_in)
