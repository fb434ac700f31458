"""The report: what cites a rule that was revoked, that nobody has read, or that must be looked at again."""

import datetime
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from assessments.citing import Cited, cited, sources
from assessments.enums import Attention
from assessments.models import LegalBasis, Question, Regulation
from assessments.registry import learners_url
from assessments.viewsets.columns import LinkColumn
from assessments.viewsets.screens import question_url

MAY_READ = ("view", "change")
_POLICY = ModelPermissionPolicy(LegalBasis)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that cites one provision that somebody should look at."""

    title: str
    url: str
    source: str
    citation: str
    basis_url: str
    attention: str
    replacement: str
    checked_on: datetime.date | None
    recheck_on: datetime.date | None
    # Of a revoked rule only: where those are listed who learned it.
    learners_url: str | None
    learners: str


class LawReportFilterSet(WagtailFilterSet):
    attention = django_filters.ChoiceFilter(label=_("Why"), choices=Attention.choices, method="of_attention")
    source = django_filters.ChoiceFilter(
        label=_("What cites it"), choices=lambda: list(sources().items()), method="anything"
    )
    regulation = django_filters.ModelChoiceFilter(label=_("Regulation"), queryset=Regulation.objects.all())

    class Meta:
        model = LegalBasis
        fields: list[str] = []

    def of_attention(self, queryset: Any, name: str, value: str) -> QuerySet[LegalBasis]:
        return queryset.of_attention(timezone.localdate(), value)

    def anything(self, queryset: QuerySet[LegalBasis], name: str, value: str) -> QuerySet[LegalBasis]:
        """What cites a provision is asked when the provisions are known."""
        return queryset


class LawReportView(ReportView):
    """Each lesson, question or template that its reader may edit, beside what it cites."""

    page_title = _("Cites revoked or unread rules")
    header_icon = "warning"
    permission_policy = _POLICY
    any_permission_required = MAY_READ
    filterset_class = LawReportFilterSet
    index_url_name = "law_report"
    index_results_url_name = "law_report_results"
    verbose_name_plural = _("citations to look at")
    columns = [
        TitleColumn("title", label=_("Cited in"), get_url=lambda row: row.url or None),
        Column("source", label=_("What it is")),
        TitleColumn("citation", label=_("Legal basis"), get_url=lambda row: row.basis_url),
        Column("attention", label=_("Why")),
        Column("replacement", label=_("In its place")),
        # Days, not Wagtail's "one week ago": the day to look again lies ahead.
        Column("checked_on", label=_("Read on")),
        Column("recheck_on", label=_("Look again on")),
        LinkColumn("learners", label=_("People"), get_url=lambda row: row.learners_url),
    ]
    list_export = ["title", "source", "citation", "attention", "replacement", "checked_on", "recheck_on"]
    export_headings = {
        "title": _("Cited in"),
        "source": _("What it is"),
        "citation": _("Legal basis"),
        "attention": _("Why"),
        "replacement": _("In its place"),
        "checked_on": _("Read on"),
        "recheck_on": _("Look again on"),
    }

    def get_base_queryset(self) -> QuerySet[LegalBasis]:
        asked = LegalBasis.objects.of_attention(timezone.localdate())
        return asked.with_rules().with_neighbours()

    def get_filtered_queryset(self) -> Any:
        bases = list(self.get_queryset())
        source = ""
        if self.filters and self.filters.is_valid():
            source = self.filters.form.cleaned_data.get("source") or ""
        return rows_of(bases, self.request.user, source=source)

    def get_filename(self) -> str:
        return "dasar-hukum"


def rows_of(bases: list[LegalBasis], user: Any, *, source: str = "") -> list[Row]:
    """The gravest first. Queries do not grow with bases or with what cites them."""
    by_pk = {basis.pk: basis for basis in bases}
    today, labels = timezone.localdate(), sources()
    screen = "edit" if _POLICY.user_has_permission(user, "change") else "inspect"
    found = cited(by_pk.keys(), user, source=source)
    order = list(Attention)

    def grave(each: Cited) -> tuple[Any, ...]:
        reason = by_pk[each.basis].attention(today)
        return (order.index(reason) if reason else len(order), each.source, each.title, each.basis)

    learners = {basis.pk: learners_url(basis, user) for basis in bases}
    return [
        _row(each, by_pk[each.basis], today, str(labels[each.source]), screen, learners[each.basis])
        for each in sorted(found, key=grave)
    ]


def _row(
    each: Cited, basis: LegalBasis, today: datetime.date, label: str, screen: str, learners: str | None
) -> Row:
    attention = basis.attention(today)
    if attention != Attention.REVOKED:
        learners = None
    return Row(
        title=each.title,
        url=each.url,
        source=label,
        citation=basis.citation,
        basis_url=reverse(f"legal_bases:{screen}", args=[basis.pk]),
        attention=str(attention.label) if attention else "",
        replacement=basis.replacement if attention == Attention.REVOKED else "",
        checked_on=basis.checked_on,
        recheck_on=basis.recheck_on,
        learners_url=learners,
        learners=str(_("Who learned it")) if learners else "",
    )


class LawReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _POLICY.user_has_any_permission(request.user, MAY_READ)


def law_report_menu_item() -> LawReportMenuItem:
    return LawReportMenuItem(
        _("Cites revoked or unread rules"),
        reverse_lazy("law_report"),
        name="law-report",
        icon_name="warning",
        order=110,
    )


def law_report_urls() -> list[Any]:
    results = LawReportView.as_view(results_only=True)
    return [
        path("laporan/dasar-hukum/", LawReportView.as_view(), name="law_report"),
        path("laporan/dasar-hukum/hasil/", results, name="law_report_results"),
    ]


def questions_citing(bases: Any, user: Any) -> list[Cited]:
    """Questions in use that cite these provisions, of the kinds that the user may change."""
    links = Question.legal_bases.through.objects.filter(legalbasis__in=bases)
    pairs = list(links.values_list("question_id", "legalbasis_id"))
    current = Question.objects.filter(is_current=True, retired_at=None)
    known = current.in_bulk({question_id for question_id, _basis in pairs})
    found = []
    for question_id, basis_id in pairs:
        question = known.get(question_id)
        if question is None:
            continue
        policy = ModelPermissionPolicy(type(question))
        if user is None or policy.user_has_permission(user, "change"):
            found.append(Cited(basis_id, "question", str(question), question_url(question, "edit")))
    return found
