"""Letting a participant in."""

import math
from typing import Any

from django.contrib.auth.hashers import get_hasher, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.log_actions import log

from lms.people.domain import budgets
from lms.people.domain.codes import normalise_code, normalise_pin
from lms.people.domain.registration import PIN_HASHER
from lms.people.models import Participant


def sign_in(*, code: str, pin: str, device: str) -> Participant:
    """The active participant to whom code and PIN belong.

    ``device`` is an opaque name of the browser; browsers without one share a budget.
    Raises ValidationError "wrong" (unknown code, wrong PIN, no PIN yet or switched off: all alike, at the
    price of one hash computation each) or "too_many" with ``params["minutes"]`` to wait; then nothing
    is computed, and the right PIN does not help either. "merged": both are right, but belong to a record that
    was merged into another. Only who holds that card learns so; it is no second way in, for two codes with a
    PIN each would give whoever guesses twice the tries at one person.

    Budgets: person, device, installation (``lms.conf``). There is none per training: an unknown code
    belongs to no training, so such a budget would answer differently for codes that exist, and a class
    of forty beginners would lock itself out of its own training.
    """
    code, pin = normalise_code(code), normalise_pin(pin)
    try:
        tries = budgets.take_try(code=code, device=device)
    except budgets.BudgetSpentError as spent:
        raise _too_many(math.ceil(spent.wait.total_seconds() / 60)) from None
    may_answer = Q(is_active=True) | Q(merged_into__is_active=True)
    known = Participant.objects.filter(may_answer, code=code).exclude(pin_hash="")
    participant: Participant | None = known.first()
    if not _is_right(pin, participant) or participant is None:
        budgets.try_was_wrong(tries)
        raise ValidationError(
            _("Code and PIN do not match. Check both on your card, or ask the trainer for help."),
            code="wrong",
        )
    budgets.try_was_right(tries)
    if participant.merged_into_id is not None:
        raise ValidationError(
            _(
                "This card is no longer used, because you had two. Use your other card; everything is kept "
                "there. If you do not have it, ask the trainer for a new one."
            ),
            code="merged",
        )
    participant.last_signed_in_at = timezone.now()
    participant.save(update_fields=["last_signed_in_at"])
    return participant


def unlock(*, participant: Participant, actor: Any) -> None:
    """Let somebody who typed a wrong PIN too often try again at once, with the PIN that is known. Logged.

    Gives back the budget of the person only: what protects a computer and the installation stays spent.
    """
    with transaction.atomic():
        budgets.forget_person(participant.code)
        log(participant, "people.unlocked", user=actor)


def _is_right(pin: str, participant: Participant | None) -> bool:
    if participant is None:
        make_password(pin, hasher=PIN_HASHER)
        return False
    return bool(get_hasher(PIN_HASHER).verify(pin, participant.pin_hash))


def _too_many(minutes: int) -> ValidationError:
    return ValidationError(
        ngettext_lazy(
            "Too many wrong tries. Try again in %(minutes)d minute, or ask the trainer for a new PIN.",
            "Too many wrong tries. Try again in %(minutes)d minutes, or ask the trainer for a new PIN.",
            "minutes",
        ),
        code="too_many",
        params={"minutes": minutes},
    )
