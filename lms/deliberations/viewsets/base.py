"""What the lists and forms of all records of this app have in common."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from lms.cohorts.models import Cohort
from lms.people.scoped_viewsets import ScopedEditView, ScopedIndexView, ScopedModelViewSet

RECORD_PANELS = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("village")]), FieldPanel("cohort")]


class RowsPanel(InlinePanel):
    """Rows with a form of their own."""

    def __init__(self, relation_name: str, *args: Any, row_form: type, **kwargs: Any) -> None:
        super().__init__(relation_name, *args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": self.row_form}
        return options


class RecordIndexView(ScopedIndexView):
    """A list whose titles lead to the page of each record, and which passes its training on."""

    request: HttpRequest
    # Buttons for all that is shown: label, icon, name of the address.
    list_buttons: tuple[tuple[Any, str, str], ...] = ()

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("village", "cohort")

    def get_add_url(self) -> str | None:
        url = super().get_add_url()
        cohort = self.request.GET.get("cohort", "")
        return f"{url}?{self.request.GET.urlencode()}" if url and cohort and _is_uuid(cohort) else url

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        space = self.index_url_name.partition(":")[0]
        own = [
            Button(
                label, url=_with_query(f"{space}:{name}", self.request), icon_name=icon, priority=50 + place
            )
            for place, (label, icon, name) in enumerate(self.list_buttons)
        ]
        return [*super().header_more_buttons, *own]


class ToItsPage:
    """After saving, the record's own page is shown: there the work goes on."""

    object: Any
    index_url_name: str

    def get_success_url(self) -> str:
        return reverse(f"{self.index_url_name.partition(':')[0]}:page", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []


class RecordAddView(ToItsPage, generic.CreateView):
    """A new record; ``?cohort=`` fills in what the training knows."""

    request: HttpRequest

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        asked = self.request.GET.get("cohort", "")
        if _is_uuid(asked):
            cohort = Cohort.objects.visible_to(self.request.user).filter(pk=asked).first()
            if cohort is not None:
                initial |= {"cohort": cohort.pk, "organisation": cohort.organisation_id}
                initial |= {"village": cohort.village_id, **self.known_from(cohort)}
        return initial

    def known_from(self, cohort: Cohort) -> dict[str, Any]:
        """What else a training tells about the record."""
        return {}

    def get_add_url(self) -> str:
        # The form is sent to where it came from, so that a mistake does not lose the training.
        query = self.request.GET.urlencode()
        url: str = super().get_add_url()
        return f"{url}?{query}" if query else url


class RecordEditView(ToItsPage, ScopedEditView):
    pass


class RecordViewSet(ScopedModelViewSet):
    """The records of one's organisations."""

    add_to_admin_menu = False
    index_view_class = RecordIndexView
    add_view_class = RecordAddView
    edit_view_class = RecordEditView
    inspect_view_enabled = False


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _with_query(name: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{reverse(name)}?{query}" if query else reverse(name)
