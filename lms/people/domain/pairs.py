"""What was decided about people who are alike: these are two."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.people.models import NotSamePerson, Participant


def say_not_same(*, people: tuple[Participant, Participant], user: Any) -> None:
    """Remember that these are two people, so that nobody is asked again. Repeating changes nothing.

    Raises ValidationError (``pair``) unless they are two people of one organisation, neither merged away.
    """
    one, other = sorted(people, key=lambda person: person.pk)
    fits = one.pk != other.pk and one.organisation_id == other.organisation_id
    if not fits or one.merged_into_id or other.merged_into_id:
        raise ValidationError(_("Choose two different participants."), "pair")
    with transaction.atomic():
        _pair, is_new = NotSamePerson.objects.get_or_create(one=one, other=other, defaults={"said_by": user})
        if is_new:
            _log(one, other, "people.not_same", user)


def take_back_not_same(*, people: tuple[Participant, Participant], user: Any) -> None:
    """Ask about these two again. Repeating changes nothing; the log keeps who said what."""
    one, other = sorted(people, key=lambda person: person.pk)
    with transaction.atomic():
        gone, _detail = NotSamePerson.objects.filter(one=one, other=other).delete()
        if gone:
            _log(one, other, "people.not_same_undone", user)


def _log(one: Participant, other: Participant, action: str, user: Any) -> None:
    log(one, action, user=user, data={"other": str(other.pk)})
    log(other, action, user=user, data={"other": str(one.pk)})
