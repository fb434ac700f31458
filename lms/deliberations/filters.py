"""How staff narrow the lists of this app."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lms.cohorts.models import Cohort
from lms.deliberations.enums import MinutesKind, MinutesState
from lms.deliberations.models import Census, DataReview, Minutes, RegulationReview
from lms.people.models import Village


def _trainings(request: Any) -> QuerySet[Cohort]:
    """Trainings of one's organisations; a filter must not tell that others are there."""
    return Cohort.objects.visible_to(request.user) if request is not None else Cohort.objects.none()


def _year_of(day: str) -> django_filters.NumberFilter:
    """Years of a field with a date, as far as databases and people count them."""
    return django_filters.NumberFilter(
        label=_("Year"), field_name=day, lookup_expr="year", min_value=1900, max_value=9999
    )


class _RecordFilterSet(WagtailFilterSet):
    village = django_filters.ModelChoiceFilter(label=_("Village"), queryset=Village.objects.all())
    cohort = django_filters.ModelChoiceFilter(label=_("Training"), queryset=_trainings)


class MinutesFilterSet(_RecordFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Deliberation"), choices=MinutesKind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=MinutesState.choices)
    year = _year_of("held_on")

    class Meta:
        model = Minutes
        fields: list[str] = []


class CensusFilterSet(_RecordFilterSet):
    year = _year_of("counted_on")

    class Meta:
        model = Census
        fields: list[str] = []


class DataReviewFilterSet(_RecordFilterSet):
    year = _year_of("reviewed_on")

    class Meta:
        model = DataReview
        fields: list[str] = []


class RegulationReviewFilterSet(_RecordFilterSet):
    year = _year_of("reviewed_on")

    class Meta:
        model = RegulationReview
        fields: list[str] = []
