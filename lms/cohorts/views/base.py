"""What every view of one training has."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.cohorts.enums import CohortState
from lms.cohorts.models import Cohort
from lms.cohorts.stages import Deed, refusal


class CohortView(WagtailAdminTemplateMixin, View):
    """A view of one training. Outside the scope of the member of staff it does not exist (404).

    Subclasses name the ``permissions`` that are needed, all of them. An archived training is only read: what
    is posted is turned away with a message, unless the view says ``writes_archived``.
    """

    permissions: ClassVar[tuple[str, ...]] = ("cohorts.view_cohort",)
    header_icon = "calendar-check"
    writes_archived: ClassVar[bool] = False
    cohort: Cohort

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Cohort.objects.visible_to(request.user)
        loaded = visible.select_related("organisation", "programme", "village", "course", "assessment")
        self.cohort = get_object_or_404(loaded, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        if (
            request.method == "POST"
            and self.cohort.state == CohortState.ARCHIVED
            and not self.writes_archived
        ):
            messages.error(request, refusal(self.cohort.state, Deed.CHANGE).messages[0])
            return redirect(self.hub_url)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("cohort:index"), "label": capfirst(Cohort._meta.verbose_name_plural)},
            {"url": self.hub_url, "label": self.cohort.code},
        ]
        return [*items, {"url": "", "label": self.get_page_title()}] if self.page_title else items

    @property
    def hub_url(self) -> str:
        """The address of the training's page."""
        return reverse("cohort:hub", args=[self.cohort.pk])

    def show(self, **context: Any) -> HttpResponse:
        """The page of this view with the training in its context."""
        context = self.get_context_data(cohort=self.cohort, hub_url=self.hub_url, **context)
        return self.render_to_response(context)
