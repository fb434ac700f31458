"""Forms of authors: questions of every kind, and the items of a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.domain import arrange_form, is_used, save_question
from assessments.models import AssessmentForm
from assessments.questions.base import Lines, Question


class LinesField(forms.CharField):
    """A JSON list of two-text records, edited as lines ``first | second``."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, lines: Lines, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=lines.help_text, **kwargs)
        self.lines = lines

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        rows = [(row.get(self.lines.first, ""), row.get(self.lines.second, "")) for row in value]
        return "\n".join(f"{first} | {second}" if second else str(first) for first, second in rows)

    def clean(self, value: Any) -> list[dict[str, str]]:
        rows = [line.partition("|") for line in super().clean(value).splitlines() if line.strip()]
        if not all(first.strip() for first, _bar, _second in rows):
            raise ValidationError(_("Begin each line with a text before the |."), code="invalid")
        return [
            {self.lines.first: first.strip(), self.lines.second: second.strip()}
            for first, _bar, second in rows
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class QuestionForm(WagtailAdminModelForm):
    """A question with its options. Saving an answered version makes the next one (``save_question``)."""

    use_in_forms = forms.BooleanField(
        label=_("Use the new version in tests"),
        required=False,
        help_text=_(
            "People have answered this question, so your change becomes a new version. Tests keep the "
            "old one, so that the pre-test and the post-test of a training stay alike. "
            "Tick this if the old one was wrong."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, lines in type(self.instance).line_fields.items():
            if name in self.fields:
                self.fields[name] = LinesField(lines, label=self.fields[name].label)
        if self.instance.pk is not None:
            # The code is what versions of one question have in common.
            self.fields["code"].disabled = True
        if not is_used(self.instance):
            del self.fields["use_in_forms"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.instance.pk is None and Question.objects.filter(code=code).exists():
            raise ValidationError(_("Another question has this code. Choose a new one."), code="taken")
        return code

    def _post_clean(self) -> None:
        # Django fills the instance here; only then can the question look at itself and its options.
        super()._post_clean()
        if not all(formset.is_valid() for formset in self.formsets.values()):
            return
        for problem in self.instance.authoring_problems(self._rows()):
            self.add_error(None, problem)

    def _rows(self) -> list[Any]:
        return [
            form.instance
            for formset in self.formsets.values()
            for form in formset.forms
            if form not in formset.deleted_forms and (form.has_changed() or form.instance.question_id)
        ]

    def save(self, commit: bool = True) -> Question:
        question = super().save(commit=False)
        if not commit:
            return question
        self.instance = save_question(
            question=question,
            outcomes=self.cleaned_data["outcomes"],
            use_in_forms=self.cleaned_data.get("use_in_forms", False),
        )
        return self.instance


class FormItemsForm(WagtailAdminModelForm):
    """One form of a test: the questions in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            # A form that changed its test or letter would be another form to the people who took it.
            self.fields["assessment"].disabled = self.fields["letter"].disabled = True
        forms_of_items = self.formsets["items"].forms
        if forms_of_items:
            # One list for all rows: the field of each row would read all questions again.
            choices = list(forms_of_items[0].fields["question"].widget.choices)
            for form in forms_of_items:
                form.fields["question"].widget.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets["items"]
        if formset.is_valid():
            questions = self._questions()
            if len(set(questions)) != len(questions):
                self.add_error(
                    None, ValidationError(_("A question stands twice in this form."), code="twice")
                )
        return cleaned

    def _questions(self) -> list[Question]:
        return [form.cleaned_data["question"] for form in self.formsets["items"].ordered_forms]

    @transaction.atomic
    def save(self, commit: bool = True) -> AssessmentForm:
        form: AssessmentForm = self.instance
        form.save()
        arrange_form(form=form, questions=self._questions())
        return form
