"""What may be done with the named list of a count: keep it, a year by default, open it, erase it."""

import logging
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.deliberations.models import Census, NameList
from lms.uploads import CleanFile

_logger = logging.getLogger(__name__)
# UU 27/2022 Ps 27-28: kept for the purpose only. A year is DOMAIN's default for what is restricted.
KEPT_FOR = timedelta(days=365)
LONGEST = timedelta(days=2 * 365)


def keep_names(*, census: Census, file: CleanFile, erase_on: date, user: Any) -> NameList:
    """Keep the filled-in form with names until ``erase_on``.

    Raises ValidationError (``erase_on``) for a day that is not after today or more than two years away.
    """
    today = today_of(census)
    if not today < erase_on <= today + LONGEST:
        raise ValidationError(
            _("Choose a day after today and at most two years from now on which the names are erased."),
            "erase_on",
        )
    with transaction.atomic():
        names = NameList(census=census, content_type=file.content_type, erase_on=erase_on, uploaded_by=user)
        names.file.save(f"daftar{file.suffix}", ContentFile(file.content), save=False)
        names.save()
        log(census, "deliberations.names_kept", user=user, data={"erase_on": erase_on.isoformat()})
        return names


def open_names(*, names: NameList, user: Any) -> None:
    """Note who looks at names: somebody may ask."""
    log(names.census, "deliberations.names_opened", user=user)


def erase_names(*, names: NameList, user: Any = None) -> bool:
    """Erase a named list; the counts stay, and that there was a list. False if it was erased before.

    ``user`` is empty when its day has come and nobody had to ask.
    """
    with transaction.atomic():
        held = NameList.objects.select_for_update().select_related("census").get(pk=names.pk)
        if held.erased_at is not None:
            return False
        storage, name = held.file.storage, held.file.name
        held.file, held.content_type, held.erased_at = "", "", timezone.now()
        held.save(update_fields=["file", "content_type", "erased_at"])
        log(held.census, "deliberations.names_erased", user=user)
        # Before the commit: a row that says "erased" beside a file that is there would be a lie; a row
        # whose file is gone is erased by the next try.
        if name:
            storage.delete(name)
        return True


def erase_due_names() -> int:
    """Erase every named list whose day has come in its village. Returns how many.

    A file that cannot be removed now keeps no other from being erased; the next run tries it again.
    """
    due = NameList.objects.filter(erased_at__isnull=True).select_related("census__village")
    erased = 0
    for each in due:
        if each.erase_on > today_of(each.census):
            continue
        try:
            erased += erase_names(names=each)
        except OSError:
            _logger.exception("The list with names %s could not be erased.", each.pk)
    return erased


def today_of(census: Census) -> date:
    """The day as the calendar in the village shows it."""
    return timezone.localdate(timezone.now(), ZoneInfo(census.village.time_zone))
