"""Rules of authoring: versions of questions, and the items of a form."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext_lazy as _

from assessments.models import AssessmentForm, FormItem, Outcome
from assessments.questions.base import Question
from assessments.registry import question_in_use

# Identity of a version, never copied to the next one.
_OWN_FIELDS = {"polymorphic_ctype", "version", "is_current"}


@transaction.atomic
def new_version(question: Question) -> Question:
    """Make the next version of ``question`` and return it; forms keep the version that they have.

    Copies the question as it is in memory, edits included, with options under new random identities. The
    former version stays readable for the answers that point at it. Raises ValidationError (code ``stale``)
    if somebody made a newer version meanwhile.
    """
    _lock(question)
    if not Question.objects.filter(pk=question.pk, is_current=True).exists():
        raise ValidationError(
            _("Somebody saved a newer version of this question. Open that one and make your change there."),
            code="stale",
        )
    versions = Question.objects.filter(code=question.code)
    newest = versions.aggregate(Max("version"))["version__max"]
    outcomes = list(question.outcomes.all())
    copy = _unsaved_copy(question, version=newest + 1)
    versions.filter(is_current=True).update(is_current=False)
    copy.save()
    copy.outcomes.set(outcomes)
    return copy


@transaction.atomic
def save_question(*, question: Question, outcomes: Iterable[Outcome], use_in_forms: bool = False) -> Question:
    """Save a question edited in memory (options included) and return the version that now holds the edit.

    A version that people have answered is never changed: saving it makes the next version, and forms go on
    using the answered one, because a test that changes between the pre-test and the post-test measures
    nothing. With ``use_in_forms`` the forms switch, for instance when the answered version was wrong.
    Raises ValidationError (code ``stale``), see ``new_version``.
    """
    saved = question
    if question.pk is not None:
        _lock(question)
    if is_used(question):
        saved = new_version(question)
        if use_in_forms:
            FormItem.objects.filter(question_id=question.pk).update(question_id=saved.pk)
    else:
        question.save()
    saved.outcomes.set(outcomes)
    return saved


def is_used(question: Question) -> bool:
    """Whether records of people depend on this version, as the apps say that hold such records."""
    return question.pk is not None and question_in_use(question.pk)


@transaction.atomic
def remove_question(*, question: Question) -> None:
    """Delete a version that nothing depends on; the version before it, if any, is current again.

    Raises ValidationError (code ``in_use``) when a form or an answer needs it.
    """
    _lock(question)
    refusal = ValidationError(
        _(
            "This question is part of a test or has been answered, so it stays. "
            "You can take it out of the tests instead."
        ),
        code="in_use",
    )
    if is_used(question) or question.form_items.exists():
        raise refusal
    code, was_current = question.code, question.is_current
    try:
        with transaction.atomic():
            question.delete()
    except ProtectedError:
        raise refusal from None
    former = Question.objects.non_polymorphic().filter(code=code).order_by("-version").first()
    if was_current and former is not None:
        Question.objects.filter(pk=former.pk).update(is_current=True)


@transaction.atomic
def arrange_form(*, form: AssessmentForm, questions: Iterable[Question]) -> None:
    """Make ``questions``, in this order, the items of ``form``.

    Attempts that people have begun are frozen and do not change. The items are written anew, because
    moving two of them past each other would meet the unique places half-way.
    """
    FormItem.objects.filter(form=form).delete()
    FormItem.objects.bulk_create(
        FormItem(form=form, question=question, position=position)
        for position, question in enumerate(questions, start=1)
    )


def hold_questions(ids: Iterable[int]) -> None:
    """Keep these versions as they are until the transaction ends: what a test freezes, an author who saves
    at the same moment must neither change half-way nor take for unused. Call it before reading them."""
    rows = Question.objects.non_polymorphic().select_for_update().filter(pk__in=list(ids))
    list(rows.order_by("pk").values_list("pk"))


def _lock(question: Question) -> None:
    """Hold the version against attempts that begin now."""
    hold_questions([question.pk])


def _unsaved_copy(question: Question, *, version: int) -> Question:
    copied: Question = type(question)(**_values(question), version=version, is_current=True)
    for relation in question.prefetch:
        rows = getattr(question, relation).all()
        setattr(copied, relation, [type(row)(**_values(row)) for row in rows])
    return copied


def _values(record: models.Model) -> dict[str, Any]:
    """Field values without identities: unique fields get fresh random ones, the parent is set anew."""
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.unique and field.name not in _OWN_FIELDS and not isinstance(field, models.ForeignKey)
    }
