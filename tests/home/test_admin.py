"""The site's own face on Wagtail's admin."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.factories import OrganisationFactory, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    user = make_staff(organisation=OrganisationFactory())
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_sign_in_page_of_staff_carries_our_name_and_shows_participants_theirs(client: Client) -> None:
    body = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Wagtail" not in body.split("<body", 1)[1].split('id="main"', 1)[1]
    assert "Balai Belajar</title>" in body
    assert f'href="{reverse("people:sign_in")}"' in body


def test_staff_are_not_sent_to_pages_about_wagtail(staff: Client) -> None:
    body = staff.get(reverse("wagtailadmin_home")).content.decode()
    assert "whats-new-in-wagtail" not in body
    assert '"editor-guide"' not in body


def test_who_may_open_no_page_is_not_offered_to_search_for_pages(staff: Client) -> None:
    assert "bb-no-pages" in staff.get(reverse("wagtailadmin_home")).content.decode()


def test_staff_choose_among_the_three_time_zones_of_the_country(staff: Client) -> None:
    body = staff.get(reverse("wagtailadmin_account")).content.decode()
    assert 'value="Asia/Makassar"' in body
    # Browsers do not know this name, which machines list among their zones.
    assert 'value="localtime"' not in body
