"""The page on which an attempt goes to somebody else."""

import html
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import start_attempt
from lms.learning.models import Attempt
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import EnrolmentFactory, make_staff
from tests.lms.learning.answers import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def trainer(client: Client, enrolment: Enrolment) -> Client:
    set_up_roles()
    user = make_staff("pelatih", organisation=enrolment.cohort.organisation)
    user.groups.add(Group.objects.get(name=TRAINER))
    client.force_login(user)
    return client


@pytest.fixture
def right(enrolment: Enrolment) -> Enrolment:
    return EnrolmentFactory(cohort=enrolment.cohort, participant__full_name="Maria Bete")


def address(attempt: Attempt) -> str:
    return reverse("learning_attempts:move", args=[attempt.enrolment.cohort_id, attempt.pk])


def states_in(page: Any) -> str:
    found = re.search(r'name="states" value="([^"]*)"', page.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_a_trainer_chooses_looks_and_moves(trainer: Client, enrolment: Enrolment, right: Enrolment) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    assert (
        "Move to another participant"
        in trainer.get(
            reverse("learning_attempts:attempt", args=[enrolment.cohort_id, attempt.pk])
        ).content.decode()
    )
    choose = trainer.get(address(attempt)).content.decode()
    assert "Maria Bete · Melati" in choose
    look = trainer.get(address(attempt), {"to": str(right.pk)})
    assert "It stands beside nothing else and counts." in look.content.decode()
    assert "The lessons are closed for" in look.content.decode()
    fields = {"to": str(right.pk), "counts": "by_time", "reason": "Salah kursi", "states": states_in(look)}
    done = trainer.post(address(attempt), fields, follow=True)
    assert f"From {enrolment.participant} to Maria Bete." in done.content.decode()
    assert Attempt.objects.get(pk=attempt.pk).enrolment == right


def test_in_the_archive_moving_is_not_offered_and_says_what_to_do(
    trainer: Client, enrolment: Enrolment, right: Enrolment
) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    Cohort.objects.update(state="arsip")
    shown = trainer.get(reverse("learning_attempts:attempt", args=[enrolment.cohort_id, attempt.pk]))
    assert address(attempt) not in shown.content.decode()
    for response in (
        trainer.get(address(attempt), {"to": right.pk}, follow=True),
        trainer.post(address(attempt), {"to": right.pk}, follow=True),
    ):
        assert "archived" in response.content.decode()
    assert Attempt.objects.get().enrolment == enrolment


def test_what_collides_is_told_for_each_choice(
    trainer: Client, enrolment: Enrolment, right: Enrolment
) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    hand_in(start_attempt(enrolment=right, occasion="pre"))
    page = trainer.get(address(attempt), {"to": str(right.pk)}).content.decode()
    assert "does not count: it is declared void. An earlier try counts" in page
    assert "Whoever moved it decided that it does not count." in page


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"counts": "perhaps"},
        {"states": "{}"},
        {"states": "[]"},
        {"states": "not json"},
        {"states": json.dumps({"by_time": 3})},
    ],
)
def test_bad_input_moves_nothing_and_keeps_what_was_typed(
    trainer: Client, enrolment: Enrolment, right: Enrolment, change: dict[str, str]
) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    states = states_in(trainer.get(address(attempt), {"to": str(right.pk)}))
    fields = {"to": str(right.pk), "counts": "by_time", "reason": "Salah kursi", "states": states, **change}
    page = trainer.post(address(attempt), fields)
    assert page.status_code == 200
    assert fields["reason"] in page.content.decode()
    assert states_in(page) == states
    assert Attempt.objects.get(pk=attempt.pk).enrolment == enrolment


@pytest.mark.parametrize("to", ["", "bukan-kunci", "own", "elsewhere"])
def test_only_people_of_the_training_can_be_chosen(
    trainer: Client, enrolment: Enrolment, right: Enrolment, to: str
) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    elsewhere = EnrolmentFactory(cohort__organisation=enrolment.cohort.organisation)
    keys = {"own": str(enrolment.pk), "elsewhere": str(elsewhere.pk)}
    for page in (
        trainer.get(address(attempt), {"to": keys.get(to, to)}),
        trainer.post(address(attempt), {"to": keys.get(to, to)}),
    ):
        assert "Choose a participant of this training." in page.content.decode()
    assert Attempt.objects.get(pk=attempt.pk).enrolment == enrolment


def test_choosing_costs_the_same_for_one_and_for_three(trainer: Client, enrolment: Enrolment) -> None:
    attempt = hand_in(start_attempt(enrolment=enrolment, occasion="pre"))
    EnrolmentFactory(cohort=enrolment.cohort)
    trainer.get(address(attempt))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            trainer.get(address(attempt))
        counts.append(len(queries))
        EnrolmentFactory.create_batch(2, cohort=enrolment.cohort)
    assert counts[0] == counts[1]
