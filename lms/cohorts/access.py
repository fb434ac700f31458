"""The enrolment that a signed-in participant works in."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from lms.cohorts.enums import CohortState
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, allows
from lms.people.access import signed_in

_SESSION_KEY = "enrolment"
_CACHE = "_current_enrolment"
_READING = "_reading_enrolment"
# What a lesson asks of the training and of its course.
_TO_READ = (
    *(f"cohort__{name}" for name in ("state", "pretest_first", "all_lessons_open", "is_simulated")),
    *(f"cohort__course__{name}" for name in ("path", "depth", "translation_key", "order")),
)


def current_enrolment(request: HttpRequest) -> Enrolment | None:
    """The chosen enrolment of the signed-in participant, else the newest; none in a training that is only
    planned. One query a request."""
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _find(request))
    return getattr(request, _CACHE)


def reading_enrolment(request: HttpRequest) -> Enrolment | None:
    """The same enrolment with the few columns that a lesson asks for: half the work, on the page that is
    opened most often. What else is asked of it is loaded then."""
    if hasattr(request, _CACHE):
        return current_enrolment(request)
    if not hasattr(request, _READING):
        own = _own(request)
        if own is not None:
            own = own.select_related("cohort__course").only("participant_id", *_TO_READ)
        setattr(request, _READING, _chosen(request, own))
    return getattr(request, _READING)


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
    own = _own(request)
    related = ("cohort", "cohort__course", "cohort__assessment", "cohort__village")
    return _chosen(request, own.select_related(*related) if own is not None else None)


def _own(request: HttpRequest) -> QuerySet[Enrolment] | None:
    participant = signed_in(request)
    if participant is None:
        return None
    # What is still being prepared is not there for its people.
    seen = [state for state in CohortState if allows(state, Deed.VISIT)]
    return Enrolment.objects.filter(participant_id=participant.pk, cohort__state__in=seen)


def _chosen(request: HttpRequest, own: QuerySet[Enrolment] | None) -> Enrolment | None:
    if own is None:
        return None
    chosen = request.session.get(_SESSION_KEY)
    if chosen:
        found = own.filter(pk=chosen).first()
        if found is not None:
            return found
    return own.order_by("-cohort__starts_on", "-enrolled_at").first()
