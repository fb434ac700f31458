"""Watching the class in the admin: who gets in, what is shown and sent, and what one tap does."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import start_attempt
from lms.learning.models import Attempt, AttemptRecord
from lms.people.domain import issue_pin, sign_in, wrong_tries
from lms.people.domain.budgets import take_try, try_was_wrong
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import Organisation, Participant, Presence, RecordLogEntry
from tests.factories import EnrolmentFactory, OrganisationFactory, make_staff
from tests.helpers import grant, sign_in_as
from tests.lms.learning.answers import answer, hand_in, right
from tests.lms.learning.training import begun_ago

pytestmark = pytest.mark.django_db
Staff = Callable[..., Client]


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort(enrolment: Enrolment) -> Cohort:
    return enrolment.cohort


@pytest.fixture
def staff(cohort: Cohort) -> Staff:
    """A browser of somebody with a role in an organisation, the cohort's own unless given."""

    def enter(role: str, organisation: Organisation | None = None, *permissions: str) -> Client:
        set_up_roles()
        user = make_staff(f"u-{uuid.uuid4().hex[:6]}", organisation=organisation or cohort.organisation)
        user.groups.add(*Group.objects.filter(name=role))
        grant(user, *permissions)
        client = Client()
        client.force_login(user)
        return client

    return enter


def page_of(cohort: Cohort) -> str:
    return reverse("learning_live:page", args=[cohort.pk])


def news_of(cohort: Cohort) -> str:
    return reverse("learning_live:news", args=[cohort.pk])


def door_of(enrolment: Enrolment, name: str) -> str:
    return reverse(f"learning_live:{name}", args=[enrolment.cohort_id, enrolment.pk])


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def versions_in(page: str) -> dict[str, str]:
    """What the script would send after reading this page."""
    cards = re.findall(r'data-card data-version="(\w+)"', page)
    (version,) = re.findall(r'data-live .*?data-version="(\w+)"', page)
    (head,) = re.findall(r'data-head="(\w+)"', page)
    return {"v": version, "have": "".join([head, *cards])}


def lock_out(person: Participant) -> None:
    for _time in range(5):
        try_was_wrong(take_try(code=person.code, device=uuid.uuid4().hex))


# ------------------------------------------------------------------ who gets in


@pytest.mark.parametrize("role", [ORGANISER, TRAINER])
def test_the_page_is_a_button_on_the_training(cohort: Cohort, staff: Staff, role: str) -> None:
    assert page_of(cohort) in text_of(staff(role).get(reverse("cohort:hub", args=[cohort.pk])))


@pytest.mark.parametrize("role", [ORGANISER, TRAINER])
def test_staff_of_another_organisation_find_nothing(enrolment: Enrolment, staff: Staff, role: str) -> None:
    client = staff(role, OrganisationFactory())
    lock_out(enrolment.participant)
    for address in (page_of(enrolment.cohort), news_of(enrolment.cohort)):
        assert client.get(address).status_code == 404
    for name in ("unlock", "pin"):
        assert client.post(door_of(enrolment, name)).status_code == 404
    assert wrong_tries([enrolment.participant.code])


def test_a_person_of_another_training_is_not_found_below_this_one(enrolment: Enrolment, staff: Staff) -> None:
    beside = EnrolmentFactory(cohort__organisation=enrolment.cohort.organisation)
    lock_out(beside.participant)
    wrong = reverse("learning_live:unlock", args=[enrolment.cohort_id, beside.pk])
    assert staff(ORGANISER).post(wrong).status_code == 404
    assert wrong_tries([beside.participant.code])


def test_who_may_only_look_is_offered_and_allowed_nothing(attempt: Attempt, staff: Staff) -> None:
    enrolment = attempt.enrolment
    lock_out(enrolment.participant)
    client = staff("nobody", None, "learning.view_attempt")
    page = text_of(client.get(page_of(enrolment.cohort)))
    assert 'form="live-do"' not in page
    assert "/pin/" not in page
    client.post(door_of(enrolment, "unlock"))
    assert wrong_tries([enrolment.participant.code])


# ------------------------------------------------------------------ what is shown


def test_an_empty_training_says_so(staff: Staff, cohort: Cohort) -> None:
    cohort.enrolments.all().delete()
    assert "Nobody is enrolled yet" in text_of(staff(TRAINER).get(page_of(cohort)))


def test_the_page_counts_and_names_everybody(attempt: Attempt, staff: Staff, cohort: Cohort) -> None:
    EnrolmentFactory(cohort=cohort, participant__full_name="Belum Mulai")
    page = text_of(staff(TRAINER).get(page_of(cohort)))
    assert "Belum Mulai" in page
    assert "Pre-test: <strong>1</strong> not begun, <strong>1</strong> begun" in page
    assert "<strong>1</strong> may need help" in page


