from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohortsConfig(AppConfig):
    name = "lms.cohorts"
    label = "cohorts"
    verbose_name = _("Cohorts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments.uses import register_assessment_uses
        from lms.cohorts import (
            merging,
            receivers,  # noqa: F401
        )
        from lms.cohorts.queries import trainings_with
        from lms.cohorts.queries.team import assigned_trainings, people_of_assigned
        from lms.cohorts.urls.attendance import register_attendance
        from lms.cohorts.urls.board import register_board
        from lms.cohorts.urls.experience import register_experiences
        from lms.cohorts.urls.own_links import register_own_links
        from lms.cohorts.urls.papers import register_papers
        from lms.people.models import Participant
        from lms.people.scoping import register_assignment, register_narrowing

        register_assessment_uses(trainings_with)
        register_assignment(assigned_trainings)
        register_narrowing(Participant, people_of_assigned)
        register_own_links()
        register_board()
        register_attendance()
        register_papers()
        merging.register()
        register_experiences()
