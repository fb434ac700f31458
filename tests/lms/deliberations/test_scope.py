"""Which papers of a village a trainer sees, who does not see all trainings."""

import pytest

from lms.deliberations.models import Minutes
from tests.factories import CohortFactory, FacilitatorFactory, make_staff
from tests.lms.deliberations.factories import MinutesFactory

pytestmark = pytest.mark.django_db


def test_a_trainer_sees_those_of_the_own_trainings_and_what_the_trainer_began() -> None:
    own = CohortFactory()
    trainer = make_staff("pelatih", organisation=own.organisation, sees_all=False)
    FacilitatorFactory(cohort=own, user=trainer)
    place = {"organisation": own.organisation, "village": own.village}
    of_training = MinutesFactory(**place, cohort=own)
    begun = MinutesFactory(**place, cohort=None, created_by=trainer)
    MinutesFactory(**place, cohort=None)
    MinutesFactory(**place, cohort=CohortFactory(organisation=own.organisation))
    assert set(Minutes.objects.visible_to(trainer)) == {of_training, begun}
    colleague = make_staff("panitia", organisation=own.organisation)
    assert Minutes.objects.visible_to(colleague).count() == 4
