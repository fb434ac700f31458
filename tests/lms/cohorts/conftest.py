"""People of several kinds around one training."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from lms.cohorts.models import Cohort
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import Organisation
from tests.factories import CohortFactory, OrganisationFactory, make_staff


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return CohortFactory(organisation=organisation)


@pytest.fixture
def roles(db: None) -> None:
    set_up_roles()


def _client(username: str, organisation: Organisation | None, role: str | None) -> Client:
    user = make_staff(username, organisation=organisation)
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def organiser(roles: None, organisation: Organisation) -> Client:
    return _client("penyelenggara", organisation, ORGANISER)


@pytest.fixture
def foreign_organiser(roles: None) -> Client:
    return _client("tetangga", OrganisationFactory(), ORGANISER)


@pytest.fixture
def trainer(roles: None, organisation: Organisation) -> Client:
    return _client("pelatih", organisation, TRAINER)


@pytest.fixture
def bystander(organisation: Organisation) -> Client:
    """Staff of the organisation who may enter the admin and nothing else."""
    return _client("tamu", organisation, None)


@pytest.fixture
def anonymous(db: None) -> Client:
    return Client()


@pytest.fixture
def administrator(django_user_model: Any, organisation: Organisation) -> Client:
    user = django_user_model.objects.create_superuser("admin", password=None)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
