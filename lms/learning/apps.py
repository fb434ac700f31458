from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "lms.learning"
    label = "learning"
    verbose_name = _("Learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments.registry import register_learners_link, register_usage_count, register_use_check
        from assessments.uses import register_taken_check
        from lms.cohorts.registry import register_cohort_lock, register_summed
        from lms.learning import queries, receivers, registration  # noqa: F401
        from lms.learning.domain.conditions import ATTENDANCE, POST_TEST
        from lms.learning.merging import Learning
        from lms.learning.registry import register_condition
        from lms.learning.views.staff_learners import learners_link
        from lms.people.registry import register_merge_step

        register_learners_link(learners_link)
        register_use_check(queries.question_was_shown)
        register_use_check(queries.practice_was_answered)
        register_usage_count(queries.times_shown)
        register_taken_check(queries.assessment_was_taken)
        register_condition(ATTENDANCE)
        register_condition(POST_TEST)
        registration.register()
        register_merge_step(Learning())
        register_summed("learning.surveys", answered=queries.summed_surveys)
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
