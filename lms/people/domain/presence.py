"""Who is signed in on which device, and what is on the screen there.

A comfort for who runs the day, so it costs little: one statement when somebody goes to another page, else
one in half a minute, none for what merely repeats.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.people.enums import DeviceKind
from lms.people.models import Device, Participant, Presence

# A sign of life that changes nothing else is written at most this often.
WRITE_EVERY = timedelta(seconds=30)


def note_presence(
    *, participant: Participant, mark: str, device: str, agent: str, place: str | None = None
) -> bool:
    """Write down that somebody is here. Returns whether that was news worth a write.

    ``mark`` names the sign-in, ``device`` the browser (empty if it has no name), ``agent`` is what it calls
    itself. ``place`` is what is on the screen now; None for a mere sign of life, which begins no presence:
    of two browsers with one person the one where a page was opened last counts. Needs
    ``participant.presence`` as it was read with this request.
    """
    known: Presence | None = getattr(participant, "presence", None)
    now = timezone.now()
    if known is None or known.mark != mark or known.ended_at is not None:
        if place is not None:
            _arrive(participant, mark=mark, device=device_named(device, agent), place=place)
        return place is not None
    fields: dict[str, object] = {"seen_at": max(now, known.signed_in_at)}
    if place is not None and place != known.place:
        fields |= {"place": place, "place_since": now}
    elif timedelta(0) <= now - known.seen_at < WRITE_EVERY:
        return False
    # Of this sign-in only: another browser may have written since it was read.
    Presence.objects.filter(pk=participant.pk, mark=mark).update(**fields)
    return True


def leave(*, participant: Participant, mark: str) -> None:
    """Somebody has signed out. An older sign-in that ends leaves the newest one as it is."""
    there = Presence.objects.filter(pk=participant.pk, mark=mark, ended_at=None)
    there.update(ended_at=timezone.now())


def join_presences(*, kept: Participant, merged: Participant, take_card: bool) -> None:
    """Two records become one: the newer sign of life is the person's, the older one is overwritten, as by any
    newer one. Sign-ins of ``merged`` are over; with its card (``take_card``) those of ``kept``, too."""
    over = [kept.pk, merged.pk] if take_card else [merged.pk]
    Presence.objects.filter(pk__in=over, ended_at=None).update(ended_at=timezone.now())
    signs = Presence.objects.in_bulk([kept.pk, merged.pk])
    mine, theirs = signs.get(kept.pk), signs.get(merged.pk)
    if theirs is None:
        return
    if mine is not None and mine.seen_at >= theirs.seen_at:
        theirs.delete()
        return
    if mine is not None:
        mine.delete()
    Presence.objects.filter(pk=merged.pk).update(participant=kept)


def known_device(name: str) -> Device | None:
    """The device that a browser's name belongs to, if somebody has signed in on it before."""
    return Device.objects.filter(key=device_key(name)).first() if name else None


def _arrive(participant: Participant, *, mark: str, device: Device | None, place: str) -> None:
    now = timezone.now()
    fields = {
        "device": device,
        "mark": mark,
        "signed_in_at": now,
        "seen_at": now,
        "place": place,
        "place_since": now,
        "ended_at": None,
    }
    with transaction.atomic():
        # Held first: a merge holds people before it hands over their presence. Who was merged meanwhile is
        # signed out with the next page.
        people = Participant.objects.select_for_update(of=("self",), no_key=True)
        if people.filter(pk=participant.pk, merged_into=None).values_list("pk").first() is None:
            return
        # One statement, whether there was a row or not, so that two pages at once do not meet.
        Presence.objects.bulk_create(
            [Presence(participant=participant, **fields)],
            update_conflicts=True,
            unique_fields=["participant"],
            update_fields=list(fields),
        )


def device_named(name: str, agent: str) -> Device | None:
    """The device of a browser, with the next number if it is new; None for a browser without a name.

    ``agent`` is what the browser calls itself; it may say what it likes.
    """
    if not name:
        return None
    is_phone = "Mobi" in agent or "Android" in agent
    kind = DeviceKind.PHONE if is_phone else DeviceKind.COMPUTER
    return Device.objects.get_or_create(key=device_key(name), defaults={"kind": kind})[0]


def device_key(name: str) -> str:
    """What a device is found by: a hash of its browser's opaque name."""
    return hashlib.sha256(f"presence:{name}".encode("utf-8", "replace")).hexdigest()
