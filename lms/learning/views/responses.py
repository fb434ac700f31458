"""Answers that several views give: a plain page that says what to do, and the redirect after a form."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.learning.models import Attempt


class SeeOther(HttpResponseRedirect):
    """After a form was sent: go and GET another page."""

    status_code = 303


def plain_page(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    text: str,
    action_url: str,
    action_label: str,
    simulated: bool = False,
) -> HttpResponse:
    """One sentence and one way on."""
    context = {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "simulated": simulated,
    }
    return render(request, "lms/errors/message.html", context, status=status)


def to_dashboard() -> dict[str, str]:
    """The way on for pages that have no better one."""
    return {"action_url": reverse("portal:dashboard"), "action_label": _("Go to my page")}


def not_your_test(request: HttpRequest) -> HttpResponse:
    """404 for an attempt that is not there or not one's own: which of the two is nobody's business."""
    return plain_page(
        request,
        status=404,
        title=_("This test is not here"),
        text=_("The address may be mistyped, or the test belongs to somebody else. Nothing is lost."),
        **to_dashboard(),
    )


def already_submitted(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """409 for a form of a test that was handed in meanwhile, perhaps in another tab."""
    village = attempt.enrolment.cohort.village
    moment = timezone.localtime(attempt.submitted_at, ZoneInfo(village.time_zone))
    text = _("This test was handed in on %(when)s. Your answers up to then are safe.")
    return plain_page(
        request,
        status=409,
        title=_("This test has been handed in"),
        text=text % {"when": date_format(moment, "j F Y, H:i")},
        action_url=reverse("learning:result", args=[attempt.pk]),
        action_label=_("Look at the result"),
        simulated=attempt.enrolment.cohort.is_simulated,
    )
