"""How the list of trainings is narrowed."""

import uuid
from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort, Programme
from lms.people.models import Village


def _programmes(request: HttpRequest | None) -> QuerySet[Programme]:
    found = Programme.objects
    return found.visible_to(request.user) if request is not None else found.none()


def _villages(request: HttpRequest | None) -> QuerySet[Village]:
    """Those in which somebody has a training to see."""
    if request is None:
        return Village.objects.none()
    return Village.objects.filter(pk__in=Cohort.objects.visible_to(request.user).order_by().values("village"))


def valid_keys(texts: Iterable[str]) -> list[uuid.UUID]:
    """Those of the texts that are keys of trainings by their form."""
    keys = []
    for text in texts:
        try:
            keys.append(uuid.UUID(text))
        except ValueError:
            continue
    return keys


class CohortFilterSet(WagtailFilterSet):
    """State, programme, year and village. What is archived is shown only if one asks for it."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State (archived ones only if ticked)"),
        choices=CohortState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="starts_on", lookup_expr="year", widget=forms.RadioSelect
    )
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), queryset=_programmes, widget=forms.RadioSelect, empty_label=_("All programmes")
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Village"), queryset=_villages, widget=forms.RadioSelect, empty_label=_("All villages")
    )

    class Meta:
        model = Cohort
        fields = ("state", "year", "programme", "village")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Cohort.objects
        seen = found.visible_to(self.request.user) if self.request is not None else found.none()
        years = [day.year for day in seen.order_by().dates("starts_on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
        self.filters["year"].extra["empty_label"] = _("All years")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(state=CohortState.ARCHIVED)
