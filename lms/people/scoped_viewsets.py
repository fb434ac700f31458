"""Wagtail's generic views, narrowed to what the member of staff may see: the rest is 404.

Every scoped model is managed through a ``ScopedModelViewSet``. Views that Wagtail would add and that look
beyond the scope (usage, copy) have no route here.
"""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.viewsets.model import ModelViewSet

from lms.people.queries import has_records


def in_scope(model: type[models.Model], request: HttpRequest) -> models.QuerySet[Any]:
    """What this member of staff may see of a model that is bound to organisations."""
    return model._default_manager.visible_to(request.user)


class ScopedIndexView(generic.IndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        return in_scope(self.model, self.request)


class ScopedEditView(generic.EditView):
    def get_queryset(self) -> models.QuerySet[Any]:
        return in_scope(self.model, self.request)


class PoliteDeleteView(generic.DeleteView):
    """Says why a record with others that point at it stays, instead of failing."""

    template_name = "people_admin/confirm_delete.html"
    kept_message = _("“%(object)s” stays: other records belong to it, so it cannot be deleted.")

    @property
    def refusal(self) -> str:
        """The reason why this record cannot be deleted, or an empty text."""
        if not has_records(self.object):
            return ""
        return str(self.kept_message) % {"object": self.object}

    @property
    def back_url(self) -> str:
        """Where to go on with a record that stays."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def form_valid(self, form: Any) -> HttpResponse:
        if self.refusal:
            messages.error(self.request, self.refusal)
            return HttpResponseRedirect(self.back_url)
        return super().form_valid(form)


class ScopedDeleteView(PoliteDeleteView):
    def get_queryset(self) -> models.QuerySet[Any]:
        return in_scope(self.model, self.request)


class ScopedHistoryView(history.HistoryView):
    def get_base_object_queryset(self) -> models.QuerySet[Any]:
        return in_scope(self.model, self.request)


class ScopedInspectView(generic.InspectView):
    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(in_scope(self.model, self.request), pk=self.pk)


class RecordsViewSet(ModelViewSet):
    """A viewset for records: no usage and no copy view, no export, outside Wagtail's reference index."""

    delete_view_class = PoliteDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class ScopedModelViewSet(RecordsViewSet):
    """A viewset of a model with ``visible_to``."""

    index_view_class = ScopedIndexView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    history_view_class = ScopedHistoryView
    inspect_view_class = ScopedInspectView
