"""Where a training's news begins and the pictures that news shows; where staff tend library and halls."""

import uuid
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.domain.halls import draft_hall
from home.domain.library import MAY_PROPOSE, shelf_of
from home.domain.news import MAY_WRITE, draft_news, may_write_news
from home.models import NewsPicture, TrainingNewsPage
from home.queries import desks_of, own_organisations
from lms.cohorts.queries.experiences import published_notes
from lms.cohorts.views import CohortView
from lms.people.models import Organisation, Village
from lms.ui.policy import PUBLIC, requires


class TrainingNewsView(CohortView):
    """What there is to tell of a training, and one button that begins the page."""

    permissions = (MAY_WRITE,)
    # News does not change the training, and is often written when it is long over.
    writes_archived = True
    template_name = "home/admin/training_news.html"
    page_title = gettext_lazy("News of the training")
    header_icon = "site"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        pages = TrainingNewsPage.objects.filter(cohort=self.cohort, alias_of__isnull=True)
        return self.show(
            pages=pages.select_related("locale").order_by("pk"),
            pictures=NewsPicture.objects.filter(cohort=self.cohort).count(),
            notes=len(published_notes(self.cohort)),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            page = draft_news(cohort=self.cohort, user=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("training_news", self.cohort.pk)
        messages.success(request, _("This is a draft: nobody sees it until you publish it."))
        return redirect("wagtailadmin_pages:edit", page.pk)


class LibraryDeskView(WagtailAdminTemplateMixin, View):
    """The shelf of each of one's organisations and the halls of their villages, and buttons to begin them."""

    template_name = "home/admin/library_desk.html"
    page_title = gettext_lazy("Library and Balai Rakyat")
    header_icon = "folder-open-1"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_PROPOSE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @property
    def may_write(self) -> bool:
        return self.request.user.is_superuser or may_write_news(self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(desks=desks_of(request.user), may_write=self.may_write)
        return self.render_to_response(context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        organisation = _posted(request, "organisation", own_organisations(request.user))
        try:
            page_url = self._begin(organisation)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("library_desk")
        return redirect(page_url)

    def _begin(self, organisation: Organisation) -> str:
        """Where to go on: with a new document on the shelf, or with the page of a village's hall."""
        if "village" not in self.request.POST:
            shelf = shelf_of(organisation)
            return reverse("wagtailadmin_pages:add", args=["home", "librarydocument", shelf.pk])
        if not self.may_write:
            raise PermissionDenied
        village = _posted(self.request, "village", Village.objects.all())
        hall = draft_hall(village=village, organisation=organisation, user=self.request.user)
        messages.success(self.request, _("This is a draft: nobody sees it until you publish it."))
        return reverse("wagtailadmin_pages:edit", args=[hall.pk])


def _posted(request: HttpRequest, name: str, among: Any) -> Any:
    """The record that a form names, 404 if it is not among these."""
    key = request.POST.get(name, "")
    is_key = key.isascii() and key.isdigit() and len(key) < 19
    return get_object_or_404(among, pk=key if is_key else None)


@requires(PUBLIC)
@require_safe
def picture(request: HttpRequest, key: uuid.UUID, size: str) -> HttpResponse | FileResponse:
    """A picture in one of its sizes: for everybody while all agree, else for staff of its organisation."""
    pictures = NewsPicture.objects.public()
    if request.user.is_authenticated and request.user.has_perm("home.view_newspicture"):
        pictures = pictures | NewsPicture.objects.visible_to(request.user)
    found = get_object_or_404(pictures, key=key)
    file = {"small": found.small, "large": found.large}.get(size)
    if not file or not file.storage.exists(file.name):
        raise Http404
    # Another photo is another file.
    etag = quote_etag(PurePath(file.name).stem)
    response: Any = get_conditional_response(request, etag=etag) if found.everybody_agreed else None
    if response is None:
        response = FileResponse(file.open("rb"), content_type="image/jpeg", filename="foto.jpg")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Kept, and asked for anew each time: a picture to which somebody no longer agrees is gone at once.
    response["Cache-Control"] = "public, no-cache" if found.everybody_agreed else "no-store, private"
    response["ETag"] = etag
    return response
