"""Who sits at this browser: the participant's sign-in, kept in the server's session.

A shared computer is the normal case. Signing out, running out of time and signing in each leave a fresh
session behind; after signing out the browser holds a new anonymous cookie, because a deleted cookie does
not evict pages from the back/forward cache and a changed one does (SECURITY T1).
"""

import time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms.conf import setting
from lms.people.models import Participant

_KEY = "participant"
# The session is written at most this often for the sake of the idle clock (seconds).
_TOUCH_EVERY = 60


def open_session(request: HttpRequest, participant: Participant) -> None:
    """Begin a session after code and PIN were right; the name is still to be confirmed."""
    request.session.flush()
    request.session[_KEY] = {
        "id": str(participant.pk),
        "serial": participant.pin_serial,
        "confirmed": False,
        "seen": int(time.time()),
    }
    Participant.objects.filter(pk=participant.pk).update(last_signed_in_at=timezone.now())


def confirm(request: HttpRequest) -> None:
    """The person said "yes, that is me"."""
    entry = request.session.get(_KEY)
    if entry:
        request.session[_KEY] = {**entry, "confirmed": True}


def close_session(request: HttpRequest) -> None:
    """Forget everything of this browser's session and give it a new anonymous one."""
    request.session.flush()
    request.session["anonymous"] = True


def session_entry(request: HttpRequest) -> dict[str, Any] | None:
    """The sign-in of this session; None if there is none or it was idle for too long."""
    entry = request.session.get(_KEY)
    if entry is None:
        return None
    idle = time.time() - entry["seen"]
    if idle > setting("IDLE_SECONDS"):
        close_session(request)
        return None
    if idle >= _TOUCH_EVERY:
        entry = {**entry, "seen": int(time.time())}
        request.session[_KEY] = entry
    return entry


def participant_in(entry: dict[str, Any] | None) -> Participant | None:
    """The participant of a session entry, unless switched off or given a new PIN since."""
    if entry is None:
        return None
    return Participant.objects.filter(pk=entry["id"], pin_serial=entry["serial"], is_active=True).first()
