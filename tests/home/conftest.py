"""A site with pages for news, and people around one training."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Site

from courses.imports.pages import PageLoader
from home.domain.news import branch_of, draft_news
from home.models import NewsIndexPage, TrainingNewsPage
from home.receivers import make_front_pages
from lms.cohorts.models import Cohort
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from lms.people.models import Organisation
from tests.factories import CohortFactory, OrganisationFactory, make_staff

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def private_folder(settings: Any, tmp_path: Path) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path / "private")


@pytest.fixture
def index(db: None, private_folder: None) -> NewsIndexPage:
    make_front_pages(sender=None, loader=PageLoader())
    Site.clear_site_root_paths_cache()
    set_up_roles()
    page: NewsIndexPage = NewsIndexPage.objects.get(locale__language_code="id")
    return page


def staff_client(username: str, organisation: Organisation | None, role: str | None) -> Client:
    user = make_staff(username, organisation=organisation)
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.user = user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def cohort(index: NewsIndexPage) -> Cohort:
    return CohortFactory(organisation=OrganisationFactory(name="Dinas Satu"), title="Pelatihan Kenari 8841")


@pytest.fixture
def organiser(cohort: Cohort) -> Client:
    return staff_client("penyelenggara", cohort.organisation, ORGANISER)


@pytest.fixture
def trainer(cohort: Cohort) -> Client:
    return staff_client("pelatih", cohort.organisation, TRAINER)


@pytest.fixture
def foreign_organiser(index: NewsIndexPage) -> Client:
    """An organiser of an organisation that has news of its own."""
    theirs = OrganisationFactory(name="Dinas Dua")
    client = staff_client("tetangga", theirs, ORGANISER)
    branch_of(theirs)
    return client


@pytest.fixture
def draft(cohort: Cohort, organiser: Client) -> TrainingNewsPage:
    return draft_news(cohort=cohort, user=organiser.user)  # type: ignore[attr-defined]
