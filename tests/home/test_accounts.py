"""Accounts of staff in Wagtail's admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PASSWORD = "Piebulak-Pauk-Liu-8"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", password=None))
    return client


def test_one_name_is_enough_for_an_account(administrator: Client) -> None:
    fields = {"username": "bete", "first_name": "Bete", "password1": PASSWORD, "password2": PASSWORD}
    assert administrator.post(reverse("wagtailusers_users:add"), fields).status_code == 302
    bete = get_user_model().objects.get(username="bete")
    assert (bete.get_full_name(), bete.email) == ("Bete", "")
    changed = {**fields, "first_name": "Mali"}
    address = reverse("wagtailusers_users:edit", args=[bete.pk])
    assert administrator.post(address, {**changed, "is_active": "on"}).status_code == 302
    bete.refresh_from_db()
    assert bete.first_name == "Mali"


def test_an_account_has_a_name(administrator: Client) -> None:
    fields = {"username": "bete", "password1": PASSWORD, "password2": PASSWORD}
    response = administrator.post(reverse("wagtailusers_users:add"), fields)
    assert list(response.context["form"].errors) == ["first_name"]
