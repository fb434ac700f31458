"""Files of an answer and media of questions: sent only to whom they concern, as what they are."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.models import QuestionMedia
from lms.cohorts.models import Enrolment
from lms.learning.access import FILE_READER, TEST_TAKER_SCRIPT
from lms.learning.domain import attach_file
from lms.learning.models import ResponseFile
from lms.learning.queries import item_for_participant, media_was_shown
from lms.people.access import signed_in
from lms.ui.policy import requires

# Whatever a file holds, a browser that opens it runs nothing and loads nothing.
_SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


@requires(TEST_TAKER_SCRIPT)
@require_POST
def attach(request: HttpRequest, attempt_id: uuid.UUID, position: int) -> JsonResponse:
    """Take in one file for a task. It counts once an answer names it; the script sends that answer next."""
    item = item_for_participant(
        participant_id=request.participant.pk,  # type: ignore[attr-defined]
        attempt_id=attempt_id,
        position=position,
    )
    if item is None:
        return JsonResponse({"message": _("This test is not yours, or it is not here.")}, status=404)
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"message": _("Choose a photo or PDF first.")}, status=400)
    try:
        kept = attach_file(item=item, upload=upload)
    except ValidationError as refusal:
        status = 409 if refusal.code == "closed" else 400
        return JsonResponse({"message": refusal.messages[0]}, status=status)
    return JsonResponse({"id": str(kept.pk), "name": kept.original_name})


@requires(FILE_READER)
@require_safe
def file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """A file that was handed in: for its owner, and for staff who may see attempts of that training."""
    own = ResponseFile.objects.filter(pk=file_id)
    participant = signed_in(request)
    if participant is not None:
        found = own.filter(attempt__enrolment__participant_id=participant.pk).first()
    elif _is_staff_with(request, "learning.view_attempt"):
        seen = Enrolment.objects.visible_to(request.user)
        found = own.filter(attempt__enrolment__in=seen).first()
    else:
        found = None
    if found is None:
        raise Http404
    return _send(found.file, found.content_type, found.original_name or str(found.pk))


@requires(FILE_READER)
@require_safe
def media(request: HttpRequest, media_id: uuid.UUID) -> HttpResponse:
    """A picture or recording of a question: for who is shown it, and for staff who may see questions."""
    found = QuestionMedia.objects.filter(pk=media_id).first()
    participant = signed_in(request)
    if found is None:
        raise Http404
    if participant is not None:
        allowed = media_was_shown(media=found, participant_id=participant.pk)
    else:
        # Who reads questions aloud shows their pictures, too.
        needed = ("assessments.view_question", "learning.enter_attempt")
        allowed = any(_is_staff_with(request, permission) for permission in needed)
    if not allowed:
        raise Http404
    return _send(found.file, found.content_type, "")


def _is_staff_with(request: HttpRequest, permission: str) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin") and request.user.has_perm(permission)


def _send(stored: Any, content_type: str, name: str) -> HttpResponse:
    try:
        content = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    attachment = not content_type.startswith(("image/", "audio/"))
    response = FileResponse(content, content_type=content_type, as_attachment=attachment, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response
