"""Verbs on the register of legal bases: somebody has looked, a date has passed, a record goes."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from assessments.citing import cited
from assessments.enums import Known
from assessments.models import LegalBasis, Regulation
from assessments.signals import register_changed

CHECKED, DUE = "assessments.basis_checked", "assessments.basis_due"


@transaction.atomic
def record_check(
    *,
    basis: LegalBasis,
    user: Any,
    on: datetime.date,
    recheck_on: datetime.date,
    known: str = Known.VERIFIED,
    source: str = "",
) -> LegalBasis:
    """Write down that ``user`` has looked at a provision, how, and when somebody should look again.

    Whoever read the text itself takes the mark "perlu diperiksa di JDIH" away; a page that retells it does
    not. Raises ValidationError (code ``recheck``) if the next day is not after this one.
    """
    if recheck_on <= on:
        raise ValidationError(_("Choose a day after the one on which it was read."), code="recheck")
    basis = LegalBasis.objects.select_for_update(of=("self",)).with_rules().get(pk=basis.pk)
    basis.known, basis.checked_on, basis.checked_by, basis.recheck_on = known, on, user, recheck_on
    basis.source = source.strip() or basis.source
    basis.needs_check = basis.needs_check and known != Known.VERIFIED
    basis.overdue = False
    basis.save()
    revision = basis.save_revision(user=user)
    log(basis, CHECKED, user=user, revision=revision, data={"on": on.isoformat(), "known": known})
    register_changed.send(sender=LegalBasis, bases=[basis.pk])
    return basis


@transaction.atomic
def mark_due(*, on: datetime.date) -> int:
    """Mark what has passed the day on which somebody should look again; the others lose the mark.

    Readers see "perlu diperiksa di JDIH" at what is marked. Returns how many were marked just now.
    """
    LegalBasis.objects.filter(overdue=True).exclude(recheck_on__lte=on).update(overdue=False)
    fresh = list(LegalBasis.objects.due_for_check(on).filter(overdue=False))
    LegalBasis.objects.filter(pk__in=[basis.pk for basis in fresh]).update(overdue=True)
    for basis in fresh:
        log(basis, DUE, data={"on": on.isoformat()})
    return len(fresh)


def refuse_removal(record: LegalBasis | Regulation) -> None:
    """Raises ValidationError (code ``cited``) for a record that something cites or needs."""
    if isinstance(record, Regulation):
        name = record.name
        names = [*record.bases.values_list("citation", flat=True)]
        names += [*record.amended_bases.values_list("citation", flat=True)]
        names += [each.name for each in record.revoked.all()]
    else:
        name = record.citation
        names = sorted({each.title for each in cited([record.pk], None)})
        names += sorted(each.citation for each in record.replaced_by.all())
    if names:
        raise ValidationError(
            _("%(name)s is cited and stays: %(names)s. Write its last day instead of deleting it."),
            code="cited",
            params={"name": name, "names": ", ".join(names[:5])},
        )
