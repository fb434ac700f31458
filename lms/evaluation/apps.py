from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.registry import register_cohort_link


class EvaluationConfig(AppConfig):
    name = "lms.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_cohort_link(
            "evaluation.results",
            label=_("Learning results"),
            url=_address_of_results,
            permission="cohorts.view_cohort",
            icon="doc-full-inverse",
        )


def _address_of_results(cohort: Any) -> str:
    return reverse("evaluation:cohort", args=[cohort.code])