def test_without_a_script_the_filter_and_the_search_work_by_address(
    attempt: Attempt, staff: Staff, cohort: Cohort
) -> None:
    """The one with an open test who is not signed in may need help, the other does not."""
    EnrolmentFactory(cohort=cohort, participant__full_name="Belum Mulai")
    client = staff(TRAINER)

    def shown(**query: str) -> list[str]:
        page = text_of(client.get(page_of(cohort), query))
        cards = re.findall(r'<li class="lv-card[^>]*?( hidden)?>.*?data-name>([^<]+)<', page, flags=re.S)
        return [name for hidden, name in cards if not hidden]

    own = attempt.enrolment.participant.full_name
    assert sorted(shown()) == sorted(["Belum Mulai", own])
    assert shown(show="help") == [own]
    assert shown(q="BELUM") == ["Belum Mulai"]
    assert shown(show="help", q="belum") == []
    assert 'http-equiv="refresh"' in text_of(client.get(page_of(cohort)))


def test_the_page_tells_no_answer_no_key_no_code_and_no_pin(
    attempt: Attempt, participant: Client, staff: Staff
) -> None:
    enrolment = attempt.enrolment
    pin = issue_pin(participant=enrolment.participant)
    sign_in_as(participant, enrolment.participant)
    numeric = attempt.items.get(kind="numeric")
    answer(numeric, {"response": "987654"})
    for item in attempt.items.exclude(pk=numeric.pk):
        participant.get(reverse("learning:question", args=[attempt.pk, item.position]))
        answer(item)
    client = staff(ORGANISER)
    told = text_of(client.get(page_of(enrolment.cohort))) + text_of(client.get(news_of(enrolment.cohort)))
    secrets = [pin, enrolment.participant.code, enrolment.participant.pin_hash, "987654", "1200000"]
    for item in attempt.items.select_related("question"):
        secrets += [item.question.stem, f"{item.question.code} pilihan", f"{item.question.code} alasan"]
        secrets += [value for value in right(item).values() if isinstance(value, str) and len(value) > 4]
    assert [secret for secret in secrets if secret in told] == []


# ------------------------------------------------------------------ what is sent


def test_a_class_without_news_is_told_with_nothing(attempt: Attempt, staff: Staff, cohort: Cohort) -> None:
    client = staff(TRAINER)
    page = text_of(client.get(page_of(cohort)))
    response = client.get(news_of(cohort), versions_in(page))
    assert (response.status_code, response.content) == (204, b"")


def test_only_the_card_that_changed_is_sent(attempt: Attempt, staff: Staff, cohort: Cohort) -> None:
    beside = [EnrolmentFactory(cohort=cohort) for _person in range(3)]
    client = staff(TRAINER)
    known = versions_in(text_of(client.get(page_of(cohort))))
    answer(attempt.items.first())
    news = json.loads(text_of(client.get(news_of(cohort), known)))
    (card,) = news["cards"]
    assert attempt.enrolment.participant.full_name in card
    assert "1 of 6 answered" in card
    assert not any(other.participant.full_name in str(news) for other in beside)


def test_a_person_who_came_in_meanwhile_makes_the_page_reload(staff: Staff, cohort: Cohort) -> None:
    client = staff(TRAINER)
    known = versions_in(text_of(client.get(page_of(cohort))))
    EnrolmentFactory(cohort=cohort)
    assert json.loads(text_of(client.get(news_of(cohort), known))) == {"reload": True}


@pytest.mark.parametrize("have", ["", "x", "abcdef" * 2, "🙂" * 40])
def test_strange_versions_are_answered_with_cards_or_a_reload(
    staff: Staff, cohort: Cohort, have: str
) -> None:
    news = json.loads(text_of(staff(TRAINER).get(news_of(cohort), {"v": "?", "have": have})))
    assert news.get("reload") or len(news["cards"]) == 1


def test_looking_costs_as_many_queries_for_forty_people_as_for_one(
    attempt: Attempt, staff: Staff, cohort: Cohort
) -> None:
    client, counts = staff(TRAINER), []
    client.get(page_of(cohort))
    for people in (1, 3, 40):
        while cohort.enrolments.count() < people:
            start_attempt(enrolment=EnrolmentFactory(cohort=cohort), occasion="pre")
        for address in (page_of(cohort), news_of(cohort)):
            with CaptureQueriesContext(connection) as captured:
                text_of(client.get(address))
            counts.append(len(captured))
    assert counts[:2] * 3 == counts


# ------------------------------------------------------------------ one tap


def test_who_is_locked_out_gets_in_after_one_tap(enrolment: Enrolment, staff: Staff) -> None:
    person = enrolment.participant
    pin = issue_pin(participant=person)
    lock_out(person)
    client = staff(TRAINER)
    page = text_of(client.get(page_of(enrolment.cohort)))
    closed, _rest = page.split("</details>")[0], page.split("</details>")[1]
    assert door_of(enrolment, "unlock") not in closed
    assert door_of(enrolment, "unlock") in _rest
    response = client.post(door_of(enrolment, "unlock"))
    assert response["Location"] == f"{page_of(enrolment.cohort)}#p-{enrolment.pk.hex}"
    assert sign_in(code=person.code, pin=pin, device="") == person
    entry = RecordLogEntry.objects.get(action="people.unlocked")
    assert entry.object_id == str(person.pk)
    assert entry.user is not None


