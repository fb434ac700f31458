"""Staff screens: which cohorts have results, and the result of one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import matched_counts
from lms.evaluation.exports import export_pairs
from lms.evaluation.reports.agenda import agenda_of
from lms.evaluation.reports.agenda_results import Agenda, AgendaOutcome, Sight
from lms.evaluation.reports.agenda_words import (
    answers_sentence,
    caution,
    change_sentence,
    counted_sentence,
    half_sentence,
    time_sentence,
    verdict_word,
)
from lms.evaluation.reports.cohort import Reader, report_on
from lms.evaluation.reports.page import page_of
from lms.evaluation.reports.wording import standing_word
from lms.evaluation.stats.disclosure import standing
from lms.evaluation.stats.need import Verdict
from lms.learning.enums import Occasion

cohort_policy = ModelPermissionPolicy(Cohort)
# Trainers may look; taking personal results out of the house is for organisers.
MAY_READ = ["view", "change"]
MAY_EXPORT = "change"
SEES_PEOPLE = "learning.view_attempt"
SEES_KEYS = "assessments.view_question"
SEES_PLANS = "followup.view_action"
# ``?for=wall``: to pin up or to project, without names, questions and keys.
WALL = "wall"


class ResultListView(ReportView):
    """The cohorts that the user may see, each with how many people can be compared."""

    page_title = gettext_lazy("Learning results")
    header_icon = "doc-full-inverse"
    index_url_name = "evaluation:index"
    results_template_name = "evaluation/result_list_results.html"
    permission_policy = cohort_policy
    any_permission_required = MAY_READ
    default_ordering = ("-starts_on", "code")

    def get_base_queryset(self) -> QuerySet[Cohort]:
        return Cohort.objects.visible_to(self.request.user).select_related("village")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        counts = matched_counts(object_list)
        for cohort in object_list:
            cohort.registered, cohort.matched = counts[cohort.pk]
            cohort.standing = standing(cohort.matched)
            cohort.standing_word = standing_word(cohort.standing)
        return object_list


class CohortScopeMixin(PermissionCheckedMixin):
    """The cohort named in the address; 404 outside the user's organisations."""

    permission_policy = cohort_policy
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def cohort(self) -> Cohort:
        visible = Cohort.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("assessment", "village"), code=self.kwargs["code"])


class ResultView(CohortScopeMixin, WagtailAdminTemplateMixin, TemplateView):
    """What one cohort learned: the sentence first, then badges, drawings and tables. Prints on A4."""

    template_name = "evaluation/result.html"
    page_title = gettext_lazy("Learning results")
    header_icon = "doc-full-inverse"
    any_permission_required = MAY_READ

    def get_page_subtitle(self) -> str:
        return self.cohort.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("evaluation:index"), "label": self.get_page_title()},
            {"url": "", "label": self.cohort.title, "sublabel": self.cohort.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        people, keys, plans = (user.has_perm(name) for name in (SEES_PEOPLE, SEES_KEYS, SEES_PLANS))
        reader = Reader(questions=people or keys, keys=keys, plans=plans)
        report = report_on(self.cohort, reader)
        return super().get_context_data(
            cohort=self.cohort,
            reader=reader,
            as_of=timezone.now(),
            may_export=not report.evaluation.is_hidden and self.user_has_permission(MAY_EXPORT),
            **page_of(report, self.cohort, with_stems=reader.questions),
            **kwargs,
        )


class AgendaView(CohortScopeMixin, WagtailAdminTemplateMixin, TemplateView):
    """What this room needs: after the pre-test the agenda of the day, after the post-test what to repeat."""

    template_name = "evaluation/agenda.html"
    header_icon = "list-ul"
    any_permission_required = MAY_READ
    occasion = Occasion.PRE

    def get_page_title(self) -> str:
        return _("What to repeat") if self.occasion == Occasion.POST else _("Agenda from the pre-test")

    def get_page_subtitle(self) -> str:
        return self.cohort.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        training = {"url": reverse("cohort:hub", args=[self.cohort.pk]), "label": self.cohort.code}
        return [*self.breadcrumbs_items, training, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        for_wall = self.request.GET.get("for") == WALL
        may_see_more = [self.request.user.has_perm(name) for name in (SEES_PEOPLE, SEES_KEYS)]
        sight = Sight(*(allowed and not for_wall for allowed in may_see_more))
        agenda = agenda_of(self.cohort, self.occasion, sight)
        return super().get_context_data(
            cohort=self.cohort,
            agenda=agenda,
            sight=sight,
            for_wall=for_wall,
            has_wall=any(may_see_more),
            is_post=self.occasion == Occasion.POST,
            sentence=counted_sentence(agenda),
            caution=caution(agenda),
            groups=_by_verdict(agenda),
            rows=[_in_words(row, agenda.occasion) for row in agenda.outcomes],
            questions=[(row, answers_sentence(row), change_sentence(row)) for row in agenda.questions],
            as_of=timezone.now(),
            **kwargs,
        )


class PairsExportView(CohortScopeMixin, View):
    """Matched pairs as CSV; too few people lead back to the page, which says so."""

    permission_required = MAY_EXPORT

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            content = export_pairs(cohort=self.cohort, user=request.user)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return redirect("evaluation:cohort", code=self.cohort.code)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.cohort.code}-pairs.csv"'
        response["Cache-Control"] = "no-store"
        return response


def _in_words(row: AgendaOutcome, occasion: Occasion) -> tuple[AgendaOutcome, str, str, str]:
    """With its verdict, its people, and before the lessons its share of the time."""
    time = "" if occasion == Occasion.POST else time_sentence(row)
    return row, verdict_word(row.verdict, occasion), half_sentence(row), time


def _by_verdict(agenda: Agenda) -> list[tuple[str, list[AgendaOutcome]]]:
    """The outcomes below the words of their verdicts, those that are not there left out."""
    found = ((verdict_word(one, agenda.occasion), agenda.by_verdict(one)) for one in Verdict)
    return [(word, rows) for word, rows in found if rows]
