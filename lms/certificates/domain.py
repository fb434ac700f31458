"""Issue, print and revoke certificates."""

import uuid
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.certificates.codes import new_code
from lms.certificates.enums import RENDER, REVOKED_ACTION, CertificateStatus
from lms.certificates.models import Certificate
from lms.certificates.press import print_pdf, write_durably
from lms.certificates.queries import next_sequence, pdf_folder, pdf_path
from lms.certificates.snapshot import take_snapshot
from lms.certificates.wording import certificate_number
from lms.cohorts.models import Enrolment
from lms.cohorts.stages import Deed, require_stage
from lms.learning.models import Completion
from lms.outbox.domain import enqueue, reopen
from lms.people.models import Organisation


def issue_certificate(
    *, enrolment: Enrolment, issued_on: date | None = None, by_staff: bool = False
) -> Certificate:
    """Number a certificate and freeze what it says; its PDF follows from the outbox.

    Gives back the valid certificate if there is one. ``issued_on`` is today in the village unless given.
    Raises ValidationError: ``not_completed`` for somebody who has not met the rule of the cohort; ``stage``
    with ``by_staff`` in an archived training. What follows from a result by itself, as from a corrected key,
    is issued all the same.
    """
    with transaction.atomic():
        enrolment = Enrolment.objects.select_related(
            "participant__village", "cohort__organisation", "cohort__village", "cohort__course"
        ).get(pk=enrolment.pk)
        if by_staff:
            require_stage(enrolment.cohort, Deed.CERTIFY)
        # Numbers are given one after the other within an organisation; on SQLite the transaction itself
        # (IMMEDIATE) keeps others out, and a unique constraint stands behind both.
        organisation = Organisation.objects.select_for_update().get(pk=enrolment.cohort.organisation_id)
        valid: Certificate | None = Certificate.objects.filter(
            enrolment=enrolment, status=CertificateStatus.VALID
        ).first()
        if valid is not None:
            return valid
        if not Completion.objects.filter(enrolment=enrolment).exists():
            raise ValidationError(
                _("This person has not met the rule of the training yet."), code="not_completed"
            )
        day = issued_on or local_date(enrolment, timezone.now())
        certificate = _number(enrolment, organisation, day)
        enqueue(kind=RENDER, key=render_key(certificate), payload={"certificate": str(certificate.pk)})
        return certificate


def revoke_certificate(*, certificate: Certificate, reason: str, by: Any) -> Certificate:
    """Declare a certificate void. The number stays taken and the public page says that it was revoked.

    Raises ValidationError: ``reason`` if none is given, ``revoked`` if somebody did it before,
    ``stage``.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Write why the certificate is revoked."), code="reason")
    reason_field: Any = Certificate._meta.get_field("revoked_reason")
    reason_field.run_validators(reason)
    with transaction.atomic():
        held = Certificate.objects.select_for_update(of=("self",)).select_related("enrolment__cohort")
        locked: Certificate = held.get(pk=certificate.pk)
        require_stage(locked.enrolment.cohort, Deed.CERTIFY)
        if locked.status == CertificateStatus.REVOKED:
            raise ValidationError(_("This certificate was revoked before."), code="revoked")
        locked.status = CertificateStatus.REVOKED
        locked.revoked_at = timezone.now()
        locked.revoked_reason = reason
        locked.revoked_by = by
        locked.save(update_fields=["status", "revoked_at", "revoked_reason", "revoked_by"])
        log(locked, REVOKED_ACTION, user=by)
        return locked


def render_certificate(*, certificate_id: uuid.UUID) -> None:
    """Make the PDF of what was frozen. Doing it again gives the same file; RuntimeError if it fails."""
    certificate = Certificate.objects.get(pk=certificate_id)
    if pdf_path(certificate) is not None:
        return
    midnight = datetime.combine(certificate.issued_on, time(), tzinfo=UTC)
    printed = print_pdf(certificate.snapshot, timestamp=int(midnight.timestamp()))
    name = f"{certificate.pk}.pdf"
    write_durably(pdf_folder() / name, printed.pdf)
    # Only now: whoever reads the row must find the file.
    Certificate.objects.filter(pk=certificate.pk).update(pdf_name=name, lacks_letters=not printed.is_strict)


def restore_missing_files() -> int:
    """Ask for every PDF that is not where it should be, as after a backup came back. Returns how many."""
    missing = [c for c in Certificate.objects.exclude(pdf_name="") if pdf_path(c) is None]
    for certificate in missing:
        with transaction.atomic():
            reopen(key=render_key(certificate))
    return len(missing)


def local_date(enrolment: Enrolment, moment: datetime) -> date:
    """The day of a moment as the calendar in the village of the training shows it."""
    return moment.astimezone(ZoneInfo(enrolment.cohort.village.time_zone)).date()


def render_key(certificate: Certificate) -> str:
    """The name of the outbox entry that makes a certificate's PDF."""
    return f"cert:{certificate.pk}"


def _number(enrolment: Enrolment, organisation: Organisation, day: date) -> Certificate:
    sequence = next_sequence(organisation=organisation, year=day.year)
    number = certificate_number(
        sequence=sequence, activity=enrolment.cohort.code, organisation=organisation.short_code, day=day
    )
    code = new_code()
    certificate: Certificate = Certificate.objects.create(
        enrolment=enrolment,
        organisation=organisation,
        year=day.year,
        sequence=sequence,
        number=number,
        code=code,
        snapshot=take_snapshot(enrolment=enrolment, number=number, code=code, issued_on=day),
        issued_on=day,
    )
    return certificate
