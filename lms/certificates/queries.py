"""Reads about certificates, and the one door to a participant's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Max, QuerySet

from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.conf import private_root
from lms.learning.domain.completion import Standing, required_conditions, standing_of
from lms.learning.models import Completion
from lms.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of the cohort's rule and how one person stands."""

    label: Any
    met: bool
    detail: str


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One person of a cohort: the newest certificate, or what is missing for it."""

    enrolment: Enrolment
    certificate: Certificate | None
    completed: bool
    requirements: list[Requirement]

    @property
    def may_be_issued(self) -> bool:
        """The rule was met, and there is no valid certificate."""
        return self.completed and (
            self.certificate is None or self.certificate.status == CertificateStatus.REVOKED
        )


def certificate_of(enrolment: Enrolment) -> Certificate | None:
    """The valid certificate of an enrolment, or else the one that was revoked last."""
    certificates = list(Certificate.objects.filter(enrolment=enrolment))
    valid = [c for c in certificates if c.status == CertificateStatus.VALID]
    return next(iter(valid or certificates), None)


def requirements_of(enrolment: Enrolment) -> list[Requirement]:
    """What the cohort asks for, each with how the person stands now."""
    return _requirements(required_conditions(enrolment))


def _requirements(standing: Standing) -> list[Requirement]:
    return [Requirement(condition.label, result.met, result.detail) for condition, result in standing]


def people_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody of a cohort by name."""
    return Enrolment.objects.filter(cohort=cohort).select_related(
        "participant", "cohort", "cohort__assessment"
    )


def holders_in(cohort: Cohort) -> int:
    """How many people of a cohort hold a valid certificate. One query."""
    valid = Certificate.objects.filter(enrolment__cohort=cohort, status=CertificateStatus.VALID)
    return valid.order_by().values("enrolment").distinct().count()


def rows_of_cohort(cohort: Cohort, enrolments: Sequence[Enrolment] | None = None) -> Iterator[CohortRow]:
    """Everybody of a cohort by name, or these of its ``people_of``."""
    enrolments = list(people_of(cohort)) if enrolments is None else enrolments
    newest: dict[Any, Certificate] = {}
    for certificate in Certificate.objects.filter(enrolment__in=enrolments).order_by("created_at"):
        known = newest.get(certificate.enrolment_id)
        if known is None or known.status == CertificateStatus.REVOKED:
            newest[certificate.enrolment_id] = certificate
    completed = set(
        Completion.objects.filter(enrolment__in=enrolments).values_list("enrolment_id", flat=True)
    )
    waiting = [enrolment for enrolment in enrolments if enrolment.pk not in completed]
    standing = standing_of(waiting, cohort=cohort)
    for enrolment in enrolments:
        missing = _requirements(standing.get(enrolment.pk, []))
        yield CohortRow(enrolment, newest.get(enrolment.pk), enrolment.pk in completed, missing)


def next_sequence(*, organisation: Organisation, year: int) -> int:
    """The next number of an organisation in a year. Revoked ones count: a number is never used again.

    Only inside a transaction that holds the organisation's row.
    """
    numbers = Certificate.objects.filter(organisation=organisation, year=year)
    return (numbers.aggregate(last=Max("sequence"))["last"] or 0) + 1


def pdf_path(certificate: Certificate) -> Path | None:
    """The file of a certificate if it is there to be sent."""
    path = pdf_folder() / certificate.pdf_name
    return path if certificate.pdf_name and path.is_file() else None


def pdf_folder() -> Path:
    """Where the files are: private, sent by authorising views only."""
    return private_root() / "certificates"
