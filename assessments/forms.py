"""Forms of authors: questions of every kind."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.domain import is_used, key_changed_unsaid, unsaid_key
from assessments.enums import MediaKind
from assessments.models import QuestionMedia
from assessments.questions.base import MEDIA_FIELDS, UNEVEN_POINTS, Lines, Question


class LinesField(forms.CharField):
    """A JSON list of records with one or two texts, edited as lines ``first | second``."""

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
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if not self.lines.second:
            return [{self.lines.first: line} for line in lines]
        rows = [line.partition("|") for line in lines]
        if not all(first.strip() for first, _bar, _second in rows):
            raise ValidationError(_("Begin each line with a text before the |."), code="invalid")
        return [
            {self.lines.first: first.strip(), self.lines.second: second.strip()}
            for first, _bar, second in rows
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class TrueFalseField(forms.TypedChoiceField):
    """A key that is yes or no and must be said: an empty box would say "false" for who forgot it."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        words = [("True", pgettext_lazy("statement", "True")), ("False", pgettext_lazy("statement", "False"))]
        super().__init__(choices=words, coerce=lambda value: value == "True", **kwargs)


class OptionFormSet(BaseChildFormSet):
    """Options of a question. Their identities are drawn when they are written, so an option of a draft has
    one that the database does not know yet; Django would refuse it as a wrong choice."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        form.fields[name] = forms.UUIDField(
            required=False, widget=forms.HiddenInput, initial=form.fields[name].initial
        )
        for field in MEDIA_FIELDS:
            if field in form.fields:
                form.fields[field].widget.choices = self._media(field)

    def _media(self, field: str) -> list[tuple[str, str]]:
        """One reading for all rows: the field of each row would read all pictures again."""
        if not hasattr(self, "_read"):
            self._read: dict[str, list[tuple[str, str]]] = {}
        if field not in self._read:
            self._read[field] = media_choices(field)
        return self._read[field]


def media_choices(field: str) -> list[tuple[str, str]]:
    rows = QuestionMedia.objects.filter(kind=MediaKind(field)).values_list("pk", "title")
    return [("", "–"), *((str(pk), title) for pk, title in rows)]


class QuestionForm(WagtailAdminModelForm):
    """A question with its options. A draft may be unfinished; what is sent for approval or published not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = type(self.instance)
        for name, lines in model.line_fields.items():
            if name in self.fields:
                self.fields[name] = LinesField(lines, label=self.fields[name].label)
        for field in model._meta.local_fields:
            must_be_said = isinstance(field, models.BooleanField) and not field.has_default()
            if must_be_said and field.name in self.fields:
                self.fields[field.name] = TrueFalseField(label=self.fields[field.name].label)
        for name in MEDIA_FIELDS:
            if name in self.fields:
                self.fields[name].widget.choices = media_choices(name)
        if self._has_been_published():
            # The code is what versions of one question have in common.
            self.fields["code"].disabled = True
        self.is_answered = is_used(self.instance)
        if not self.is_answered:
            for name in ("change", "use_in_forms"):
                self.fields.pop(name, None)

    def _has_been_published(self) -> bool:
        question = self.instance
        return question.pk is not None and (question.live or question.first_published_at is not None)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        taken = Question.objects.non_polymorphic().filter(code=code).exclude(pk=self.instance.pk)
        if not self._has_been_published() and taken.exists():
            raise ValidationError(_("Another question has this code. Choose a new one."), code="taken")
        return code

    def _post_clean(self) -> None:
        # Django fills the instance here; only then can the question look at itself and its options.
        super()._post_clean()
        if self.is_deferred_validation or not all(formset.is_valid() for formset in self.formsets.values()):
            return
        rows = self._rows()
        for problem in self.instance.authoring_problems(rows):
            # A problem with one field bears its name as code, and is told there.
            field = "points" if problem.code == UNEVEN_POINTS else problem.code
            self.add_error(field if field in self.fields else None, problem)
        if self.is_answered and key_changed_unsaid(self.instance, rows):
            self.add_error("change", unsaid_key())

    def _rows(self) -> list[Any]:
        return [
            form.instance
            for formset in self.formsets.values()
            for form in formset.forms
            if form not in formset.deleted_forms and (form.has_changed() or form in formset.initial_forms)
        ]

    def save(self, commit: bool = True) -> Question:
        """The question with what was typed. Never into the row of an answered version: its drafts live in
        revisions until they are published as the next one."""
        return super().save(commit=commit and not self.is_answered)
