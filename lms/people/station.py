"""Who sits at this browser: the participant's sign-in, kept in the server's session.

A shared computer is the normal case. Signing out, running out of time and signing in each leave a fresh
session behind; after signing out the browser holds a new anonymous cookie, because a deleted cookie does
not evict pages from the back/forward cache and a changed one does (SECURITY T1).

The idle clock is the server's wall clock. Set forward, it signs people out too early, which is the safe
side; set back, it starts their ten minutes anew.
"""

import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from lms.conf import setting
from lms.people.models import Participant

DEVICE_COOKIE = "bb_device"
_DEVICE_SECONDS = 365 * 24 * 60 * 60
_KEY = "participant"
_LEFT = "left"
# Page views write the session at most this often for the sake of the idle clock (seconds).
_TOUCH_EVERY = 30


class Farewell(StrEnum):
    """Why the last participant is no longer signed in on this browser."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    # Switched off, or given a new PIN.
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that holds. ``mark`` tells one from the next without saying who it is."""

    participant: Participant
    confirmed: bool
    mark: str


def open_session(request: HttpRequest, participant: Participant) -> None:
    """Begin a session after code and PIN were right; the name is still to be confirmed.

    Forms that were open in other tabs lose their CSRF token, so that nothing of the last person is sent
    under the name of the next.
    """
    request.session.flush()
    rotate_token(request)
    request.session[_KEY] = {
        "id": str(participant.pk),
        "serial": participant.pin_serial,
        "confirmed": False,
        "mark": secrets.token_urlsafe(9),
        "seen": time.time(),
    }


def confirm(request: HttpRequest) -> None:
    """The person said "yes, that is me"."""
    entry = request.session.get(_KEY)
    if entry:
        request.session[_KEY] = {**entry, "confirmed": True}


def holds(request: HttpRequest, sign_in: SignIn) -> bool:
    """Whether this sign-in is still the one of this browser, after a view may have ended it."""
    return bool((request.session.get(_KEY) or {}).get("mark") == sign_in.mark)


def stand_at(request: HttpRequest, place: str) -> None:
    """Say what this answer shows, in a word that whoever wants to know it can read again (up to 60 signs)."""
    request.place = place  # type: ignore[attr-defined]


def show_life(request: HttpRequest) -> None:
    """Say that the page is still open, where the answer shows nothing."""
    request.shows_life = True  # type: ignore[attr-defined]


def close_session(request: HttpRequest, farewell: Farewell = Farewell.SIGNED_OUT) -> None:
    """Forget everything of this browser's session and give it a new anonymous one."""
    entry = request.session.get(_KEY) or {}
    request.session.flush()
    request.session[_LEFT] = {"why": farewell.value, "who": entry.get("id")}


def farewell_said(request: HttpRequest) -> Farewell | None:
    """Why the last participant left, told once; None if nobody left or it has been told."""
    left = request.session.get(_LEFT) or {}
    if not left.get("why"):
        return None
    request.session[_LEFT] = {**left, "why": None}
    return Farewell(left["why"])


def was_left_by_another(request: HttpRequest, participant: Participant) -> bool:
    """Whether somebody else used this browser's session before, so that a remembered address is theirs."""
    who = (request.session.get(_LEFT) or {}).get("who")
    return who is not None and who != str(participant.pk)


def current_sign_in(request: HttpRequest) -> SignIn | None:
    """The sign-in of this browser, if it holds. One that was idle for too long, or whose participant was
    switched off or given a new PIN, is closed here; one that staff have signed in over is dropped."""
    entry = request.session.get(_KEY)
    if entry is None:
        return None
    if request.user.is_authenticated:
        del request.session[_KEY]
        return None
    if time.time() - entry["seen"] >= setting("IDLE_SECONDS"):
        close_session(request, Farewell.IDLE)
        return None
    people = Participant.objects.filter(pk=entry["id"], pin_serial=entry["serial"], is_active=True)
    participant = people.select_related("presence").first()
    if participant is None:
        close_session(request, Farewell.ENDED)
        return None
    return SignIn(participant, entry["confirmed"], entry["mark"])


def touch(request: HttpRequest, *, at_once: bool = False) -> None:
    """Somebody is here: start the idle clock anew. Skipped if that was done a moment ago, unless
    ``at_once``; so without JavaScript ten minutes are at least nine and a half."""
    entry: dict[str, Any] | None = request.session.get(_KEY)
    if entry is None:
        return
    now = time.time()
    if at_once or not 0 <= now - entry["seen"] < _TOUCH_EVERY:
        request.session[_KEY] = {**entry, "seen": now}


def device_of(request: HttpRequest) -> str:
    """The opaque name of this browser; empty if it brought none."""
    return request.COOKIES.get(DEVICE_COOKIE, "")


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give this browser a name by which wrong tries are counted. It says nothing about who sits there."""
    if device_of(request):
        return
    response.set_cookie(
        DEVICE_COOKIE,
        secrets.token_urlsafe(16),
        max_age=_DEVICE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