def test_a_new_pin_is_asked_for_and_then_shown_once(enrolment: Enrolment, staff: Staff) -> None:
    person, client = enrolment.participant, staff(TRAINER)
    lock_out(person)
    address = door_of(enrolment, "pin")
    asked = client.get(address)
    assert "The old PIN ends" in text_of(asked)
    assert "data-pin" not in text_of(asked)
    state = {"state": asked.context["state"]}
    response = client.post(address, state)
    page = text_of(response)
    pin = re.search(r"data-pin>(\d{3}) (\d{3})<", page)
    assert pin is not None
    assert "no-store" in response["Cache-Control"]
    assert sign_in(code=person.code, pin=pin[1] + pin[2], device="") == person
    # The same button pressed again, or the page loaded anew, makes the written PIN worthless to nobody.
    again = text_of(client.post(address, state))
    assert "PINs have changed" in again
    assert "data-pin" not in again
    assert sign_in(code=person.code, pin=pin[1] + pin[2], device="") == person


def test_who_may_not_sign_in_gets_no_pin(enrolment: Enrolment, staff: Staff) -> None:
    Participant.objects.update(is_active=False)
    client = staff(TRAINER)
    assert "/pin/" not in text_of(client.get(page_of(enrolment.cohort)))
    page = text_of(client.post(door_of(enrolment, "pin"), {"state": "x"}))
    assert "may not sign in" in page


def test_a_new_pin_ends_the_presence(participant: Client, enrolment: Enrolment) -> None:
    participant.get(reverse("portal:dashboard"))
    issue_pin(participant=enrolment.participant)
    assert Presence.objects.get().ended_at is not None


def buttons_in(page: str) -> list[str]:
    return re.findall(r'data-key="((?:pause|resume|extend|reopen)[\w-]*?)(?:-\w{6})?(?:-(?:5|15))?"', page)


def test_the_buttons_of_a_test_are_those_that_make_sense_now(attempt: Attempt, staff: Staff) -> None:
    client, cohort = staff(TRAINER), attempt.enrolment.cohort
    assert buttons_in(text_of(client.get(page_of(cohort)))) == ["pause"]
    begun_ago(attempt, 60)
    assert buttons_in(text_of(client.get(page_of(cohort)))) == ["pause", "extend", "extend"]
    hand_in(attempt)
    assert buttons_in(text_of(client.get(page_of(cohort)))) == ["reopen"]
    start_attempt(enrolment=attempt.enrolment, occasion="post")
    assert "reopen" not in buttons_in(text_of(client.get(page_of(cohort))))


@pytest.mark.parametrize(("label", "field"), [("Pause", "paused_at"), ("15 min.", "extra_seconds")])
def test_a_button_does_it_with_the_reason_above_and_leads_back(
    attempt: Attempt, staff: Staff, label: str, field: str
) -> None:
    begun_ago(attempt, 60)
    client, cohort = staff(TRAINER), attempt.enrolment.cohort
    page = text_of(client.get(page_of(cohort)))
    (button,) = re.findall(rf"<button [^>]*?>(?:(?!</button>).)*?{label}", page, flags=re.S)[-1:]
    address = re.findall(r'formaction="([^"]+)"', button)[-1]
    minutes = re.findall(r'name="minutes" value="(\d+)"', button)[-1:]
    (reason,) = re.findall(r"<option>([^<]+)</option>", page)[:1]
    posted = {"reason": reason} | ({"minutes": minutes[0]} if minutes else {})
    response = client.post(address, posted)
    assert response["Location"] == f"{page_of(cohort)}#p-{attempt.enrolment_id.hex}"
    attempt.refresh_from_db()
    assert getattr(attempt, field)
    assert AttemptRecord.objects.get().reason == "Helped in class"


def test_cancelling_a_confirm_page_leads_back_to_the_class(attempt: Attempt, staff: Staff) -> None:
    hand_in(attempt)
    cohort = attempt.enrolment.cohort
    address = reverse("learning_attempts:action", args=[cohort.pk, attempt.pk, "reopen"])
    client = staff(TRAINER)
    assert page_of(cohort) in text_of(client.get(f"{address}?from=live"))
    assert page_of(cohort) not in text_of(client.get(f"{address}?from=https://lain.example"))


# ------------------------------------------------------------------ what it costs participants


def test_saving_an_answer_writes_no_sign_of_life_beside_it(participant: Client, attempt: Attempt) -> None:
    item = attempt.items.get(kind="true_false")
    address = reverse("learning:save", args=[attempt.pk, item.position])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        participant.get(reverse("learning:question", args=[attempt.pk, item.position]))
        written = []
        for sequence in range(1, 5):
            clock.shift(timedelta(seconds=12))
            with CaptureQueriesContext(connection) as captured:
                save(participant, address, sequence)
            written.append(sum("UPDATE" in query["sql"] and "presence" in query["sql"] for query in captured))
    assert written == [0, 0, 0, 0]


def save(participant: Client, address: str, sequence: int) -> HttpResponse:
    posted = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": str(sequence), "response": "true"}
    response = participant.post(address, posted)
    assert response.status_code == 200, response.content
    return response
