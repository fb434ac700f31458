"""Printing tests: for a training one copy a person, for an author any form and its key."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from assessments.models import AssessmentForm
from lms.cohorts.models import Enrolment
from lms.learning.domain.printed import arrange, arrangement_of, hold_printed_form
from lms.learning.exports.paper import Copy, Heading, form_pdf, key_pdf
from lms.learning.helped_forms import PrintForm
from lms.learning.models import PrintedForm
from lms.learning.queries.helped import FormGroup
from lms.learning.views.occasions import HelpedView, Task

SEES_QUESTIONS = "assessments.view_question"


class PrintView(HelpedView):
    """Choose occasion, people and size; the PDF comes back. Printing freezes the order of letters."""

    template_name = "learning_admin/paper_print.html"
    page_title = gettext_lazy("Print tests on paper")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tasks, chosen = self.task_asked_for()
        groups = chosen.groups()
        form = PrintForm(initial={"occasion": chosen.key}, letters=[group.form.letter for group in groups])
        return self.show(tasks=tasks, task=chosen, groups=groups, form=form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tasks, task = self.task_asked_for()
        groups = task.groups()
        form = PrintForm(request.POST, letters=[group.form.letter for group in groups])
        if not form.is_valid():
            return self.show(tasks=tasks, task=task, groups=groups, form=form)
        group = next(group for group in groups if group.form.letter == form.cleaned_data["form"])
        copies = self._copies(task, group, form.cleaned_data)
        if not copies:
            form.add_error(
                None, _("There is nobody to print for. Ask for blank copies, or choose everybody.")
            )
            return self.show(tasks=tasks, task=task, groups=groups, form=form)
        try:
            printed = hold_printed_form(cohort=self.cohort, occasion=task.occasion, form=group.form)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.show(tasks=tasks, task=task, groups=groups, form=form)
        return self._pdf(task, printed, copies, large=form.cleaned_data["size"] == "large")

    def _copies(self, task: Task, group: FormGroup, wanted: dict[str, Any]) -> list[Copy]:
        people = [each.enrolment for each in group.people if wanted["who"] == "all" or each.attempt is None]
        named = [] if wanted["who"] == "none" else people
        blank = Copy(mark=_mark(task, group.form, None))
        return [
            Copy(
                code=enrolment.participant.code,
                name=enrolment.participant.full_name if wanted["with_names"] else "",
                mark=_mark(task, group.form, enrolment),
            )
            for enrolment in named
        ] + [blank] * (wanted["blank"] or 0)

    def _pdf(self, task: Task, printed: PrintedForm, copies: list[Copy], *, large: bool) -> HttpResponse:
        heading = Heading(
            training=f"{self.cohort.code} · {self.cohort.title}",
            occasion=str(task.label),
            letter=printed.form.letter,
            issuer=self.cohort.issuer or self.cohort.organisation.name,
            is_simulated=self.cohort.is_simulated,
        )
        content = form_pdf(
            arranged=arrangement_of(printed),
            assessment=task.assessment,
            heading=heading,
            copies=copies,
            large=large,
        )
        return _download(content, f"tes-{self.cohort.code}-{task.key}-{printed.form.letter}.pdf")


@require_safe
def form_paper(request: HttpRequest, form_id: int) -> HttpResponse:
    """Any form as one blank copy, in the order in which a training would print it now."""
    return _form_document(request, form_id, key=False)


@require_safe
def form_key(request: HttpRequest, form_id: int) -> HttpResponse:
    """The key of a form in the order in which it is printed, for staff who may see questions."""
    return _form_document(request, form_id, key=True)


class CohortKeyView(HelpedView):
    """The key to what this training has printed: its letters, whatever happened to the form meanwhile."""

    permissions = ("cohorts.view_cohort", SEES_QUESTIONS)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        task = self.task()
        printed = get_object_or_404(
            PrintedForm.objects.select_related("form"),
            cohort=self.cohort,
            occasion=task.occasion,
            form__assessment=task.assessment,
            form__letter=kwargs["letter"],
        )
        heading = Heading(
            training=self.cohort.title,
            occasion=str(task.label),
            letter=printed.form.letter,
            is_simulated=self.cohort.is_simulated,
        )
        arranged = arrangement_of(printed)
        content = key_pdf(arranged=arranged, assessment=task.assessment, heading=heading)
        return _download(content, f"kunci-{self.cohort.code}-{task.key}-{printed.form.letter}.pdf")


def _form_document(request: HttpRequest, form_id: int, *, key: bool) -> HttpResponse:
    if not request.user.has_perm(SEES_QUESTIONS):
        raise PermissionDenied
    form = get_object_or_404(AssessmentForm.objects.select_related("assessment"), pk=form_id)
    heading = Heading(training="", occasion=str(form.assessment.get_purpose_display()), letter=form.letter)
    try:
        arranged = arrange(form)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("wagtailadmin_home")
    name = f"{form.assessment.code}-{form.letter}.pdf"
    if key:
        content = key_pdf(arranged=arranged, assessment=form.assessment, heading=heading)
        return _download(content, f"kunci-{name}")
    large = request.GET.get("size") == "large"
    content = form_pdf(
        arranged=arranged, assessment=form.assessment, heading=heading, copies=[Copy()], large=large
    )
    return _download(content, f"tes-{name}")


def _mark(task: Task, form: AssessmentForm, enrolment: Enrolment | None) -> str:
    """What the QR code of a sheet says: enough to find its row, and no name."""
    code = enrolment.participant.code if enrolment is not None else ""
    return f"BB1/{task.cohort.code}/{task.key}/{form.letter}/{code}"


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
