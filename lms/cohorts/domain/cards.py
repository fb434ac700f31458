"""Hand out cards with code and PIN."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.cohorts.models import Cohort
from lms.cohorts.queries import pin_state
from lms.cohorts.stages import Deed, require_stage
from lms.people.domain import issue_pin
from lms.people.models import Participant


@dataclass(frozen=True, slots=True)
class Card:
    """What a participant is handed: the only place where a PIN can be read."""

    participant: Participant
    pin: str


def issue_cards(
    *, cohort: Cohort, participants: Iterable[Participant], issued_by: Any, state: str
) -> list[Card]:
    """Give each of these people a new PIN; the old ones end. All or nothing, each one logged.

    ``state`` is the ``pin_state`` that the member of staff saw. Raises ValidationError: ``stale`` if PINs
    have changed since: a repeated request would make the cards worthless that were printed a moment ago;
    ``stage``.
    """
    cards = []
    with transaction.atomic():
        # Two requests at once: the second waits here, and finds the state changed.
        require_stage(Cohort.objects.select_for_update().get(pk=cohort.pk), Deed.CARDS)
        if pin_state(cohort) != state:
            raise ValidationError(
                _(
                    "PINs have changed since you opened this page; perhaps the cards are already printed. "
                    "Nothing was changed now. Press the button again if you need new cards."
                ),
                code="stale",
            )
        for participant in participants:
            cards.append(Card(participant, issue_pin(participant=participant)))
            log(participant, "people.pin_issued", user=issued_by)
    return cards
