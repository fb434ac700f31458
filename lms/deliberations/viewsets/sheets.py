"""Lists and forms of counts, data reviews and regulation reviews."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from lms.deliberations.filters import CensusFilterSet, DataReviewFilterSet, RegulationReviewFilterSet
from lms.deliberations.forms.base import RowForm
from lms.deliberations.forms.sheets import CensusForm, DataReviewForm, RegulationReviewForm
from lms.deliberations.models import Census, DataReview, RegulationReview
from lms.deliberations.viewsets.base import RECORD_PANELS, RecordIndexView, RecordViewSet, RowsPanel


class SheetIndexView(RecordIndexView):
    list_buttons = (
        (_("Print an empty form"), "doc-empty", "empty"),
        (_("Download the list (XLSX)"), "download", "export"),
        (_("Print all that are shown (PDF)"), "doc-full", "bundle"),
    )


def _columns(space: str, title: Any, day: str, *more: Column) -> list[Column]:
    return [
        TitleColumn("title", label=title, accessor=str, url_name=f"{space}:page", width="40%"),
        Column("village.name", label=_("Village")),
        *more,
        Column(day, label=_("Date"), sort_key=day),
    ]


class CensusViewSet(RecordViewSet):
    """Counts of residents in no group, for each hamlet."""

    model = Census
    name = "census"
    url_prefix = "warga-belum-berkelompok"
    icon = "group"
    menu_label = _("Residents in no group")
    index_view_class = SheetIndexView
    filterset_class = CensusFilterSet
    list_display = _columns(
        "census",
        _("Count"),
        "counted_on",
        Column("ungrouped_men", label=_("men in no group"), classname="tc-wide"),
        Column("ungrouped_women", label=_("women in no group"), classname="tc-wide"),
    )
    search_fields = ["dusun", "officer", "note", "village__name"]
    ordering = "-counted_on"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [*RECORD_PANELS, FieldRowPanel([FieldPanel("dusun"), FieldPanel("counted_on")])],
                heading=_("Where and when"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("households"), FieldPanel("residents")]),
                    FieldRowPanel([FieldPanel("ungrouped_men"), FieldPanel("ungrouped_women")]),
                    FieldPanel("officer"),
                    FieldPanel("note"),
                ],
                heading=_("Counts"),
            ),
        ],
        base_form_class=CensusForm,
    )


class DataReviewViewSet(RecordViewSet):
    """Data review sheets (lembar kaji data)."""

    model = DataReview
    name = "data_review"
    url_prefix = "kaji-data"
    icon = "table"
    menu_label = _("Data review sheets")
    index_view_class = SheetIndexView
    filterset_class = DataReviewFilterSet
    list_display = _columns("data_review", _("Topic"), "reviewed_on")
    search_fields = ["topic", "reviewer", "conclusion", "village__name"]
    ordering = "-reviewed_on"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    *RECORD_PANELS,
                    FieldPanel("topic"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("reviewer")]),
                ],
                heading=_("What was reviewed"),
            ),
            RowsPanel(
                "rows",
                row_form=RowForm,
                panels=[
                    FieldPanel("indicator"),
                    FieldRowPanel([FieldPanel("source"), FieldPanel("year")]),
                    FieldRowPanel([FieldPanel("value"), FieldPanel("dusun")]),
                    FieldPanel("meaning"),
                    FieldPanel("proposal"),
                ],
                heading=_("Indicators"),
                label=_("Indicator"),
            ),
            FieldPanel("conclusion"),
        ],
        base_form_class=DataReviewForm,
    )


class RegulationReviewViewSet(RecordViewSet):
    """Regulation review sheets (lembar telaah regulasi)."""

    model = RegulationReview
    name = "regulation_review"
    url_prefix = "telaah-regulasi"
    icon = "clipboard-list"
    menu_label = _("Regulation review sheets")
    index_view_class = SheetIndexView
    filterset_class = RegulationReviewFilterSet
    list_display = _columns("regulation_review", _("Document"), "reviewed_on")
    search_fields = ["document", "reviewer", "conclusion", "village__name"]
    ordering = "-reviewed_on"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    *RECORD_PANELS,
                    FieldPanel("document"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("reviewer")]),
                ],
                heading=_("What was reviewed"),
            ),
            RowsPanel(
                "rows",
                row_form=RowForm,
                panels=[
                    FieldRowPanel([FieldPanel("article"), FieldPanel("reference")]),
                    FieldPanel("problem"),
                    FieldPanel("suggestion"),
                ],
                heading=_("Articles"),
                label=_("Article"),
            ),
            FieldPanel("conclusion"),
        ],
        base_form_class=RegulationReviewForm,
    )
