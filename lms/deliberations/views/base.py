"""What every view of one record, and of the list that is shown, has in common."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.press.paper import SIZES, PaperSize

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What one file may hold: more would keep the press busy for longer than a browser waits.
MOST_PAPERS = 60


class StaffView(WagtailAdminTemplateMixin, View):
    """A view for staff with all ``permissions``; the records are those of one's organisations."""

    permissions: tuple[str, ...] = ()
    model: Any = None
    # Name of the viewset, which is the namespace of its addresses.
    space: str = ""
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def list_url(self) -> str:
        return reverse(f"{self.space}:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name = capfirst(self.model._meta.verbose_name_plural)
        items = [*self.breadcrumbs_items, {"url": self.list_url, "label": name}]
        record = getattr(self, "record", None)
        if record is not None:
            items.append({"url": self.page_url, "label": str(record)})
        return [*items, {"url": "", "label": self.get_page_title()}] if self.page_title else items


class RecordView(StaffView):
    """A view of one record. Outside the scope of the member of staff it does not exist (404)."""

    record: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.has_perms(self.permissions):
            self.record = get_object_or_404(self.records(), pk=kwargs["pk"])

    def records(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model.objects.visible_to(self.request.user)
        return found.select_related("organisation", "village", "cohort")

    @property
    def page_url(self) -> str:
        return reverse(f"{self.space}:page", args=[self.record.pk])

    def show(self, **context: Any) -> HttpResponse:
        """The page of this view with the record in its context."""
        return self.render_to_response(
            self.get_context_data(record=self.record, page_url=self.page_url, **context)
        )


class ListView(StaffView):
    """A view of all records that the list shows: the same filters and the same search."""

    filterset_class: Any = None
    search_fields: tuple[str, ...] = ()

    def records(self) -> QuerySet[Any]:
        raise NotImplementedError

    def shown(self) -> QuerySet[Any]:
        """The records of the list; 404 for a filter that cannot be."""
        filters = self.filterset_class(self.request.GET, queryset=self.records(), request=self.request)
        if not filters.is_valid():
            raise Http404
        found: QuerySet[Any] = filters.qs
        for word in self.request.GET.get("q", "").split():
            matching = Q()
            for name in self.search_fields:
                matching |= Q(**{f"{name}__icontains": word})
            found = found.filter(matching)
        return found


def paper_size(request: HttpRequest) -> PaperSize:
    """The size that was asked for with ``?kertas=``; A4 unless it is one that we know."""
    asked = request.GET.get("kertas", "a4")
    return next((size for size in SIZES if size == asked), "a4")


def today_of(village: Any) -> Any:
    """The day as the calendar in the village shows it; that of central Indonesia without a village."""
    zone = village.time_zone if village is not None else "Asia/Makassar"
    return timezone.localdate(timezone.now(), ZoneInfo(zone))


def file_response(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep, never cached on the way: it is for staff of one organisation."""
    shown = "inline" if content_type == PDF else "attachment"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'{shown}; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


def private_file(file: Any, content_type: str) -> FileResponse:
    """A file that somebody sent in; 404 if it is not there. It can load and run nothing."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store, private"
    return response
