from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "lms.learning"
    label = "learning"
    verbose_name = _("Learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments.registry import register_use_check
        from lms.cohorts.registry import register_cohort_lock
        from lms.learning import queries, receivers  # noqa: F401
        from lms.learning.domain.conditions import ATTENDANCE, POST_TEST
        from lms.learning.registry import register_condition

        register_use_check(queries.question_was_shown)
        register_condition(ATTENDANCE)
        register_condition(POST_TEST)
        register_cohort_lock(
            "learning.attempts",
            fields=("assessment", "forms_plan"),
            is_closed=queries.cohort_has_attempts,
            reason=_("Somebody has begun a test; the test and the forms can no longer change."),
        )
        register_cohort_lock(
            "learning.progress",
            fields=("course",),
            is_closed=queries.cohort_has_progress,
            reason=_("Somebody has opened a lesson; the course can no longer change."),
        )
