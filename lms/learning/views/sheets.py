"""Paper sheets of a training: how far they are, and the page of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.learning.domain.files import attach_sheet
from lms.learning.domain.paper import restart_sheet
from lms.learning.enums import MOMENTS
from lms.learning.helped_forms import PhotoForm
from lms.learning.models import PaperSheet, PrintedForm
from lms.learning.queries.helped import Helped
from lms.learning.views.occasions import HelpedView, Task


class SheetsView(HelpedView):
    """How far the sheets of an occasion are, form by form."""

    template_name = "learning_admin/paper_sheets.html"
    page_title = gettext_lazy("Type in paper tests")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tasks, chosen = self.task_asked_for()
        groups = chosen.groups()
        editions = dict(
            PrintedForm.objects.filter(
                cohort=self.cohort, occasion=chosen.occasion, form__in=[group.form for group in groups]
            ).values_list("form_id", "edition")
        )
        return self.show(
            tasks=tasks,
            task=chosen,
            groups=[
                {
                    "form": group.form,
                    "edition": editions.get(group.form.pk, ""),
                    "people": group.people,
                    "free": sum(each.is_free for each in group.people),
                    "once": sum(each.waits_for_second for each in group.people),
                    "twice": sum(each.is_typed_twice for each in group.people),
                }
                for group in groups
            ],
            sees_key=request.user.has_perm("assessments.view_question"),
        )


class SheetView(HelpedView):
    """One sheet: its photos, who typed it, and starting again."""

    template_name = "learning_admin/paper_sheet.html"
    page_title = gettext_lazy("Paper sheet")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(PhotoForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task, each = self._found()
        here = redirect("learning_sheet", self.cohort.pk, task.key, each.enrolment.pk)
        if "restart" in request.POST:
            return self._restart(task, each)
        form = PhotoForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        sheet = each.sheet or self._sheet_for(task, each)
        try:
            attach_sheet(sheet=sheet, upload=form.cleaned_data["photo"])
        except ValidationError as refusal:
            form.add_error("photo", refusal)
            return self._show(form)
        messages.success(request, _("The photo is kept."))
        return here

    def _restart(self, task: Task, each: Helped) -> HttpResponse:
        if each.sheet is not None:
            try:
                restart_sheet(sheet=each.sheet)
            except ValidationError as refusal:
                messages.error(self.request, refusal.messages[0])
            else:
                messages.success(self.request, _("What was typed is gone. Type the sheet again."))
        return redirect(f"{reverse('learning_sheets', args=[self.cohort.pk])}?occasion={task.key}")

    def _found(self) -> tuple[Task, Helped]:
        """The person on the occasion, with the sheet whether it is filed or not."""
        task = self.task()
        people = [each for group in task.groups() for each in group.people]
        each = next((each for each in people if each.enrolment.pk == self.kwargs["enrolment"]), None)
        if each is None:
            raise Http404
        if each.attempt is not None:
            sheet = PaperSheet.objects.filter(attempt=each.attempt).first()
            return task, Helped(each.enrolment, each.attempt, sheet or each.sheet)
        return task, each

    def _sheet_for(self, task: Task, each: Helped) -> PaperSheet:
        """A sheet for a photo that comes before typing. A try without paper has none."""
        group = next(
            group for group in task.groups() if any(p.enrolment == each.enrolment for p in group.people)
        )
        if each.attempt is not None:
            raise Http404
        return PaperSheet.objects.create(
            enrolment=each.enrolment, assessment=task.assessment, occasion=task.occasion, form=group.form
        )

    def _show(self, form: PhotoForm) -> HttpResponse:
        task, each = self._found()
        # Once filed, the sheet of a survey of several moments is read by nobody: only sums are shown.
        sealed = task.occasion in MOMENTS and each.attempt is not None
        response = self.show(
            task=task,
            each=each,
            sheet=each.sheet,
            form=form,
            photos=list(each.sheet.photos.all()) if each.sheet is not None and not sealed else [],
            sealed=sealed,
            may_attach=each.attempt is None or (each.sheet is not None and not sealed),
            back_url=f"{reverse('learning_sheets', args=[self.cohort.pk])}?occasion={task.key}",
        )
        response.status_code = 400 if form.errors else 200
        return response
