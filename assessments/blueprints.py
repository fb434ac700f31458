"""Rules of assessments: what stands in their forms, making the parallel form, publishing."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.checker import Finding, Severity, check_assessment, has_errors
from assessments.enums import FormLetter, Purpose
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection
from assessments.questions.base import Question
from assessments.uses import uses_of, was_taken


@transaction.atomic
def arrange_form(
    *,
    form: AssessmentForm,
    items: Iterable[tuple[Question, int]],
    sections: Iterable[FormSection] = (),
    user: Any = None,
) -> None:
    """Make ``items`` (question and number of its section), in this order, the questions of ``form``, and
    ``sections``, in this order from 1, its sections.

    Attempts that people have begun are frozen and do not change. Items and sections are written anew,
    because moving two of them past each other would meet the unique places half-way.
    """
    FormItem.objects.filter(form=form).delete()
    FormSection.objects.filter(form=form).delete()
    placed = [
        FormItem(form=form, question=question, section=section, position=position)
        for position, (question, section) in enumerate(items, start=1)
    ]
    FormItem.objects.bulk_create(placed)
    FormSection.objects.bulk_create(
        _numbered(section, form, number) for number, section in enumerate(sections, start=1)
    )
    if form.assessment.live:
        log(
            instance=form.assessment,
            action="assessments.rearranged",
            user=user,
            data={
                "form": form.letter,
                "questions": [item.question.code for item in placed],
                "was_taken": was_taken(form.assessment_id),
            },
        )


def _numbered(section: FormSection, form: AssessmentForm, number: int) -> FormSection:
    return FormSection(
        form=form,
        number=number,
        title=section.title,
        title_en=section.title_en,
        outcome_id=section.outcome_id,
        draw=section.draw,
        topic=section.topic,
        difficulty=section.difficulty,
        bloom=section.bloom,
    )


def needed_letters(assessment: Assessment) -> list[str]:
    """The forms that an assessment has: two parallel ones for a test, one for practice and surveys."""
    return FormLetter.values if assessment.purpose == Purpose.TEST else [FormLetter.A.value]


@transaction.atomic
def copy_form(*, source: AssessmentForm, user: Any = None) -> AssessmentForm:
    """Fill the parallel form: the twin of each question where its pair has one, else the question itself,
    which is an anchor then. Raises ValidationError (codes ``one_form``, ``has_items``)."""
    letter = next((each for each in needed_letters(source.assessment) if each != source.letter), None)
    if letter is None:
        raise ValidationError(_("Practice and surveys have one form."), code="one_form")
    Assessment.objects.select_for_update().get(pk=source.assessment_id)
    target: AssessmentForm
    target, _made = AssessmentForm.objects.get_or_create(assessment=source.assessment, letter=letter)
    if target.items.exists() or target.sections.exists():
        raise ValidationError(
            _("Form %(form)s has questions already. Change them there, or take them out first.")
            % {"form": letter},
            code="has_items",
        )
    listed = list(source.items.order_by("position").select_related("question"))
    twins = _twins([item.question for item in listed], letter)
    arrange_form(
        form=target,
        items=[(twins.get(item.question_id, item.question), item.section) for item in listed],
        sections=source.sections.order_by("number"),
        user=user,
    )
    return target


def _twins(questions: Sequence[Question], letter: str) -> dict[int, Question]:
    """By question, the offered one of its pair that is meant for the form ``letter``. Each once."""
    own = {question.code for question in questions}
    offered = Question.objects.filter(
        pair__in={question.pair for question in questions} - {""},
        form_letter=letter,
        is_current=True,
        live=True,
        retired_at=None,
    ).exclude(code__in=own)
    by_pair = {twin.pair: twin for twin in offered.order_by("-code")}
    return {question.pk: by_pair.pop(question.pair) for question in questions if question.pair in by_pair}


def state_of(findings: Iterable[Finding]) -> str:
    """A fingerprint of what has to be acknowledged, so that nobody ticks what was not on the page."""
    told = [
        f"{finding.code}|{finding.question.pk if finding.question else ''}|{finding.text}"
        for finding in findings
        if finding.severity == Severity.WARNING
    ]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()


@transaction.atomic
def publish_assessment(
    *, assessment: Assessment, user: Any, acknowledged: bool = False, state: str = ""
) -> Assessment:
    """Let trainings choose the assessment. ``acknowledged``: the warnings of ``state`` were read.

    Raises ValidationError: ``errors`` while something must be mended, ``unacknowledged`` while warnings
    were not, or other ones than now are there.
    """
    locked: Assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    findings = check_assessment(locked)
    if has_errors(findings):
        raise ValidationError(_("Mend what is marked as “must be mended” first."), code="errors")
    warnings = [finding for finding in findings if finding.severity == Severity.WARNING]
    if warnings and not acknowledged:
        raise ValidationError(
            _("Read the warnings and tick that you want to publish all the same."), code="unacknowledged"
        )
    if warnings and state != state_of(findings):
        raise ValidationError(
            _("The warnings have changed meanwhile. Read them again, then tick."), code="unacknowledged"
        )
    if not locked.live:
        locked.live = True
        locked.save(update_fields=["live"])
        log(
            instance=locked,
            action="assessments.published",
            user=user,
            data={"acknowledged": sorted({finding.code for finding in warnings})},
        )
    return locked


@transaction.atomic
def unpublish_assessment(*, assessment: Assessment, user: Any) -> Assessment:
    """Take the assessment out of what trainings can choose. Raises ValidationError (code ``in_use``)."""
    locked: Assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    trainings = uses_of(locked.pk, user)
    if trainings:
        raise ValidationError(
            _("These trainings use it, so it stays published: %(trainings)s.")
            % {"trainings": ", ".join(trainings)},
            code="in_use",
        )
    if locked.live:
        locked.live = False
        locked.save(update_fields=["live"])
        log(instance=locked, action="assessments.unpublished", user=user)
    return locked
