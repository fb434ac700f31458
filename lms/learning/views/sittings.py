"""The sitting of this browser: which opening of an attempt its answers are filed under.

Opening an attempt, with the start button or by the first look at it after signing in, makes a sitting. It
stays in the session, so that two tabs of one browser share it: among them the later change wins by its
sequence. Another browser or a new sign-in is a later sitting, whose answers win over those of before.
"""

from django.http import HttpRequest

from lms.learning.domain import open_sitting
from lms.learning.models import Attempt

_SESSION_KEY = "sittings"


def sitting_of(request: HttpRequest, attempt: Attempt) -> int:
    """The number of this browser's sitting, made if there is none."""
    known: dict[str, int] = request.session.get(_SESSION_KEY, {})
    sitting = known.get(str(attempt.pk))
    if sitting is None:
        sitting = open_sitting(attempt=attempt)
        request.session[_SESSION_KEY] = {**known, str(attempt.pk): sitting}
    return sitting
