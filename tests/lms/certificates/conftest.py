"""People who have met the rule of their cohort."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lms.certificates.domain import issue_certificate, render_certificate
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.conf import private_root
from lms.learning.models import Completion
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, VillageFactory
from tests.helpers import sign_in_as


@pytest.fixture(autouse=True)
def _empty_private_root() -> Iterator[None]:
    yield
    shutil.rmtree(private_root(), ignore_errors=True)


@pytest.fixture
def cohort() -> Cohort:
    village = VillageFactory(name="Loonuna", district="Lamaknen Selatan", regency="Belu")
    return CohortFactory(
        code="LNN-26",
        organisation=OrganisationFactory(short_code="DS-LNN"),
        village=village,
        title="Pelatihan perencanaan desa",
        theme="Desa menata diri",
        venue="Balai Rakyat",
        lesson_hours=8,
        issuer="Pemerintah Desa Loonuna",
        signatory_name="Sekretaris Contoh",
        signatory_title="a.n. Kepala Desa, Sekretaris Desa",
    )


@pytest.fixture
def graduate(cohort: Cohort) -> Callable[..., Enrolment]:
    def make(name: str = "Maria Bere", *, cohort: Cohort = cohort, **person: Any) -> Enrolment:
        fields = {f"participant__{key}": value for key, value in person.items()}
        enrolment = EnrolmentFactory(cohort=cohort, participant__full_name=name, **fields)
        Completion.objects.create(enrolment=enrolment)
        return enrolment

    return make


@pytest.fixture
def printed(graduate: Callable[..., Enrolment]) -> Callable[..., Certificate]:
    """A certificate with its PDF."""

    def make(name: str = "Maria Bere", **fields: Any) -> Certificate:
        certificate = issue_certificate(enrolment=graduate(name, **fields))
        render_certificate(certificate_id=certificate.pk)
        certificate.refresh_from_db()
        return certificate

    return make


@pytest.fixture
def browser_of() -> Callable[[Enrolment], Client]:
    """A browser in which the person of an enrolment signed in and confirmed the own name."""

    def sign_in(enrolment: Enrolment) -> Client:
        client = Client()
        sign_in_as(client, enrolment.participant)
        return client

    return sign_in


@pytest.fixture
def pdf_file() -> Callable[[Certificate], Path]:
    def path(certificate: Certificate) -> Path:
        return private_root() / "certificates" / certificate.pdf_name

    return path
