"""Taking a simulated person into a demonstration training."""

from home.demonstration.roster import Person
from lms.cohorts import domain as cohorts
from lms.cohorts.models import Cohort, Enrolment
from lms.people import domain as people


def take_in(person: Person, cohort: Cohort) -> tuple[Enrolment, str]:
    """Register and enrol a person of the cohort's village; returns the enrolment and the PIN."""
    participant, pin = people.register_participant(
        organisation=cohort.organisation,
        village=cohort.village,
        full_name=person.name,
        sex=person.sex,
        age_band=person.age_band,
        element=person.element,
        role=person.role,
        dusun=person.dusun,
        consent_channel="kertas",
        recorded_by=None,
        is_simulated=True,
    )
    return cohorts.enrol(cohort=cohort, participant=participant), pin
