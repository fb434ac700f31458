"""Giving a training the surveys that the curriculum brings, with one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from assessments.models import Assessment
from lms.cohorts.models import Assignment, Cohort
from lms.learning.enums import Occasion


@dataclass(frozen=True, slots=True)
class Offer:
    """A survey of the bundled bank, by its code, and when a training usually asks it."""

    slug: str
    code: str
    occasions: tuple[str, ...]
    label: Any
    meaning: Any


OFFERS = (
    Offer(
        slug="reaksi",
        code="survei-reaksi",
        occasions=(Occasion.AFTER,),
        label=_("Add the reaction survey"),
        meaning=_("What participants think of the training: anonymous, open from the last day on."),
    ),
    Offer(
        slug="komitmen",
        code="survei-sikap",
        occasions=(Occasion.BEFORE, Occasion.AFTER, Occasion.DAY_90),
        label=_("Add the commitment scale"),
        meaning=_(
            "The same statements before the training, at its end and 90 days later. Only sums are shown."
        ),
    ),
)


def offers_left(cohort: Cohort) -> list[Offer]:
    """What can be given to this training: it is in the bank, and the training does not have it yet."""
    there = set(
        Assessment.objects.filter(code__in=[offer.code for offer in OFFERS], live=True)
        .exclude(assignments__cohort=cohort)
        .values_list("code", flat=True)
    )
    return [offer for offer in OFFERS if offer.code in there]


def give_survey(*, cohort: Cohort, slug: str, user: Any) -> Sequence[Assignment]:
    """Give a training one of ``OFFERS`` at its usual times. Given again, what is there stays as it is.

    Raises ValidationError: ``unknown`` (no such offer), ``missing`` (the survey is not in the bank).
    """
    offer = next((offer for offer in OFFERS if offer.slug == slug), None)
    if offer is None:
        raise ValidationError(_("Choose one of the surveys that are offered."), code="unknown")
    assessment = Assessment.objects.filter(code=offer.code, live=True).first()
    if assessment is None:
        raise ValidationError(
            _("This survey is not in the question bank. Import the bundled bank, or publish the survey."),
            code="missing",
        )
    with transaction.atomic():
        # Two people at once: the second waits, and finds it there.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        if Assignment.objects.filter(cohort=cohort, assessment=assessment).exists():
            return []
        given = [
            Assignment.objects.create(cohort=cohort, occasion=occasion, assessment=assessment)
            for occasion in offer.occasions
        ]
        log(cohort, "learning.survey_given", user=user, data={"survey": assessment.code})
    return given
