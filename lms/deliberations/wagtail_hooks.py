"""What deliberations add to Wagtail: the menu, the log of minutes and sheets, and their styles."""

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from lms.deliberations.models import Census, DataReview, Minutes, RegulationReview
from lms.deliberations.views import minutes, minutes_list, names, sheets
from lms.deliberations.viewsets.minutes import MinutesViewSet
from lms.deliberations.viewsets.sheets import CensusViewSet, DataReviewViewSet, RegulationReviewViewSet
from lms.people.models import RecordLogEntry


class MinutesWithPages(MinutesViewSet):
    """List and form of minutes together with the page of each and what is done from it."""

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("kosong/", minutes_list.EmptyFormView.as_view(), name="empty"),
            path("unduh/", minutes_list.ExportView.as_view(), name="export"),
            path("cetak/", minutes_list.BundleView.as_view(), name="bundle"),
            path("<uuid:pk>/", minutes.MinutesPage.as_view(), name="page"),
            path("<uuid:pk>/pdf/", minutes.PdfView.as_view(), name="pdf"),
            path("<uuid:pk>/docx/", minutes.DocxView.as_view(), name="docx"),
            path("<uuid:pk>/nomor/", minutes.FinaliseView.as_view(), name="finalise"),
            path("<uuid:pk>/versi/", minutes.VersionView.as_view(), name="version"),
            path("<uuid:pk>/bertanda/", minutes.KeepScanView.as_view(), name="keep_scan"),
            path("<uuid:pk>/bertanda/<uuid:scan_id>/", minutes.ScanView.as_view(), name="scan"),
        ]


def _sheet_paths(kind: sheets.SheetKind) -> list[Any]:
    return [
        path("kosong/", sheets.EmptySheet.as_view(kind=kind), name="empty"),
        path("unduh/", sheets.SheetExport.as_view(kind=kind), name="export"),
        path("cetak/", sheets.SheetBundle.as_view(kind=kind), name="bundle"),
        path("<uuid:pk>/", sheets.SheetPage.as_view(kind=kind), name="page"),
        path("<uuid:pk>/pdf/", sheets.SheetPdf.as_view(kind=kind), name="pdf"),
        path("<uuid:pk>/docx/", sheets.SheetDocx.as_view(kind=kind), name="docx"),
    ]


class CensusWithPages(CensusViewSet):
    """Counts, and the lists with names behind them."""

    def get_urlpatterns(self) -> list[Any]:
        one = "<uuid:pk>/nama/<uuid:list_id>"
        return [
            *super().get_urlpatterns(),
            *_sheet_paths(sheets.CENSUS),
            path("<uuid:pk>/nama/", names.KeepNamesView.as_view(), name="keep_names"),
            path(f"{one}/", names.OpenNamesView.as_view(), name="names"),
            path(f"{one}/hapus/", names.EraseNamesView.as_view(), name="erase_names"),
        ]


class DataReviewWithPages(DataReviewViewSet):
    """Data reviews with their pages and papers."""

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), *_sheet_paths(sheets.DATA_REVIEW)]


class RegulationReviewWithPages(RegulationReviewViewSet):
    """Regulation reviews with their pages and papers."""

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), *_sheet_paths(sheets.REGULATION_REVIEW)]


class DeliberationGroup(ViewSetGroup):
    """The menu item of a village's papers."""

    menu_label = _("Deliberations")
    menu_icon = "doc-full"
    menu_order = 95
    items = (MinutesWithPages(), CensusWithPages(), DataReviewWithPages(), RegulationReviewWithPages())


@hooks.register("register_admin_viewset")
def deliberation_menu() -> DeliberationGroup:
    return DeliberationGroup()


@hooks.register("insert_global_admin_css")
def papers_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("deliberations/papers.css"))


@hooks.register("register_log_actions")
def log_actions_of_deliberations(actions: LogActionRegistry) -> None:
    for model in (Minutes, Census, DataReview, RegulationReview):
        actions.register_model(model, RecordLogEntry)
    actions.register_action(
        "deliberations.finalised", _("Number and lock"), _("Numbered and locked the minutes")
    )
    actions.register_action("deliberations.versioned", _("New version"), _("Began a new version"))
    actions.register_action("deliberations.scan_kept", _("Signed paper"), _("Kept a signed paper"))
    actions.register_action("deliberations.names_kept", _("Keep names"), _("Kept a list with names"))
    actions.register_action("deliberations.names_opened", _("Open names"), _("Opened a list with names"))
    actions.register_action("deliberations.names_erased", _("Erase names"), _("Erased a list with names"))
