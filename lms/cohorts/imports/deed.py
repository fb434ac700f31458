"""Doing what the plan says: all of it or nothing, and twice adds nobody."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.cohorts.domain import enrol_all
from lms.cohorts.imports.plan import Plan, Snapshot
from lms.cohorts.models import Cohort
from lms.people.domain import Consent, record_consent, register_people
from lms.people.models import Participant


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did."""

    added: int
    enrolled: int


def run_import(*, plan: Plan, consent: Consent, user: Any) -> Done:
    """Register the new people with this consent, record it for those who are known and come in now, and enrol
    all. In one transaction.

    Raises ValidationError: ``changed`` if anybody was added, corrected or enrolled since the plan was made
    (then the report has to be read again), ``busy`` if another list was saved at the same moment.
    """
    new = [row.person for row in plan.to_add if row.person is not None]
    known: dict[Any, Participant] = {}
    for row in plan.to_enrol:
        if row.same_as is not None and row.same_as.participant is not None:
            known[row.same_as.participant.pk] = row.same_as.participant
    try:
        with transaction.atomic():
            _check_unchanged(plan)
            register_people(people=new, consent=consent, recorded_by=user)
            record_consent(people=list(known.values()), consent=consent, recorded_by=user)
            enrolled = enrol_all(cohort=plan.cohort, participants=[*new, *known.values()])
            said = {"added": len(new), "enrolled": len(enrolled), "rows": len(plan.rows)}
            log(plan.cohort, "cohorts.imported", user=user, data=said)
    except IntegrityError as error:
        raise ValidationError(
            _("Somebody saved another list at the same moment. Nothing was saved; try again."), code="busy"
        ) from error
    return Done(len(new), len(enrolled))


def _check_unchanged(plan: Plan) -> None:
    Cohort.objects.select_for_update().get(pk=plan.cohort.pk)
    if Snapshot.take(plan.cohort) != plan.snapshot:
        raise ValidationError(
            _("People were added or corrected since you opened this page. Nothing was saved. Read it again."),
            code="changed",
        )
