"""Cards with new PINs."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from lms.cohorts.models import Cohort
from lms.people.domain import issue_pin, sign_in
from lms.people.models import Participant, RecordLogEntry
from tests.factories import EnrolmentFactory
from tests.lms.cohorts.pages import page, pins_on

pytestmark = pytest.mark.django_db


def choose(client: Client, cohort: Cohort, *people: Participant, **changes: str) -> Any:
    state = client.get(page("cards", cohort)).context["state"]
    fields = {"participants": [str(p.pk) for p in people], "address": "192.168.1.5/masuk/", "state": state}
    return client.post(page("cards", cohort), {**fields, **changes})


def test_cards_show_new_pins_once_and_old_pins_end(organiser: Client, cohort: Cohort) -> None:
    person = EnrolmentFactory(cohort=cohort).participant
    other = EnrolmentFactory(cohort=cohort).participant
    old = issue_pin(participant=person)

    response = choose(organiser, cohort, person)

    [pin] = pins_on(response)
    assert "no-store" in response["Cache-Control"]
    body = response.content.decode()
    assert person.code in body
    assert "192.168.1.5/masuk/" in body
    assert other.code not in body
    assert sign_in(code=person.code, pin=pin, device="laptop") == person
    if old != pin:
        with pytest.raises(ValidationError):
            sign_in(code=person.code, pin=old, device="laptop")
    assert pin not in organiser.get(page("cards", cohort)).content.decode()
    assert RecordLogEntry.objects.filter(action="people.pin_issued", object_id=str(person.pk)).count() == 1


def test_a_repeated_request_does_not_make_printed_cards_worthless(organiser: Client, cohort: Cohort) -> None:
    person = EnrolmentFactory(cohort=cohort).participant
    state = organiser.get(page("cards", cohort)).context["state"]
    [pin] = pins_on(choose(organiser, cohort, person))

    repeated = choose(organiser, cohort, person, state=state)

    assert pins_on(repeated) == []
    assert repeated.context["form"].non_field_errors()
    assert sign_in(code=person.code, pin=pin, device="laptop") == person


def test_those_who_never_signed_in_are_ticked_first(organiser: Client, cohort: Cohort) -> None:
    fresh, old = EnrolmentFactory(cohort=cohort).participant, EnrolmentFactory(cohort=cohort).participant
    Participant.objects.filter(pk=old.pk).update(last_signed_in_at=cohort.created_at)
    away = EnrolmentFactory(cohort=cohort).participant
    Participant.objects.filter(pk=away.pk).update(is_active=False)

    def ticked(**query: str) -> dict[Any, bool]:
        rows = organiser.get(page("cards", cohort), query).context["rows"]
        return {row["person"].pk: row["is_ticked"] for row in rows}

    assert ticked() == {fresh.pk: True, old.pk: False}
    assert ticked(who="all") == {fresh.pk: True, old.pk: True}


def test_cards_for_nobody_and_for_strangers_are_refused(organiser: Client, cohort: Cohort) -> None:
    EnrolmentFactory(cohort=cohort)
    stranger = EnrolmentFactory().participant
    for people in ([], [stranger]):
        response = choose(organiser, cohort, *people)
        assert "participants" in response.context["form"].errors
    stranger.refresh_from_db()
    assert stranger.pin_serial == 0
