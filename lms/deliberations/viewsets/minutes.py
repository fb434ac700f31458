"""List and form of minutes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from lms.cohorts.models import Cohort, Finding
from lms.deliberations.domain.minutes import discard_draft
from lms.deliberations.filters import MinutesFilterSet
from lms.deliberations.forms.base import RowForm
from lms.deliberations.forms.minutes import MinutesForm, ProposalForm
from lms.deliberations.models import Minutes
from lms.deliberations.queries import people_who_came
from lms.deliberations.viewsets.base import (
    RECORD_PANELS,
    RecordAddView,
    RecordEditView,
    RecordIndexView,
    RecordViewSet,
    RowsPanel,
)
from lms.people.models import Organisation
from lms.people.scoped_viewsets import ScopedDeleteView

PANELS = [
    MultiFieldPanel(
        [
            *RECORD_PANELS,
            FieldPanel("kind", widget=forms.Select),
            FieldRowPanel([FieldPanel("held_on"), FieldPanel("dusun")]),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("place"),
            FieldRowPanel([FieldPanel("chair"), FieldPanel("chair_title")]),
            FieldPanel("note_taker"),
        ],
        heading=_("Which deliberation, when and where"),
        icon="date",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("men"), FieldPanel("women")]),
            FieldRowPanel([FieldPanel("elders"), FieldPanel("youth")]),
            FieldRowPanel([FieldPanel("with_disability"), FieldPanel("poor")]),
            FieldRowPanel([FieldPanel("invited"), FieldPanel("quorum")]),
        ],
        heading=_("How many people came"),
        icon="group",
    ),
    MultiFieldPanel(
        [FieldPanel("matters"), FieldPanel("results")], heading=_("What was said and agreed"), icon="comment"
    ),
    RowsPanel(
        "proposals",
        row_form=ProposalForm,
        panels=[
            FieldPanel("activity"),
            FieldRowPanel([FieldPanel("field"), FieldPanel("dusun")]),
            FieldRowPanel([FieldPanel("volume"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("men"), FieldPanel("women"), FieldPanel("vulnerable")]),
            FieldRowPanel([FieldPanel("proposer"), FieldPanel("rank")]),
            FieldRowPanel([FieldPanel("cost_typed"), FieldPanel("remark")]),
        ],
        heading=_("Proposals"),
        label=_("Proposal"),
        icon="list-ol",
    ),
    RowsPanel(
        "signatories",
        row_form=RowForm,
        panels=[
            FieldRowPanel([FieldPanel("role"), FieldPanel("sex")]),
            FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
        ],
        heading=_("Who signs"),
        label=_("Signatory"),
        icon="edit",
        help_text=_(
            "Chair, note-taker, at least two representatives of residents (one a woman), and who "
            "acknowledges it. Places without a person are printed with a line to write the name on."
        ),
    ),
    MultiFieldPanel(
        [
            FieldPanel("letterhead", widget=forms.Select),
            FieldPanel("legal_basis"),
            FieldPanel("findings"),
            FieldPanel("plan_activity"),
        ],
        heading=_("Letterhead, legal basis and what it answers"),
        icon="doc-full",
    ),
]


class MinutesIndexView(RecordIndexView):
    list_buttons = (
        (_("Print an empty form"), "doc-empty", "empty"),
        (_("Download the list (XLSX)"), "download", "export"),
        (_("Print all that are shown (PDF)"), "doc-full", "bundle"),
    )

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().filter(superseded_at__isnull=True)

    def get_edit_url(self, instance: Minutes) -> str | None:
        return super().get_edit_url(instance) if instance.is_draft else None

    def get_delete_url(self, instance: Minutes) -> str | None:
        return super().get_delete_url(instance) if instance.is_draft else None


class MinutesAddView(RecordAddView):
    def known_from(self, cohort: Cohort) -> dict[str, Any]:
        """Place and day of the training, its findings as matters, and how many came to its meetings."""
        open_findings = Finding.objects.filter(
            cohort=cohort, merged_into__isnull=True, closed_at__isnull=True
        )
        matters = "\n".join(" ".join(str(each).split()) for each in open_findings.order_by("created_at"))
        known = {"place": cohort.venue, "held_on": cohort.starts_on, "matters": matters}
        return {**known, **people_who_came(cohort)}


class MinutesEditView(RecordEditView):
    """Minutes that are final do not change; a form that was open meanwhile must not change them either."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().get(request, *args, **kwargs) if self.object.is_draft else self.refused()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs) if self.object.is_draft else self.refused()

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            # Waits for somebody who is just numbering them.
            Organisation.objects.select_for_update().get(pk=self.object.organisation_id)
            if not Minutes.objects.get(pk=self.object.pk).is_draft:
                return self.refused()
            return super().form_valid(form)

    def refused(self) -> HttpResponse:
        messages.warning(
            self.request,
            _gettext("These minutes are final and do not change any more. Start a new version."),
        )
        return redirect("minutes:page", self.object.pk)


class MinutesDeleteView(ScopedDeleteView):
    kept_message = _("“%(object)s” is final and stays. If something is wrong, start a new version.")

    @property
    def refusal(self) -> str:
        return "" if self.object.is_draft else str(self.kept_message) % {"object": self.object}

    @property
    def back_url(self) -> str:
        return reverse("minutes:page", args=[self.object.pk])

    def delete_action(self) -> None:
        discard_draft(minutes=self.object, user=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(self.back_url)


class MinutesViewSet(RecordViewSet):
    """Minutes of agreement (Berita Acara)."""

    model = Minutes
    name = "minutes"
    url_prefix = "berita-acara"
    icon = "doc-full"
    menu_label = _("Minutes (Berita Acara)")
    index_view_class = MinutesIndexView
    add_view_class = MinutesAddView
    edit_view_class = MinutesEditView
    delete_view_class = MinutesDeleteView
    filterset_class = MinutesFilterSet
    list_display = [
        TitleColumn("title", label=_("Minutes"), accessor=str, url_name="minutes:page", width="35%"),
        Column("get_kind_display", label=_("Deliberation"), sort_key="kind", classname="tc-wide"),
        Column("held_on", label=_("Date"), sort_key="held_on"),
        Column("village.name", label=_("Village"), classname="tc-wide"),
        Column("get_state_display", label=_("State"), sort_key="state"),
    ]
    search_fields = ["number", "place", "dusun", "matters", "results", "chair", "village__name"]
    ordering = "-held_on"
    edit_handler = ObjectList(PANELS, base_form_class=MinutesForm)
