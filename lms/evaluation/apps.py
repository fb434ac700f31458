from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.registry import register_performance
from lms.cohorts.enums import LinkGroup
from lms.cohorts.registry import register_cohort_link


class EvaluationConfig(AppConfig):
    name = "lms.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.evaluation import merging, receivers  # noqa: F401
        from lms.evaluation.queries import parts_of_points

        register_performance(parts_of_points)
        merging.register()
        register_cohort_link(
            "evaluation.results",
            label=_("Learning results"),
            url=_address_of_results,
            permission="cohorts.view_cohort",
            group=LinkGroup.AFTER,
            order=10,
            icon="doc-full-inverse",
        )
        register_cohort_link(
            "evaluation.agenda",
            label=_("Agenda from the pre-test"),
            url=_address_of_agenda,
            permission="cohorts.view_cohort",
            group=LinkGroup.DAY,
            order=60,
            icon="list-ul",
        )


def _address_of_results(cohort: Any) -> str:
    return reverse("evaluation:cohort", args=[cohort.code])


def _address_of_agenda(cohort: Any) -> str:
    return reverse("evaluation:agenda", args=[cohort.code])
