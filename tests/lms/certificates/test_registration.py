"""Certificates say which of them rest on somebody's results."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.certificates.domain import issue_certificate, revoke_certificate
from lms.certificates.registration import certificates_resting_on
from lms.cohorts.models import Enrolment
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
Graduate = Callable[..., Enrolment]


def test_a_valid_certificate_is_told_with_number_and_name(graduate: Graduate) -> None:
    enrolment = graduate("Maria Bere")
    certificate = issue_certificate(enrolment=enrolment)
    [sentence] = certificates_resting_on([enrolment.pk])[enrolment.pk]
    assert certificate.number in sentence
    assert "Maria Bere" in sentence


def test_a_revoked_one_rests_on_nothing(graduate: Graduate) -> None:
    enrolment = graduate()
    revoke_certificate(
        certificate=issue_certificate(enrolment=enrolment), reason="Salah nama", by=make_staff("panitia")
    )
    assert not certificates_resting_on([enrolment.pk])


def test_three_people_are_asked_about_in_one_query(
    graduate: Graduate, django_assert_num_queries: Any
) -> None:
    people = [graduate(f"Warga {number}") for number in range(3)]
    for enrolment in people:
        issue_certificate(enrolment=enrolment)
    with django_assert_num_queries(1):
        assert len(certificates_resting_on([enrolment.pk for enrolment in people])) == 3
