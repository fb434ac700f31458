"""The enrolment that a signed-in participant works in."""

from django.http import Http404, HttpRequest

from lms.cohorts.models import Enrolment
from lms.people.access import signed_in

_SESSION_KEY = "enrolment"
_CACHE = "_current_enrolment"


def current_enrolment(request: HttpRequest) -> Enrolment | None:
    """The chosen enrolment of the signed-in participant, else the newest. One query a request."""
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _find(request))
    return getattr(request, _CACHE)


def enrolment_or_404(request: HttpRequest) -> Enrolment:
    """Like ``current_enrolment``, for views that make no sense without one. Raises Http404."""
    enrolment = current_enrolment(request)
    if enrolment is None:
        raise Http404
    return enrolment


def choose_enrolment(request: HttpRequest, enrolment: Enrolment) -> None:
    """Remember the enrolment to work in, for people who are in several cohorts."""
    request.session[_SESSION_KEY] = str(enrolment.pk)
    setattr(request, _CACHE, enrolment)


def _find(request: HttpRequest) -> Enrolment | None:
    participant = signed_in(request)
    if participant is None:
        return None
    own = Enrolment.objects.filter(participant_id=participant.pk).select_related("cohort", "cohort__course")
    chosen = request.session.get(_SESSION_KEY)
    if chosen:
        found = own.filter(pk=chosen).first()
        if found is not None:
            return found
    return own.order_by("-cohort__starts_on", "-enrolled_at").first()
