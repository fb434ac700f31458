"""Rules of authoring: versions of questions."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log
from wagtail.models import Revision

from assessments.enums import Change
from assessments.models import FormItem, Outcome, QuestionMedia
from assessments.queries import questions_with_media
from assessments.questions.base import Question
from assessments.registry import question_in_use, register_publisher

# Identity of a version and where it stands with its editors, never copied to the next one.
_OWN_FIELDS = {
    *("polymorphic_ctype", "question_ptr", "question", "version", "is_current", "corrects"),
    *("latest_revision", "live_revision", "live", "has_unpublished_changes", "use_in_forms"),
    *("first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
    *("locked", "locked_at", "locked_by"),
}


@transaction.atomic
def new_version(question: Question) -> Question:
    """Make the next version of ``question`` and return it; forms keep the version that they have.

    Copies the question as it is in memory, edits included, with options under new random identities. The
    former version stays readable for the answers that point at it. Raises ValidationError (code ``stale``)
    if somebody made a newer version meanwhile.
    """
    _lock(question)
    if not Question.objects.filter(pk=question.pk, is_current=True).exists():
        raise stale_version()
    versions = Question.objects.filter(code=question.code)
    newest = versions.aggregate(Max("version"))["version__max"]
    outcomes, legal_bases = list(question.outcomes.all()), list(question.legal_bases.all())
    copy = _unsaved_copy(question, version=newest + 1)
    copy.outcomes, copy.legal_bases = outcomes, legal_bases
    versions.filter(is_current=True).update(is_current=False)
    copy.save()
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
    saved.outcomes = list(outcomes)
    saved.save()
    return saved


@register_publisher
@transaction.atomic
def publish_draft(
    *,
    question: Question,
    revision: Revision,
    user: Any = None,
    changed: bool = True,
    log_action: bool | str = True,
    previous_revision: Revision | None = None,
    skip_permission_checks: bool = False,
) -> Question:
    """Make a draft what tests use from now on, and return the version that holds it.

    A version that nobody has answered is written over. An answered one never changes: the draft becomes the
    next version, which ``corrects`` the answered one if its key was wrong and takes its place in forms if
    the draft says so. Wagtail's editor, its approval and its commands all end up here.

    Raises ValidationError: ``stale`` (see ``new_version``), or what the kind finds wrong with the draft.
    """
    _lock(question)
    publishing = PublishRevisionAction(
        revision, user=user, changed=changed, log_action=log_action, previous_revision=previous_revision
    )
    publishing.check(skip_permission_checks=skip_permission_checks)
    draft: Question = publishing.object
    _refuse_unfinished(draft)
    if is_used(question):
        return _publish_next_version(draft, user)
    if not Question.objects.filter(pk=question.pk, is_current=True).exists():
        raise stale_version()
    draft.use_in_forms = False
    publishing.execute(skip_permission_checks=True)
    return draft


def _publish_next_version(draft: Question, user: Any) -> Question:
    answered = draft.pk
    if key_changed_unsaid(draft, rows_of(draft)):
        raise unsaid_key()
    version = new_version(draft)
    now = timezone.now()
    version.first_published_at = version.last_published_at = now
    version.corrects_id = answered if draft.change == Change.KEY else None
    version.save()
    revision = version.save_revision(user=user, clean=False)
    Question.objects.filter(pk=version.pk).update(live_revision=revision, has_unpublished_changes=False)
    if draft.use_in_forms:
        FormItem.objects.filter(question_id=answered).update(question_id=version.pk)
    # What was drafted now lives in the next version; the answered one stands as it was published.
    Question.objects.filter(pk=answered).update(
        latest_revision=F("live_revision"), has_unpublished_changes=False, locked=False
    )
    pending = draft.current_workflow_state
    if pending is not None:
        pending.cancel(user=user)
    log(instance=version, action="wagtail.publish", user=user, revision=revision, content_changed=True)
    return version


def _refuse_unfinished(draft: Question) -> None:
    draft.full_clean(exclude=["code"], validate_unique=False, validate_constraints=False)
    rows = rows_of(draft)
    for row in rows:
        row.clean_fields(exclude=["question"])
    problems = list(draft.authoring_problems(rows))
    if problems:
        raise ValidationError(problems)


def rows_of(question: Question) -> list[Any]:
    return [row for relation in question.prefetch for row in getattr(question, relation).all()]


def key_changed_unsaid(draft: Question, rows: Sequence[Any]) -> bool:
    """Whether another answer is right than in the answered version, although only words should differ.

    Then nobody could look again at the results of those who answered: a regrade follows corrected keys.
    """
    if draft.change == Change.KEY:
        return False
    answered = Question.objects.get(pk=draft.pk)
    return bool(draft.right_answer(rows) != answered.right_answer(rows_of(answered)))


def unsaid_key() -> ValidationError:
    """The refusal of another key that is called better words."""
    return ValidationError(
        _("You changed the right answer. Choose “The right answer was wrong”, or mark the former one again."),
        code="key_changed",
    )


def stale_version() -> ValidationError:
    """The refusal of a change to a version that is not the newest."""
    return ValidationError(
        _("Somebody saved a newer version of this question. Open that one and make your change there."),
        code="stale",
    )


def is_used(question: Question) -> bool:
    """Whether records of people depend on this version, as the apps say that hold such records."""
    return question.pk is not None and question_in_use(question.pk)


@transaction.atomic
def copy_question(*, question: Question, user: Any) -> Question:
    """A new question to begin from: a draft with its own code, whose options are nobody's next version."""
    copied = _unsaved_copy(question, version=1, dropped={"lineage", "retired_at", "change"})
    copied.code, copied.live = _free_code(question.code), False
    copied.outcomes = list(question.outcomes.all())
    copied.legal_bases = list(question.legal_bases.all())
    copied.save()
    copied.save_revision(user=user, clean=False)
    log(instance=copied, action="assessments.copied", user=user, data={"code": question.code})
    return copied


