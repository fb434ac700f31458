"""The participant's own page: what comes next, how far the training has come, what is still missing; and
the search, which visitors use too."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from lms.cohorts.access import choose_enrolment, current_enrolment
from lms.cohorts.queries.codes import own_day
from lms.people.access import PARTICIPANT
from lms.portal.reports import dashboard_of, own_enrolments, planned_enrolments
from lms.portal.search import LONGEST, search
from lms.ui.policy import PUBLIC, requires


@requires(PARTICIPANT)
def dashboard(request: HttpRequest) -> HttpResponse:
    """The page of the chosen training; a plain page for somebody who is enrolled nowhere, or only where
    nothing is open yet."""
    enrolment = current_enrolment(request)
    if enrolment is None:
        participant = request.participant  # type: ignore[attr-defined]
        waiting = planned_enrolments(participant.pk)
        page = "portal/not_open.html" if waiting else "portal/not_enrolled.html"
        return render(request, page, {"waiting": waiting})
    own = own_enrolments(enrolment.participant_id)
    context = {
        "dashboard": dashboard_of(enrolment),
        "others": [other for other in own if other.pk != enrolment.pk],
        "day": own_day(enrolment),
        "simulated": enrolment.cohort.is_simulated,
    }
    return render(request, "portal/dashboard.html", context)


@requires(PARTICIPANT)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another of the own trainings. 404 for one that is not the own."""
    try:
        chosen = uuid.UUID(request.POST.get("enrolment", ""))
    except ValueError:
        raise Http404 from None
    participant = request.participant  # type: ignore[attr-defined]
    enrolment = next((own for own in own_enrolments(participant.pk) if own.pk == chosen), None)
    if enrolment is None:
        raise Http404
    choose_enrolment(request, enrolment)
    response = redirect("portal:dashboard")
    response.status_code = 303
    return response


@requires(PUBLIC)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search lessons, modules, words and documents. What is not open to the reader yet is only named."""
    answer = search(request=request, query=request.GET.get("q", ""), number=request.GET.get("halaman", "1"))
    return render(request, "portal/search.html", {"answer": answer, "longest": LONGEST})
