"""Who agreed that their data are kept and used: without it a person is in no file for research."""

import uuid

from lms.cohorts.models import Cohort
from lms.people.models import ConsentRecord


def consents_of(cohort: Cohort) -> dict[uuid.UUID, str]:
    """Enrolment -> version of the text that the person agreed to last. One query.

    The house keeps one consent, for keeping and using data in a training; whether its text speaks of research
    is for whoever hands the file over to know, so the file says which texts were agreed to.
    """
    rows = ConsentRecord.objects.filter(participant__enrolments__cohort=cohort).order_by("given_at", "pk")
    return dict(rows.values_list("participant__enrolments", "text_version"))
