"""The participant's own plan on paper."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.cohorts.access import enrolment_or_404
from lms.cohorts.exports.frame import frame_of
from lms.cohorts.views.papers import pdf_response, size_asked_for
from lms.followup.exports.papers import own_plan_part
from lms.people.access import PARTICIPANT
from lms.press.paper import print_parts
from lms.ui.policy import requires

_logger = logging.getLogger(__name__)


@requires(PARTICIPANT)
@require_GET
def own_plan(request: HttpRequest) -> HttpResponse:
    """The plan as a table, to sign and to hang up at home; an empty form before anything was written."""
    enrolment = enrolment_or_404(request)
    frame = frame_of(enrolment.cohort, "RTL")
    try:
        content = print_parts([own_plan_part(enrolment)], size_asked_for(request), frame=frame)
    except RuntimeError as failure:
        _logger.error("plan of %s: %s", enrolment.pk, failure)
        messages.error(request, _("The file could not be made. Try again, or ask your facilitator."))
        return HttpResponseRedirect(reverse("followup:plan"))
    return pdf_response(content, "rtl.pdf")
