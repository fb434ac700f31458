"""The signed daftar hadir of a meeting, photographed: the paper stays the original."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.models import Meeting, SignedSheet
from lms.uploads import CleanFile, shown_name

MAX_PAGES = 30


def attach_sheets(
    *, meeting: Meeting, pages: Sequence[tuple[str, CleanFile]], user: Any
) -> list[SignedSheet]:
    """Keep pages, each with the name of its file, all or none. Raises ValidationError (``too_many``)."""
    with transaction.atomic():
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        there = SignedSheet.objects.filter(meeting=meeting, removed_at=None).count()
        if there + len(pages) > MAX_PAGES:
            raise ValidationError(
                _("A meeting keeps at most %(most)d pages; %(there)d are there already."),
                code="too_many",
                params={"most": MAX_PAGES, "there": there},
            )
        kept = [_kept(meeting, name, page, user) for name, page in pages]
        log(
            meeting.cohort,
            "cohorts.sheet_added",
            user=user,
            data={"meeting": str(meeting), "pages": len(kept)},
        )
    return kept


def remove_sheet(*, sheet: SignedSheet, reason: str, user: Any) -> None:
    """Take a page away and destroy its file; who, when and why stays. Repeating changes nothing.

    Raises ValidationError (``reason``).
    """
    if not reason.strip():
        raise ValidationError(_("Write why this page is removed."), code="reason")
    with transaction.atomic():
        held = SignedSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if held.removed_at is not None:
            return
        name, storage = str(held.file.name), held.file.storage
        held.removed_at, held.removed_by = timezone.now(), user
        held.removal_reason = reason.strip()[:300]
        held.file = ""
        held.save()
        cohort = sheet.meeting.cohort
        data = {"meeting": str(sheet.meeting), "reason": held.removal_reason}
        log(cohort, "cohorts.sheet_removed", user=user, data=data)
        # Not before it is certain that the row says so.
        transaction.on_commit(lambda: storage.delete(name))


def _kept(meeting: Meeting, name: str, page: CleanFile, user: Any) -> SignedSheet:
    sheet = SignedSheet(
        meeting=meeting,
        content_type=page.content_type,
        size=len(page.content),
        original_name=shown_name(name),
        uploaded_by=user,
    )
    sheet.file.save(f"sheet{page.suffix}", ContentFile(page.content), save=False)
    sheet.save()
    return sheet
