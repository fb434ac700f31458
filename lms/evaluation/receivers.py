"""News from below that changes what roll-ups are added up from."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver

from lms.cohorts.models import Cohort
from lms.evaluation.datasets.first_tries import COMPARED
from lms.evaluation.domain import make_rollup, refresh_rollups
from lms.learning.signals import results_changed


@receiver(results_changed, dispatch_uid="evaluation.refresh_rollups")
def refresh_after_results(
    sender: Any, enrolments: Collection[UUID], occasions: Collection[str], **kwargs: Any
) -> None:
    if not set(COMPARED).isdisjoint(occasions):
        refresh_rollups(enrolments=enrolments)


@receiver(post_save, sender=Cohort, dispatch_uid="evaluation.make_rollup")
def make_rollup_with_training(
    sender: Any, instance: Cohort, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        make_rollup(cohort=instance)
