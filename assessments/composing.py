"""From a blueprint to the questions of one attempt: fixed lists, and draws from the bank by tags."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from assessments.enums import Purpose
from assessments.models import AssessmentForm, FormItem, FormSection
from assessments.questions.base import PRACTICE_BANK, Question
from assessments.registry import usage_counts


@dataclass(frozen=True, slots=True)
class ComposedItem:
    """A question at its place in one attempt; ``section`` is the number of its section."""

    question_id: int
    section: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a draw must know about a question. Questions of one pair ask the same thing: ``unit`` is what
    may stand once in a form."""

    pk: int
    code: str
    unit: str
    topic: str
    difficulty: str
    bloom: str
    points: int
    outcomes: frozenset[int] = field(default_factory=frozenset)

    def matches(self, section: FormSection) -> bool:
        """Whether every tag that the section names is this question's."""
        return (
            (section.outcome_id is None or section.outcome_id in self.outcomes)
            and section.topic in ("", self.topic)
            and section.difficulty in ("", self.difficulty)
            and section.bloom in ("", self.bloom)
        )


def canonical_rng(form: AssessmentForm) -> random.Random:
    """The one random order of a form, for paper and reading aloud: everybody's sheet is alike."""
    return random.Random(f"form {form.pk}")


def compose_form(
    form: AssessmentForm,
    *,
    rng: random.Random,
    exclude: Callable[[], Collection[int]] = tuple,
    usage: Mapping[int, int] | None = None,
) -> list[ComposedItem]:
    """The questions of one attempt in order, section by section. A constant number of queries.

    A draw takes the questions least used first and those alike by lot; never one that the form or its
    parallel form lists, a pair twice, or a version of a question in ``exclude``. Listed questions, anchors
    among them, are the test itself: they are not touched, and without a draw ``exclude`` is not called.
    ``usage`` (times shown, by id) is asked of the registry if it is None; paper passes ``{}``, so that the
    draw stays what was printed.

    Raises ValidationError (code ``too_few``) that names the section.
    """
    rows = FormSection.objects.filter(form=form).order_by("number")
    sections = {section.number: section for section in rows}
    listed: dict[int, list[int]] = defaultdict(list)
    for number, pk in (
        FormItem.objects.filter(form=form).order_by("position").values_list("section", "question_id")
    ):
        listed[number].append(pk)
    drawing = [section for section in sections.values() if section.draw]
    drawn = _draw(form, drawing, rng=rng, exclude=exclude(), usage=usage) if drawing else {}
    composed: list[ComposedItem] = []
    for number in sorted({*sections, *listed}):
        ids = [*listed[number], *drawn.get(number, [])]
        if form.assessment.shuffle_questions:
            rng.shuffle(ids)
        composed += [ComposedItem(pk, number) for pk in ids]
    return composed


def pools(
    form: AssessmentForm, sections: Iterable[FormSection], exclude: Collection[int] = ()
) -> dict[int, list[Candidate]]:
    """By number of a section, the questions that a draw for it may take. Three queries."""
    sections = list(sections)
    parallel = AssessmentForm.objects.filter(assessment_id=form.assessment_id)
    rows = FormItem.objects.filter(form__in=parallel).values_list(
        "form_id", "question__code", "question__pair"
    )
    listed, taken = set(), set()
    for form_id, code, pair in rows:
        listed.add(code)
        if form_id == form.pk:
            taken.add(_unit(code, pair))
    candidates = [
        candidate
        for candidate in _candidates(form, sections, exclude)
        if candidate.code not in listed and candidate.unit not in taken
    ]
    return {section.number: [each for each in candidates if each.matches(section)] for section in sections}


def _candidates(
    form: AssessmentForm, sections: Iterable[FormSection], exclude: Collection[int]
) -> list[Candidate]:
    tags = Q(pk__in=[])
    for section in sections:
        tags |= _tags(section)
    questions = _offered(form).filter(tags).distinct()
    if exclude:
        seen = Question.objects.non_polymorphic().filter(pk__in=exclude)
        questions = questions.exclude(code__in=seen.values("code"))
    rows = list(questions.values_list("pk", "code", "pair", "topic", "difficulty", "bloom", "points"))
    outcomes: dict[int, set[int]] = defaultdict(set)
    for question_id, outcome_id in Question.outcomes.through.objects.filter(
        question__in=questions.values("pk")
    ).values_list("question_id", "outcome_id"):
        outcomes[question_id].add(outcome_id)
    return [
        Candidate(pk, code, _unit(code, pair), topic, difficulty, bloom, points, frozenset(outcomes[pk]))
        for pk, code, pair, topic, difficulty, bloom, points in rows
    ]


