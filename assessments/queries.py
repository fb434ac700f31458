"""Reads of questions and forms that repeat."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Model, TextField, prefetch_related_objects
from django.db.models.functions import Cast
from wagtail.models import Revision

from assessments.models import Assessment, AssessmentForm, FormItem, Outcome, QuestionMedia
from assessments.questions.base import PRACTICE_BANK, Question
from assessments.registry import kinds

# Seconds.
_SHOWN_KEPT_FOR = 300


def load_questions(ids: Iterable[int]) -> dict[int, Question]:
    """Questions by id with their options loaded: one query a kind and one an option table, not one a row."""
    wanted = list(ids)
    loaded: list[Question] = list(Question.objects.filter(pk__in=wanted)) if wanted else []
    for model in kinds().values():
        of_kind: list[Model] = [question for question in loaded if isinstance(question, model)]
        if of_kind:
            prefetch_related_objects(of_kind, *model.prefetch_lookups())
    return {question.pk: question for question in loaded}


def load_shown_questions(ids: Iterable[int], *, all_were_shown: bool = True) -> dict[int, Question]:
    """Like ``load_questions`` for versions that somebody has been shown: those never change again, so each
    process keeps them for a while. What changes beside them (the words of a picture) is seen after that.

    With ``all_were_shown`` False some may still be unused: they are read afresh and not kept.
    """
    keys = {f"assessments.shown.{pk}": pk for pk in set(ids)}
    kept = cache.get_many(keys)
    missing = [pk for key, pk in keys.items() if key not in kept]
    fresh = load_questions(missing) if missing else {}
    if fresh and all_were_shown:
        cache.set_many({f"assessments.shown.{pk}": fresh[pk] for pk in fresh}, timeout=_SHOWN_KEPT_FOR)
    return {keys[key]: question for key, question in kept.items()} | fresh


def load_practice_questions(codes: Iterable[str]) -> dict[str, Question]:
    """The questions of lessons that can be practised now, by code, in their current version. One query; each
    process keeps what it has read until the version or its published text changes.

    Left out are codes that name nothing, drafts, what is retired, and every question of another bank: a
    lesson shows keys, so what a test may ask never stands there.
    """
    rows = (
        Question.objects.non_polymorphic()
        .filter(code__in=list(codes), bank=PRACTICE_BANK, is_current=True, live=True, retired_at=None)
        .order_by()
        .values_list("code", "pk", "live_revision_id", "last_published_at")
    )
    named = {
        code: (pk, f"assessments.practice.{pk}.{seen}.{at and at.timestamp()}") for code, pk, seen, at in rows
    }
    kept = cache.get_many(key for _pk, key in named.values())
    fresh = load_questions(pk for pk, key in named.values() if key not in kept)
    cache.set_many({key: fresh[pk] for pk, key in named.values() if pk in fresh}, timeout=_SHOWN_KEPT_FOR)
    found = {code: fresh[pk] if pk in fresh else kept[key] for code, (pk, key) in named.items()}
    return {code: one for code, one in found.items() if one.scored and not one.marked_by_hand}


@dataclass(frozen=True, slots=True)
class FormSummary:
    """A form as an author looks at it: questions in order, and points in all and for each outcome code."""

    form: AssessmentForm
    questions: list[Question]
    total: int
    by_outcome: dict[str, int] = field(default_factory=dict)

    @property
    def outdated(self) -> list[Question]:
        """Questions of the form that have a newer version."""
        return [question for question in self.questions if not question.is_current]


def summarise_forms(assessment: Assessment) -> list[FormSummary]:
    """All forms of a test with their points, by letter. A constant number of queries a kind."""
    items = list(FormItem.objects.filter(form__assessment=assessment).select_related("form"))
    questions = load_questions({item.question_id for item in items})
    outcomes = _outcome_codes(questions)
    by_form: dict[int, list[Question]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.position):
        by_form[item.form_id].append(questions[item.question_id])
    return [_summarise(form, by_form[form.pk], outcomes) for form in assessment.forms.order_by("letter")]


def forms_are_equal(summaries: Iterable[FormSummary]) -> bool:
    """Whether forms can be compared: the same points in all, and for each outcome."""
    shapes = [(summary.total, summary.by_outcome) for summary in summaries]
    return all(shape == shapes[0] for shape in shapes)


def _summarise(
    form: AssessmentForm, questions: list[Question], outcomes: dict[int, list[str]]
) -> FormSummary:
    points: Counter[str] = Counter()
    for question in questions:
        points.update(dict.fromkeys(outcomes[question.pk], question.points))
    total = sum(question.points for question in questions)
    return FormSummary(form=form, questions=questions, total=total, by_outcome=dict(points))


def _outcome_codes(questions: Iterable[int]) -> dict[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    rows = Outcome.objects.filter(questions__in=list(questions)).values_list("questions", "code")
    for question, code in rows:
        codes[question].append(code)
    return codes


def media_uses(media_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[int]]:
    """Which question versions show each picture or recording, in the stem or in an option, of any kind."""
    wanted, found = list(media_ids), defaultdict(set)
    for relation in QuestionMedia._meta.get_fields(include_hidden=True):
        if not relation.is_relation or relation.concrete:
            continue
        model, name = relation.related_model, relation.field.name
        owner = "pk" if issubclass(model, Question) else "question_id"
        rows = model._base_manager.filter(**{f"{name}__in": wanted}).values_list(name, owner)
        for media, question in rows:
            found[media].add(question)
    return dict(found)


def questions_with_media(media: QuestionMedia) -> list[Question]:
    """The versions that show it, and those with a draft that does or did."""
    ids = media_uses([media.pk]).get(media.pk, set())
    kinds_known = ContentType.objects.get_for_models(*kinds().values()).values()
    drafts = Revision.objects.filter(content_type__in=list(kinds_known)).alias(
        text=Cast("content", TextField())
    )
    drafted = drafts.filter(text__contains=str(media.pk)).values_list("object_id", flat=True)
    return list(Question.objects.filter(pk__in={*ids, *map(int, drafted)}))
