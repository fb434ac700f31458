"""What surrounds an attendance: its history, codes, registered devices, signed sheets and counts."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.storage import private_files
from lms.cohorts.enums import AttendanceStatus, CountSource, Means
from lms.cohorts.models.people import Attendance
from lms.cohorts.models.training import Cohort, Meeting
from lms.ids import new_id
from lms.people.models import Device

_STATUS = {"max_length": 10, "choices": AttendanceStatus.choices}


def _staff(**more: object) -> models.ForeignKey:
    """A member of staff who did something; stays named."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", **more
    )


class AttendanceEvent(models.Model):
    """One change of an attendance, as it stood afterwards. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="events")
    # Empty at first.
    from_status = models.CharField(blank=True, **_STATUS)
    to_status = models.CharField(**_STATUS)
    means = models.CharField(max_length=8, choices=Means.choices)
    arrived_at = models.DateTimeField(null=True, blank=True)
    thumbprint = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    # Asked for when a status is corrected after the day of the meeting.
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = _staff()

    class Meta:
        verbose_name = _("change of attendance")
        verbose_name_plural = _("changes of attendance")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.from_status}>{self.to_status}"


class AttendanceCode(models.Model):
    """An opening of "present with a code" for a meeting. The digits follow from ``secret``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="codes")
    secret = models.CharField(max_length=64)
    # A new code each minute; else one code until it is closed.
    rotates = models.BooleanField(_("a new code each minute"), default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = _staff()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = _staff()

    class Meta:
        verbose_name = _("attendance code")
        verbose_name_plural = _("attendance codes")
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(closed_at__isnull=True),
                name="attendance_code_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.opened_at:%Y-%m-%d %H:%M}"


class CodeTries(models.Model):
    """How often somebody typed a wrong code lately. Of the person, not of a meeting: a new code brings no new
    tries. The key is a participant's, without a foreign key: a mistyped code is no record that keeps anybody.
    """

    participant = models.UUIDField(primary_key=True, editable=False)
    wrong = models.PositiveSmallIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tries at an attendance code")
        verbose_name_plural = _("tries at attendance codes")

    def __str__(self) -> str:
        return f"{self.participant} {self.wrong}"


class Station(models.Model):
    """A browser on which signing in counts as present, where a meeting says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="stations")
    name = models.CharField(_("name of the device"), max_length=60)
    # The browser as signing in numbers it. Empty only for one that was removed before it had a number.
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, editable=False, related_name="stations"
    )
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = _staff()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registered device")
        verbose_name_plural = _("registered devices")
        ordering = ["name", "registered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "device"],
                condition=models.Q(removed_at__isnull=True),
                name="station_device_once",
            ),
            models.CheckConstraint(
                condition=models.Q(device__isnull=False) | models.Q(removed_at__isnull=False),
                name="station_that_counts_has_device",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def sheet_path(record: "SignedSheet", filename: str) -> str:
    """A name that tells nothing about training or people."""
    return f"attendance/{uuid.uuid4().hex}{Path(filename).suffix.lower()}"


class SignedSheet(models.Model):
    """One page of the signed *daftar hadir*: a photo, or a PDF. Removing it takes the file, not the trace."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sheets")
    file = models.FileField(upload_to=sheet_path, storage=private_files, blank=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    original_name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = _staff()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = _staff()
    removal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")
        ordering = ["uploaded_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)


def _count(label: Any) -> models.PositiveSmallIntegerField:
    """A number of people, or nothing if they were not counted."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(9_999)]
    )


class MeetingCounts(models.Model):
    """Who was there in numbers, for reports and inclusion (never names). Empty means: not counted.

    ``female`` and ``male`` are enrolled people; those of "others" were there without being enrolled. The
    groups below are counted among all of them. Elders are 60 and over (UU 13/1998 Ps 1), youth 16 to 30
    (UU 40/2009 Ps 1).
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="counts")
    female = _count(_("women, enrolled"))
    male = _count(_("men, enrolled"))
    other_female = _count(_("women, not enrolled"))
    other_male = _count(_("men, not enrolled"))
    elders = _count(_("elders (60 and over)"))
    youth = _count(_("youth (16 to 30)"))
    disability = _count(_("persons with disabilities"))
    poor = _count(_("poor households"))
    customary = _count(_("customary community"))
    source = models.CharField(
        _("source"), max_length=8, choices=CountSource.choices, default=CountSource.ROSTER
    )
    note = models.CharField(_("note on the source"), max_length=300, blank=True)
    counted_at = models.DateTimeField(default=timezone.now)
    counted_by = _staff()

    class Meta:
        verbose_name = _("counts of a meeting")
        verbose_name_plural = _("counts of meetings")

    def __str__(self) -> str:
        return str(self.meeting_id)
