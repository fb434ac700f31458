"""The letterheads of one's organisations in Wagtail's admin, and how each looks on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from lms.cohorts.exports.frame import drawn
from lms.cohorts.exports.meetings import TEMPLATES
from lms.cohorts.forms.letterhead import LetterheadForm
from lms.cohorts.models import Letterhead
from lms.cohorts.views.papers import pdf_response, size_asked_for
from lms.people.scoped_viewsets import ScopedEditView, ScopedIndexView, ScopedModelViewSet
from lms.press.paper import Frame, print_paper

PANELS = [
    HelpPanel(template="cohorts/letterhead_sample.html"),
    FieldPanel("organisation"),
    FieldPanel("village"),
    FieldPanel("lines"),
    FieldPanel("contact"),
    FieldPanel("new_logo"),
    FieldPanel("without_logo"),
]


class LetterheadIndexView(ScopedIndexView):
    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("organisation", "village")


class ToItsSample:
    """After saving, the same page again: there the sample is."""

    object: Letterhead

    def get_success_url(self) -> str:
        return reverse("letterhead:edit", args=[self.object.pk])


class LetterheadAddView(ToItsSample, generic.CreateView):
    pass


class LetterheadEditView(ToItsSample, ScopedEditView):
    pass


class SampleView(View):
    """An empty letter below the letterhead as it is saved, on A4 or F4."""

    letterhead: Letterhead

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.letterhead = get_object_or_404(Letterhead.objects.visible_to(request.user), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("cohorts.view_letterhead"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        frame = Frame("Kop surat", drawn(self.letterhead), "Contoh", timezone.localdate())
        try:
            content = print_paper(TEMPLATES / "sample.typ", {}, size_asked_for(request), frame=frame)
        except RuntimeError:
            messages.error(request, _("The sample could not be made. Try again."))
            return redirect("letterhead:edit", self.letterhead.pk)
        return pdf_response(content, "kop-surat.pdf")


class LetterheadViewSet(ScopedModelViewSet):
    """One for all trainings of an organisation, and one for each village that has its own."""

    model = Letterhead
    name = "letterhead"
    url_prefix = "kop-surat"
    icon = "title"
    menu_label = gettext_lazy("Letterheads")
    index_view_class = LetterheadIndexView
    add_view_class = LetterheadAddView
    edit_view_class = LetterheadEditView
    list_display = [
        TitleColumn("__str__", label=gettext_lazy("Letterhead"), url_name="letterhead:edit"),
        Column("organisation", label=gettext_lazy("Organisation")),
        Column("place", label=gettext_lazy("For trainings in")),
    ]
    edit_handler = ObjectList(PANELS, base_form_class=LetterheadForm)

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("<uuid:pk>/contoh/", SampleView.as_view(), name="sample")]
