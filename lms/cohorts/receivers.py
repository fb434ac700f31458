"""News from below: somebody has signed in, perhaps on a device where that counts as being there."""

from typing import Any

from django.dispatch import receiver

from lms.cohorts.domain.attendance_stations import arrive_by_sign_in
from lms.people.models import Participant
from lms.people.signals import participant_arrived


@receiver(participant_arrived, dispatch_uid="cohorts.present_by_sign_in")
def present_by_sign_in(sender: Any, participant: Participant, device: str, **kwargs: Any) -> None:
    arrive_by_sign_in(participant_id=participant.pk, device=device)
