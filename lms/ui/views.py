"""Answers of the interface itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.ui.policy import PUBLIC, requires


@requires(PUBLIC)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or opened before somebody else signed in."""
    return render(request, "403_csrf.html", status=403)
