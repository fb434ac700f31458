"""Policies of test pages: who signed out meanwhile comes back to the same place."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lms.people.access import signed_in, signed_out_answer
from lms.ui.policy import Policy


def _to_sign_in_and_back(request: HttpRequest) -> HttpResponse | None:
    if signed_in(request) is not None:
        return None
    return HttpResponseRedirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")


def _say_so(request: HttpRequest) -> HttpResponse | None:
    return None if signed_in(request) is not None else signed_out_answer()


def _who_may_read_files(request: HttpRequest) -> HttpResponse | None:
    """Somebody is known: a participant or staff. Whether it is theirs to read, the view knows."""
    if signed_in(request) is not None or request.user.has_perm("wagtailadmin.access_admin"):
        return None
    return _to_sign_in_and_back(request)


# Every page below answers GET at the address of its form, so a form sent after the session ended leads,
# by way of signing in, back to the question, the review or the lesson that it was sent from.
TEST_TAKER = Policy("participant who comes back to the same page", _to_sign_in_and_back)

# For the script that saves answers: a status and a sentence in place of a page.
TEST_TAKER_SCRIPT = Policy("participant, answered in JSON", _say_so)

# Files of answers and media of questions: for the owner, and for staff with the permission.
FILE_READER = Policy("participant or staff", _who_may_read_files)
