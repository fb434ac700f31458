"""A training with one enrolled person, and that person's browser."""

import pytest
from django.test import Client

from lms.cohorts.models import Enrolment
from lms.learning.domain import open_sitting, start_attempt
from lms.learning.models import Attempt
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    return EnrolmentFactory()


@pytest.fixture
def attempt(enrolment: Enrolment) -> Attempt:
    """An open pre-test in its first sitting."""
    started = start_attempt(enrolment=enrolment, occasion="pre")
    open_sitting(attempt=started)
    started.refresh_from_db()
    return started


@pytest.fixture
def participant(client: Client, enrolment: Enrolment) -> Client:
    sign_in_as(client, enrolment.participant)
    return client
