"""Files that are handed in as an answer; ``lms.uploads`` opens and cleans them first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from lms.learning.models import AttemptItem, PaperSheet, ResponseFile
from lms.uploads import CleanFile, shown_name, taken_in

# What was taken back stays as evidence, so more are kept than an answer may name.
MAX_KEPT = 20


def attach_file(*, item: AttemptItem, upload: Any) -> ResponseFile:
    """Keep a photo or PDF for a task. It is part of the answer once an answer names it.

    A photo is drawn anew, at most 2048 pixels long: what the camera wrote beside it (place, time, device)
    is gone. Raises ValidationError with the code ``file`` (not a photo or PDF, too large), ``too_many`` or
    ``closed``.
    """
    clean = taken_in(upload)
    with transaction.atomic():
        held = AttemptItem.objects.select_for_update(of=("self",)).select_related("attempt").get(pk=item.pk)
        if held.attempt.submitted_at is not None:
            raise ValidationError(
                _("This test has been handed in. Your answers up to then are safe."), "closed"
            )
        if held.files.count() >= MAX_KEPT:
            raise ValidationError(_("No more files can be added to this task."), "too_many")
        return _keep(ResponseFile(attempt_id=held.attempt_id, item=held), clean, upload.name)


def attach_sheet(*, sheet: PaperSheet, upload: Any) -> ResponseFile:
    """Keep the photo of a whole paper sheet, before or after its answers are filed.

    Raises ValidationError (``file``, ``too_many``).
    """
    clean = taken_in(upload)
    with transaction.atomic():
        held = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if held.photos.count() >= MAX_KEPT:
            raise ValidationError(_("No more photos can be added to this sheet."), "too_many")
        return _keep(ResponseFile(sheet=held, attempt_id=held.attempt_id), clean, upload.name)


def _keep(record: ResponseFile, clean: CleanFile, name: str) -> ResponseFile:
    record.content_type, record.size = clean.content_type, len(clean.content)
    record.original_name = shown_name(name)
    record.file.save(f"file{clean.suffix}", ContentFile(clean.content), save=False)
    record.save()
    return record