@transaction.atomic
def retire_question(*, question: Question, user: Any, reason: str) -> None:
    """Keep a question out of new tests and draws. The tests and attempts that have it keep it."""
    _lock(question)
    Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=timezone.now())
    log(instance=question, action="assessments.retired", user=user, data={"reason": _said(reason)})


@transaction.atomic
def bring_back_question(*, question: Question, user: Any, reason: str) -> None:
    """Offer a retired question for tests again."""
    _lock(question)
    Question.objects.filter(pk=question.pk).update(retired_at=None)
    log(instance=question, action="assessments.brought_back", user=user, data={"reason": _said(reason)})


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Say why, so that others understand it later."), code="reason")
    return reason.strip()


def _free_code(code: str) -> str:
    taken = set(Question.objects.filter(code__startswith=code[:34]).values_list("code", flat=True))
    return next(free for n in itertools.count(2) if (free := f"{code[:34]}-{n}") not in taken)


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
def remove_media(*, media: QuestionMedia) -> None:
    """Delete a picture or recording that no question shows, also in no draft, and then its file.

    Raises ValidationError (code ``in_use``).
    """
    if questions_with_media(media):
        raise ValidationError(
            _("A question uses this picture or recording, so it stays. Take it out of the question first."),
            code="in_use",
        )
    file = media.file
    media.delete()
    transaction.on_commit(lambda: file.delete(save=False))


def hold_questions(ids: Iterable[int]) -> None:
    """Keep these versions as they are until the transaction ends: what a test freezes, an author who saves
    at the same moment must neither change half-way nor take for unused. Call it before reading them."""
    rows = Question.objects.non_polymorphic().select_for_update().filter(pk__in=list(ids))
    list(rows.order_by("pk").values_list("pk"))


def _lock(question: Question) -> None:
    """Hold the version against attempts that begin now."""
    hold_questions([question.pk])


def _unsaved_copy(question: Question, *, version: int, dropped: Collection[str] = ()) -> Question:
    copied: Question = type(question)(**_values(question, dropped), version=version, is_current=True)
    for relation in question.prefetch:
        rows = getattr(question, relation).all()
        setattr(copied, relation, [type(row)(**_values(row, dropped)) for row in rows])
    return copied


def _values(record: models.Model, dropped: Collection[str]) -> dict[str, Any]:
    """Field values without identities: unique fields get fresh random ones, the parent is set anew."""
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.unique and field.name not in _OWN_FIELDS and field.name not in dropped
    }
