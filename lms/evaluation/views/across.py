"""Staff screen over many trainings: what they achieved together, and which villages wait."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from lms.cohorts.models import Cohort
from lms.evaluation.across_forms import AcrossForm
from lms.evaluation.datasets.across import Training, places, trainings_with_sums
from lms.evaluation.exports.across import across_csv
from lms.evaluation.reports.across import Across, Coverage, compare, coverage, look_across, places_wanted
from lms.evaluation.reports.across_words import (
    BY_WORDS,
    difference_sentence,
    left_out_sentence,
    sentence,
    shown_lines,
)
from lms.people.enums import Element

VILLAGES_SHOWN = 50
CODES_OFFERED = 200


class AcrossMixin(PermissionCheckedMixin):
    """The trainings that the user may see, and what is asked of them. Two queries, whatever the size."""

    permission_policy = ModelPermissionPolicy(Cohort)
    # Figures over groups of five and more: whoever may see trainings may read them, and take them out.
    any_permission_required = ("view", "change")
    request: HttpRequest

    @cached_property
    def trainings(self) -> list[Training]:
        return trainings_with_sums(Cohort.objects.visible_to(self.request.user))

    @cached_property
    def form(self) -> AcrossForm:
        return AcrossForm(self.request.GET)

    @cached_property
    def across(self) -> Across:
        return look_across(self.trainings, self.form.wanted(), self.form.cut())


class AcrossView(AcrossMixin, WagtailAdminTemplateMixin, TemplateView):
    """The sentence, the table by year or place with ranges on one scale, villages that wait."""

    template_name = "evaluation/across.html"
    page_title = gettext_lazy("Across trainings")
    header_icon = "site"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        across, wanted = self.across, self.form.wanted()
        self.form.offer(across.choices)
        fitting = wanted.of(self.trainings)
        # Of all years: a village that was trained last year does not wait because another year is looked at.
        waiting = coverage(places_wanted(places(), wanted), self.trainings, timezone.localdate())
        return super().get_context_data(
            form=self.form,
            across=across,
            sentence=sentence(across.total),
            left_out=left_out_sentence(across.total),
            by_word=BY_WORDS[self.form.cut()],
            lines=shown_lines([across.total, *across.lines]),
            villages=_named(waiting[:VILLAGES_SHOWN]),
            villages_more=max(0, len(waiting) - VILLAGES_SHOWN),
            codes=[one.code for one in fitting[:CODES_OFFERED]],
            query=self.request.GET.urlencode(),
            as_of=timezone.now(),
            **self._compared(),
            **kwargs,
        )

    def _compared(self) -> dict[str, Any]:
        codes = self.form.codes()
        if not any(codes):
            return {"compared": None, "unknown_codes": []}
        known = {one.code: one for one in self.trainings}
        unknown = [code for code in codes if code not in known]
        if unknown or codes[0] == codes[1]:
            return {"compared": None, "unknown_codes": [code for code in unknown if code], "needs_two": True}
        both = compare(known[codes[0]], known[codes[1]])
        return {
            "compared": shown_lines(both.lines),
            "difference": difference_sentence(both),
            "unknown_codes": [],
        }


def _named(waiting: Sequence[Coverage]) -> list[tuple[Coverage, list[str]]]:
    """Villages with the words of the elements that nobody of has come."""
    return [(one, [str(Element(value).label) for value in one.missing]) for one in waiting]


class AcrossExportView(AcrossMixin, View):
    """The table of the page, as it was filtered, as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        across = self.across
        content = across_csv(across.total, across.lines, by=self.form.cut(), simulated=across.simulated)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="across-trainings.csv"'
        response["Cache-Control"] = "no-store"
        return response
