"""Lists with names behind a count: kept, opened (and the log says by whom) and erased by organisers only."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.deliberations.domain import census as verbs
from lms.deliberations.forms.sheets import NamesForm, in_a_year
from lms.deliberations.models import Census, NameList
from lms.deliberations.views.base import RecordView, private_file


class _NamesView(RecordView):
    model = Census
    space = "census"
    permissions = ("deliberations.view_census", "deliberations.see_names_census")
    record: Census

    def names(self) -> NameList:
        kept = NameList.objects.filter(census=self.record, erased_at__isnull=True)
        return get_object_or_404(kept, pk=self.kwargs["list_id"])


class KeepNamesView(_NamesView):
    """Keep the filled-in form until a day that is asked for."""

    template_name = "deliberations/ask.html"
    page_title = gettext_lazy("Keep the list with names")
    intro = gettext_lazy(
        "Only organisers see this file, and the history says who opened it. It is erased on the day that you "
        "choose; the counts stay."
    )
    button = gettext_lazy("Keep this list")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NamesForm(census=self.record, initial={"erase_on": in_a_year(self.record)})
        return self.show(form=form, intro=self.intro, button=self.button)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NamesForm(request.POST, request.FILES, census=self.record)
        if form.is_valid():
            data = form.cleaned_data
            try:
                verbs.keep_names(
                    census=self.record, file=data["file"], erase_on=data["erase_on"], user=request.user
                )
            except ValidationError as refusal:
                form.add_error("erase_on", refusal)
            else:
                messages.success(request, _("The list with names is kept."))
                return redirect(self.page_url)
        return self.show(form=form, intro=self.intro, button=self.button)


class OpenNamesView(_NamesView):
    """The file itself; that it was opened is noted."""

    def get(self, request: HttpRequest, pk: uuid.UUID, list_id: uuid.UUID) -> FileResponse:
        names = self.names()
        response = private_file(names.file, names.content_type)
        verbs.open_names(names=names, user=request.user)
        return response


class EraseNamesView(_NamesView):
    """Erase before the day comes, for example because somebody withdrew the consent."""

    template_name = "deliberations/ask.html"
    page_title = gettext_lazy("Erase the list with names")
    intro = gettext_lazy("The file is erased now and cannot be brought back. The counts stay.")
    button = gettext_lazy("Erase the names now")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.names()
        return self.show(form=None, intro=self.intro, button=self.button)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verbs.erase_names(names=self.names(), user=request.user)
        messages.success(request, _("The names are erased; the counts stay."))
        return redirect(self.page_url)
