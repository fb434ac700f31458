"""Numbers of certificates under many hands."""

import datetime

import pytest

from lms.certificates.domain import issue_certificate
from lms.certificates.models import Certificate
from lms.learning.models import Completion
from lms.outbox.models import OutboxEntry
from tests.factories import CohortFactory, EnrolmentFactory
from tests.services.threads import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

DAY = datetime.date(2026, 6, 2)


def test_eight_certificates_issued_at_once_are_numbered_without_gap_or_double() -> None:
    first = CohortFactory()
    second = CohortFactory(organisation=first.organisation)
    people = [EnrolmentFactory(cohort=cohort) for cohort in (first, second) for _ in range(4)]
    Completion.objects.bulk_create(Completion(enrolment=person) for person in people)
    at_once([lambda person=person: issue_certificate(enrolment=person, issued_on=DAY) for person in people])
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(range(1, 9))
    assert len(set(Certificate.objects.values_list("number", flat=True))) == 8


def test_one_person_asked_for_eight_times_at_once_has_one_certificate_and_one_print() -> None:
    person = EnrolmentFactory()
    Completion.objects.create(enrolment=person)
    issued = at_once([lambda: issue_certificate(enrolment=person, issued_on=DAY).pk for _ in range(8)])
    assert len(set(issued)) == 1
    assert OutboxEntry.objects.count() == 1
