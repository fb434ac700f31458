"""Answers of the interface itself."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from lms.ui.policy import PUBLIC, requires


@requires(PUBLIC)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or opened before somebody else signed in."""
    return render(request, "403_csrf.html", status=403)


@requires(PUBLIC)
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A picture of a lesson, in a size that Wagtail made for a page. No other media file is sent: originals
    and documents lie in other folders."""
    return serve(request, name, document_root=Path(settings.MEDIA_ROOT) / "images")
