"""Rows of a training's form that say when a test, practice or survey is open.

Times are typed and shown as the clock in the village shows them, wherever the organiser sits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.enums import TEST_OCCASIONS, Occasion, Purpose, purpose_of, with_moment
from assessments.models import Assessment
from lms.cohorts.models import Assignment, Cohort
from lms.cohorts.registry import summed_surveys

_TIMES = ("opens_at", "closes_at")
_NEVER = datetime.max.replace(tzinfo=UTC)


class AssignmentForm(WagtailAdminModelForm):
    """One row. ``zone`` is the village's and is set by the form of the training before rows are looked at."""

    zone: tzinfo | None = None

    def show_in(self, zone: tzinfo) -> None:
        """Show the times of the row as a clock in ``zone`` does."""
        self.zone = zone
        for name in _TIMES:
            value = getattr(self.instance, name)
            if value is not None:
                self.initial[name] = _moved(value, zone, timezone.get_current_timezone())

    def clean(self) -> dict[str, Any]:
        # Without the parent's: that would refuse broken constraints in the words of a database.
        cleaned = self.cleaned_data
        for name in _TIMES:
            if cleaned.get(name) and self.zone is not None:
                cleaned[name] = _moved(cleaned[name], timezone.get_current_timezone(), self.zone)
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("The end must come after the beginning."))
        for name in ("attempts_allowed", "time_limit_minutes"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("Write 1 or more, or leave it empty."))
        self._match_assessment(cleaned.get("occasion"), cleaned.get("assessment"))
        return cleaned

    def _match_assessment(self, occasion: str | None, assessment: Assessment | None) -> None:
        if not occasion:
            return
        if occasion in TEST_OCCASIONS:
            if assessment is not None:
                self.add_error("assessment", _("Leave this empty: here the training's own test is taken."))
        elif assessment is None:
            self.add_error("assessment", _("Choose which practice or survey it is."))
        elif assessment.purpose != purpose_of(occasion):
            self.add_error(
                "occasion",
                _("“%(title)s” is for “%(purpose)s”. Choose that here.")
                % {"title": assessment.label, "purpose": Occasion(assessment.purpose).label},
            )


class AssignmentFormSet(BaseChildFormSet):
    """All rows; the list of practices and surveys is read once for all of them."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["assessment"]
        field.queryset = self._offered
        field.widget.choices = self._labels

    @cached_property
    def _offered(self) -> Any:
        offered = Q(live=True) | Q(pk__in=self.queryset.values("assessment"))
        return Assessment.objects.filter(offered).exclude(purpose=Purpose.TEST)

    @cached_property
    def _labels(self) -> list[tuple[Any, str]]:
        return [("", "---------"), *((each.pk, str(each.label)) for each in self._offered)]

    def show_in(self, zone_name: str) -> None:
        """Read and show times in this zone; call it before the rows are looked at."""
        for form in self.forms:
            form.show_in(ZoneInfo(zone_name))


def problems_together(rows: Iterable[dict[str, Any]]) -> Iterator[ValidationError]:
    """What is wrong between rows that are right by themselves: one says the same as another."""
    met = Counter((row["occasion"], row.get("assessment")) for row in rows if row.get("occasion"))
    for (occasion, assessment), number in met.items():
        if number > 1:
            name = with_moment(assessment.label, occasion) if assessment else Occasion(occasion).label
            yield ValidationError(
                _("“%(name)s” is there twice. Keep one row and say everything there.") % {"name": name},
                code="twice",
            )
    anonymous = Counter(each for _occasion, each in met if each is not None and each.is_anonymous)
    for assessment, number in anonymous.items():
        if number > 1:
            yield ValidationError(
                _(
                    "“%(name)s” is anonymous, so nobody could tell what changed between two moments. "
                    "Keep one row of it."
                )
                % {"name": assessment.label},
                code="anonymous_twice",
            )


def times_moved(rows: AssignmentFormSet, *, before: Cohort, after: Cohort) -> bool:
    """Whether a survey that has closed, and whose sums could be read, would close at another time or be gone.

    Whoever read its sums before and after one more answer would read that answer. ``before`` is the training
    as it is stored, ``after`` holds the days and the village that were typed.
    """
    stored = Assignment.objects.filter(cohort=before.pk).exclude(assessment=None)
    over = [row for row in stored if (row.window(before).closes_at or _NEVER) <= timezone.now()]
    summed = summed_surveys(before) if over else set()
    kept = {form.instance.pk: form.instance for form in rows.forms if form not in rows.deleted_forms}
    for row in over:
        what = (row.assessment_id, row.occasion)
        if what not in summed:
            continue
        now = kept.get(row.pk)
        if now is None or (now.assessment_id, now.occasion) != what:
            return True
        if now.window(after).closes_at != row.window(before).closes_at:
            return True
    return False


def _moved(moment: datetime, from_zone: tzinfo, to_zone: tzinfo) -> datetime:
    """The moment at which the clock in ``to_zone`` shows what the clock in ``from_zone`` shows now."""
    return timezone.make_aware(timezone.make_naive(moment, from_zone), to_zone)
