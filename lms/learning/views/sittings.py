"""The sitting of this browser: which opening of an attempt its answers are filed under.

Opening an attempt, with the start button or by the first look at it after signing in, makes a sitting. It
stays in the session, so that two tabs of one browser share it: among them the later change wins by its
sequence, which they count together. Another browser or a new sign-in is a later sitting, whose answers win
over those of before; and who then comes back to the first browser and opens a page there is later again.
"""

import uuid
from collections.abc import Iterable

from django.http import HttpRequest

from lms.learning.domain import open_sitting
from lms.learning.domain.aloud import open_sittings
from lms.learning.models import Attempt

_SESSION_KEY = "sittings"


def sitting_of(request: HttpRequest, attempt: Attempt) -> int:
    """The number of this browser's sitting, made if there is none or another browser opened a later one."""
    known: dict[str, int] = request.session.get(_SESSION_KEY, {})
    sitting = known.get(str(attempt.pk))
    if sitting is None or sitting < attempt.sittings:
        sitting = open_sitting(attempt=attempt)
        request.session[_SESSION_KEY] = {**known, str(attempt.pk): sitting}
    return sitting


def sittings_of(request: HttpRequest, attempts: Iterable[Attempt]) -> dict[uuid.UUID, int]:
    """``sitting_of`` for several attempts, by attempt; two statements if some need a new one."""
    everybody = list(attempts)
    known: dict[str, int] = request.session.get(_SESSION_KEY, {})
    behind = [each for each in everybody if known.get(str(each.pk), 0) < max(each.sittings, 1)]
    new = open_sittings(attempts=behind)
    if new:
        known = {**known, **{str(pk): sitting for pk, sitting in new.items()}}
        request.session[_SESSION_KEY] = known
    return {attempt.pk: known[str(attempt.pk)] for attempt in everybody}