def _offered(form: AssessmentForm) -> QuerySet[Any]:
    """What may be put to new use: the newest version, not retired; outside surveys, only what earns points.

    A practice shows the right answers, so it draws nothing that a test lists; and a test draws nothing
    that a practice lists. Two uses of one bank would otherwise give each other away. What stands in lessons
    (the bank ``latihan``) is drawn by nobody.
    """
    questions = Question.objects.non_polymorphic().filter(is_current=True, live=True, retired_at__isnull=True)
    questions = questions.exclude(bank=PRACTICE_BANK)
    purpose = form.assessment.purpose
    if purpose == Purpose.SURVEY:
        return questions
    other = Purpose.TEST if purpose == Purpose.PRACTICE else Purpose.PRACTICE
    elsewhere = FormItem.objects.filter(form__assessment__purpose=other)
    return questions.filter(points__gt=0).exclude(code__in=elsewhere.values("question__code"))


def _tags(section: FormSection) -> Q:
    named = {
        "outcomes": section.outcome_id,
        "topic": section.topic,
        "difficulty": section.difficulty,
        "bloom": section.bloom,
    }
    return Q(pk__isnull=False, **{name: value for name, value in named.items() if value})


def _unit(code: str, pair: str) -> str:
    return f"pair {pair}" if pair else f"code {code}"


def _draw(
    form: AssessmentForm,
    sections: list[FormSection],
    *,
    rng: random.Random,
    exclude: Collection[int],
    usage: Mapping[int, int] | None,
) -> dict[int, list[int]]:
    pool = pools(form, sections, exclude)
    everything = {candidate.pk for candidates in pool.values() for candidate in candidates}
    used = usage_counts(everything) if usage is None else usage
    # Sorted before the lot, so that one seed gives one draw whatever order the database answered in.
    lot = sorted(everything)
    rng.shuffle(lot)
    rank = {pk: (used.get(pk, 0), place) for place, pk in enumerate(lot)}
    for candidates in pool.values():
        candidates.sort(key=lambda candidate: rank[candidate.pk])
    chosen = allot(sections, pool)
    return {
        number: [candidate.pk for candidate in sorted(taken, key=lambda each: each.code)]
        for number, taken in chosen.items()
    }


def allot(sections: Iterable[FormSection], pool: Mapping[int, list[Candidate]]) -> dict[int, list[Candidate]]:
    """As many candidates for each section as it draws, the first of its list first, no unit twice.

    Sections with overlapping tags give way to each other (augmenting paths), so that a broad section never
    takes the last question of a narrow one. Raises ValidationError (code ``too_few``).
    """
    holder: dict[str, tuple[tuple[int, int], Candidate]] = {}

    def place(slot: tuple[int, int], tried: set[str]) -> bool:
        for candidate in pool[slot[0]]:
            if candidate.unit in tried:
                continue
            tried.add(candidate.unit)
            held = holder.get(candidate.unit)
            if held is None or place(held[0], tried):
                holder[candidate.unit] = (slot, candidate)
                return True
        return False

    for section in sections:
        for turn in range(section.draw or 0):
            if not place((section.number, turn), set()):
                raise _too_few(section, turn)
    chosen: dict[int, list[Candidate]] = defaultdict(list)
    for (number, _turn), candidate in holder.values():
        chosen[number].append(candidate)
    return chosen


def _too_few(section: FormSection, found: int) -> ValidationError:
    name = f"{section.number} ({section.title})" if section.title else str(section.number)
    return ValidationError(
        _(
            "Section %(section)s draws %(draw)d questions, but the bank has only %(found)d that fit. "
            "Draw fewer, take a tag off the section, or add questions."
        ),
        code="too_few",
        params={"section": name, "draw": section.draw, "found": found},
    )
