"""Forms of authors: the rules of an assessment, and what stands in each of its forms."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.blueprints import arrange_form, needed_letters
from assessments.enums import TEST_OCCASIONS, FormLetter, Occasion, Purpose
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection
from assessments.questions.base import PRACTICE_BANK, Question
from assessments.uses import uses_of, was_taken

# On which occasions an assessment of each purpose is taken.
_OCCASIONS = {
    Purpose.TEST: TEST_OCCASIONS,
    Purpose.PRACTICE: (Occasion.PRACTICE,),
    Purpose.SURVEY: (Occasion.SURVEY,),
}


class ReviewRuleFormSet(BaseChildFormSet):
    """Rules twice for one moment are told by ``AssessmentRulesForm``, not in the words of a database."""

    def validate_unique(self) -> None:
        return None


class AssessmentRulesForm(WagtailAdminModelForm):
    """Everything about an assessment but its questions. A new one gets its first, empty form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pk = self.instance.pk
        if pk is None:
            return
        taken = was_taken(pk)
        # What people were told when they answered, and what trainings chose it for, stays true.
        self.fields["is_anonymous"].disabled = taken
        self.fields["purpose"].disabled = taken or bool(uses_of(pk, self.for_user))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        purpose = cleaned.get("purpose")
        if cleaned.get("is_anonymous") and purpose != Purpose.SURVEY:
            self.add_error(
                "is_anonymous", _("Only a survey can be anonymous. Take off the tick, or choose “Survey”.")
            )
        if purpose and self.instance.pk:
            surplus = self.instance.forms.exclude(letter__in=needed_letters(Assessment(purpose=purpose)))
            if surplus.filter(items__isnull=False).exists():
                self.add_error("purpose", _("It has questions in form B. Only a test has two forms."))
        for problem in self._problems_of_rules(purpose):
            self.add_error(None, problem)
        return cleaned

    def _problems_of_rules(self, purpose: str | None) -> Iterator[ValidationError]:
        formset = self.formsets.get("review_rules")
        if formset is None or not formset.is_valid():
            return
        rows = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
        rules = [row for row in rows if row.get("occasion")]
        met = Counter((row["occasion"], row["moment"]) for row in rules)
        for (occasion, _moment), number in met.items():
            label = Occasion(occasion).label
            if number > 1:
                yield ValidationError(
                    _("Two review rules speak about “%(occasion)s” at the same moment. Keep one.")
                    % {"occasion": label},
                    code="twice",
                )
            if purpose and occasion not in _OCCASIONS[Purpose(purpose)]:
                yield ValidationError(
                    _("A review rule speaks about “%(occasion)s”, which is not taken with this purpose.")
                    % {"occasion": label},
                    code="occasion",
                )

    @transaction.atomic
    def save(self, commit: bool = True) -> Assessment:
        is_new = self.instance.pk is None
        assessment: Assessment = super().save(commit)
        if commit and is_new:
            AssessmentForm.objects.create(assessment=assessment, letter=FormLetter.A)
        return assessment


class ItemFormSet(BaseChildFormSet):
    """The rows of a form's questions: one list to choose from for all, read once.

    A question that stands twice is told by ``FormItemsForm``, by its code.
    """

    def validate_unique(self) -> None:
        return None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["question"]
        field.queryset = self._offered
        field.widget.choices = self._labels

    @cached_property
    def _offered(self) -> models.QuerySet[Question]:
        """What may be put in now, and what the form has already."""
        offered = models.Q(is_current=True, live=True, retired_at=None) & ~models.Q(bank=PRACTICE_BANK)
        if self.instance.pk is not None:
            offered |= models.Q(pk__in=FormItem.objects.filter(form=self.instance).values("question"))
        return Question.objects.non_polymorphic().filter(offered).order_by("code", "-version")

    @cached_property
    def _labels(self) -> list[tuple[Any, str]]:
        """Code and the beginning of the stem: short enough for a list of hundreds."""
        rows = self._offered.values_list("pk", "code", "version", "is_current", "stem")
        return [
            ("", "---------"),
            *(
                (pk, f"{code}{'' if current else f' v{version}'} · {Truncator(stem).chars(70)}")
                for pk, code, version, current, stem in rows
            ),
        ]


class FormItemsForm(WagtailAdminModelForm):
    """One form of an assessment: its sections, and the questions in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            # A form that changed its test or letter would be another form to the people who took it.
            self.fields["assessment"].disabled = self.fields["letter"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if all(self.formsets[name].is_valid() for name in ("items", "sections") if name in self.formsets):
            for problem in self._problems(cleaned):
                self.add_error(None, problem)
        return cleaned

    def _problems(self, cleaned: dict[str, Any]) -> Iterator[ValidationError]:
        items, sections = self._items(), self._sections()
        codes = Counter(question.code for question, _section in items)
        twice = sorted(code for code, number in codes.items() if number > 1)
        if twice:
            yield ValidationError(
                _("A question stands twice in this form: %(codes)s.") % {"codes": ", ".join(twice)},
                code="twice",
            )
        assessment, letter = cleaned.get("assessment"), cleaned.get("letter")
        if assessment and letter and letter not in needed_letters(assessment):
            yield ValidationError(_("Practice and surveys have one form, A."), code="one_form")
        if assessment and assessment.live and not items and not any(s.draw for s in sections):
            yield ValidationError(
                _("This test is published. Leave at least one question in the form."), code="empty"
            )
        yield from _problems_of_sections(items, sections)

    def _items(self) -> list[tuple[Question, int]]:
        forms = self.formsets["items"].ordered_forms
        return [(form.cleaned_data["question"], form.cleaned_data.get("section") or 1) for form in forms]

    def _sections(self) -> list[FormSection]:
        return [form.instance for form in self.formsets["sections"].ordered_forms]

    @transaction.atomic
    def save(self, commit: bool = True) -> AssessmentForm:
        form: AssessmentForm = self.instance
        form.save()
        arrange_form(form=form, items=self._items(), sections=self._sections(), user=self.for_user)
        return form


def _problems_of_sections(
    items: list[tuple[Question, int]], sections: list[FormSection]
) -> Iterator[ValidationError]:
    listed = Counter(number for _question, number in items)
    known = range(1, max(len(sections), 1) + 1)
    for number in sorted(set(listed) - set(known)):
        yield ValidationError(
            _("A question is in section %(number)d, which is not there. Write another number.")
            % {"number": number},
            code="no_section",
        )
    for number, section in enumerate(sections, start=1):
        if section.draw and listed[number]:
            yield ValidationError(
                _("Section %(number)d draws its questions. Give those listed in it another section.")
                % {"number": number},
                code="drawn_and_listed",
            )
        if section.draw == 0 or (section.draw is None and not listed[number]):
            yield ValidationError(
                _("Section %(number)d has no questions. List some with its number, or say how many to draw.")
                % {"number": number},
                code="empty_section",
            )
