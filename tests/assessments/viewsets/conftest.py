"""Browsers of authors and of staff who are none."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from assessments import registry
from tests.factories import (
    make_staff,
)


@pytest.fixture
def author(client: Client) -> Client:
    """A browser of somebody who may do everything with questions and tests."""
    user = make_staff("penulis")
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="assessments"))
    client.force_login(user)
    return client


@pytest.fixture
def trainer(client: Client) -> Client:
    """A browser of staff without any permission on questions."""
    client.force_login(make_staff("pelatih"))
    return client


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Ids of questions that somebody has answered: add to it."""
    used: set[int] = set()
    monkeypatch.setattr(registry, "_use_checks", [used.__contains__])
    return used
