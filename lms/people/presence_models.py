"""Where participants are signed in: the newest sign of life of each, and no history of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.enums import DeviceKind


class Device(models.Model):
    """A browser that somebody has signed in on. Its number is what people call it: "Computer 3"."""

    # A hash of the device's cookie: whoever reads the table cannot pass for the device.
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=DeviceKind.choices)
    first_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Presence(models.Model):
    """The newest sign-in of a participant: on which device, and when it last gave a sign of life.

    Overwritten by the next one. ``place`` is what the person looks at, in words of the app that shows it.
    """

    participant = models.OneToOneField(
        "people.Participant", on_delete=models.PROTECT, primary_key=True, related_name="presence"
    )
    # Empty for a browser that keeps no cookie of ours.
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="presences")
    # Tells this sign-in from the next: signing out of an old one does not end the new one.
    mark = models.CharField(max_length=24)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True)
    place_since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_at__gte=models.F("signed_in_at")), name="presence_seen_after_sign_in"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.seen_at}"
