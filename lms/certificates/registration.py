"""What certificates add to the apps below: a button on the cohort's page, and what rests on results."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link
from lms.learning.registry import register_result_witness


def _url(cohort: Cohort) -> str:
    return reverse("certificates_cohort", args=[cohort.pk])


def certificates_resting_on(enrolment_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[str]]:
    """A sentence for each valid certificate: whoever changes a result decides about it, nobody else."""
    valid = Certificate.objects.filter(enrolment__in=enrolment_ids, status=CertificateStatus.VALID)
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for certificate in valid.order_by("enrolment", "sequence"):
        sentence = gettext("Certificate %(number)s in the name of %(name)s stays valid.")
        name = certificate.snapshot.get("name", "")
        found[certificate.enrolment_id].append(sentence % {"number": certificate.number, "name": name})
    return found


def register() -> None:
    """Called once when the apps are ready."""
    register_result_witness("certificates", _("Certificates"), certificates_resting_on)
    register_cohort_link(
        "certificates.list",
        label=_("Certificates"),
        url=_url,
        permission="certificates.view_certificate",
        group=LinkGroup.AFTER,
        order=50,
        icon="doc-full-inverse",
    )
