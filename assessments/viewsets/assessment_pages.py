"""The page of an assessment and the editors behind it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from assessments.blueprints import needed_letters
from assessments.checker import check_instrument, read_instrument
from assessments.models import Assessment, AssessmentForm
from assessments.uses import uses_of, was_taken
from assessments.viewsets.form_sheets import findings_context, form_cards, outcome_table, page_of


class AssessmentIndexView(generic.IndexView):
    """Titles lead to the page of each, where the work goes on."""

    page_title = gettext_lazy("Tests and surveys")
    add_item_label = gettext_lazy("Add a test, practice or survey")

    def get_edit_url(self, instance: Assessment) -> str:
        return page_of(instance.pk)


class ToItsPage:
    """After saving, the page of the assessment is shown."""

    object: Assessment

    def get_success_url(self) -> str:
        return page_of(self.object.pk)


class AssessmentAddView(ToItsPage, generic.CreateView):
    pass


class AssessmentEditView(ToItsPage, generic.EditView):
    pass


class AssessmentInspectView(generic.InspectView):
    """An assessment with its forms side by side, what the checker says, and what can be done with it."""

    template_name = "assessments/assessment_inspect.html"

    def get_page_title(self) -> str:
        return str(self.object.label)

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessment: Assessment = self.object
        user = self.request.user
        instrument = read_instrument(assessment)
        there = {plan.letter for plan in instrument.plans}
        return super().get_context_data(
            cards=form_cards(instrument),
            missing=[letter for letter in needed_letters(assessment) if letter not in there],
            table=outcome_table(instrument),
            trainings=uses_of(assessment.pk, user),
            was_taken=was_taken(assessment.pk),
            may_change=user.has_perm("assessments.change_assessment"),
            may_arrange=user.has_perm("assessments.change_assessmentform"),
            **findings_context(check_instrument(instrument)),
            **kwargs,
        )

    def get_fields_context(self) -> list[Any]:
        return []


class OfItsAssessment:
    """The editor of a form stands below the page of its assessment."""

    object: AssessmentForm
    form: Any

    def get_success_url(self) -> str:
        return page_of(self.form.instance.assessment_id)


class FormAddView(OfItsAssessment, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name) for name in ("assessment", "letter")}


class FormEditView(OfItsAssessment, generic.EditView):
    @cached_property
    def _assessment(self) -> Assessment:
        return self.object.assessment

    def get_page_subtitle(self) -> str:
        return f"{self._assessment.label} · {_('Form')} {self.object.letter}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("assessments:index"), "label": _("Tests and surveys")},
            {"url": page_of(self._assessment.pk), "label": str(self._assessment.label)},
            {"url": "", "label": f"{_('Form')} {self.object.letter}"},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if was_taken(self._assessment.pk):
            messages.warning(
                request,
                _(
                    "People have begun this test. What they were shown stays as it was; a change holds "
                    "for those who begin later, and their results can be compared less well."
                ),
            )
        return response
