"""Hypothesis draws of questions of every kind, as an author could have saved them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from hypothesis import strategies as st

from assessments.enums import BloomLevel, Difficulty, FormLetter, MultiplePolicy, OrderingPolicy, Stability
from assessments.models import Choice, LikertStatement, MatchPair, OrderingStep, Outcome, QuestionMedia
from assessments.questions.base import Question
from assessments.registry import kinds

# Marks that mean something to one format or another.
ODD = [
    "=1+1",
    "+62",
    "-5",
    "@SUM(A1)",
    "a ~ b = c # d { e } : f",
    "\\",
    "\\n",
    "C:\\new",
    "%50%",
    "[html]x",
    "[plain]",
    "//bukan komentar",
    "::judul::",
    "<b>tebal</b> & &amp;",
    "]]>",
    "@@PLUGINFILE@@/x.png",
    "a*b*",
    "x | y",
    '["json"]',
    "{}",
    "a  b",
    "12",
    "TRUE",
    "->",
    "poin: 3",
    "_x0041_",
    "ANSWER: B",
    "'tanda",
    "#N/A",
    "é 漢字 😀",
]
_signs = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
lines = st.one_of(st.text(_signs, min_size=1, max_size=30), st.sampled_from(ODD)).map(str.strip).filter(bool)
maybe_line = st.one_of(st.just(""), lines)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
maybe_text = st.one_of(st.just(""), texts)
unique_lines = st.lists(lines, min_size=2, max_size=5, unique=True)
codes = (
    st.text(st.sampled_from("ABCDEFGHXYZ0123456789-._ "), min_size=1, max_size=20).map(str.strip).filter(bool)
)
numbers = st.decimals(-(10**11), 10**11, places=4, allow_nan=False, allow_infinity=False)


@dataclass(frozen=True)
class Drawn:
    """A question and its rows, unsaved."""

    kind: str
    fields: dict[str, Any]
    rows: list[models.Model]

    def save(self, code: str, outcomes: list[Outcome]) -> Question:
        question: Question = kinds()[self.kind](code=code, **self.fields)
        question.outcomes = outcomes
        question.save()
        for place, row in enumerate(self.rows):
            row.question, row.sort_order = question, place  # type: ignore[attr-defined]
            row.save(force_insert=True)
        return question


Draw = Callable[[st.DrawFn], tuple[dict[str, Any], list[models.Model]]]


def _choices(draw: st.DrawFn, right: int | None, **fields: Any) -> list[models.Model]:
    options = draw(unique_lines)
    keys = {draw(st.integers(0, len(options) - 1))} if right == 1 else None
    if keys is None:
        keys = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    return [
        Choice(text=text, is_correct=place in keys, rationale=draw(maybe_line), **fields)
        for place, text in enumerate(options)
    ]


def _single(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    return {"points": draw(st.integers(1, 9)), "shuffle": draw(st.booleans())}, _choices(draw, 1)


def _multiple(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    rows = _choices(draw, None)
    right = sum(row.is_correct for row in rows)  # type: ignore[attr-defined]
    policy = draw(st.sampled_from(MultiplePolicy.values))
    parts = {"per_option": len(rows), "all_or_nothing": 1}.get(policy, right)
    choose = draw(st.sampled_from([None, right]))
    fields = {"policy": policy, "choose": choose, "shuffle": draw(st.booleans())}
    return {**fields, "points": parts * draw(st.integers(1, 3))}, rows


def _true_false(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    return {"answer": draw(st.booleans()), "rationale": draw(maybe_line)}, []


def _numeric(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    errors = draw(st.lists(st.tuples(st.integers(0, 99).map(str), maybe_line), max_size=2))
    return {
        "answer": draw(numbers),
        "tolerance": abs(draw(numbers)) if draw(st.booleans()) else Decimal(0),
        "unit": draw(st.sampled_from(["", "rupiah", "kg"])),
        "solution": draw(maybe_text),
        "common_errors": [{"value": value, "why": why} for value, why in errors],
    }, []


def _matching(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    rights = draw(unique_lines)
    lefts = [draw(lines) for _right in rights]
    if len(rights) > 2 and draw(st.booleans()):
        lefts[-1] = ""
    rows: list[models.Model] = [
        MatchPair(left=left, right=right, rationale=draw(maybe_line))
        for left, right in zip(lefts, rights, strict=True)
    ]
    return {"points": sum(map(bool, lefts)) * draw(st.integers(1, 2))}, rows


def _ordering(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    steps = draw(unique_lines)
    policy = draw(st.sampled_from(OrderingPolicy.values))
    parts = {"exact": 1, "position": len(steps)}.get(policy, len(steps) - 1)
    fields = {"rationale": draw(maybe_text), "policy": policy, "points": parts}
    return fields, [OrderingStep(text=text) for text in steps]


def _short_answer(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    # Letters only: what is right and wrong at once is refused by the editor.
    right = draw(st.lists(st.text("abc d*", min_size=1, max_size=9).map(str.strip), min_size=1, max_size=3))
    right = [f"benar {text}".strip() for text in dict.fromkeys(right)]
    near = draw(st.lists(st.tuples(st.text("xyz", min_size=1, max_size=9), maybe_line), max_size=2))
    return {
        "accepted": [{"text": text} for text in right],
        "near_misses": [{"text": f"salah {text}", "why": why} for text, why in dict(near).items()],
        "ignore_case": draw(st.booleans()),
        "ignore_punctuation": draw(st.booleans()),
    }, []


def _scale(draw: st.DrawFn) -> dict[str, Any]:
    scale = [{"text": text} for text in draw(unique_lines)]
    return {"scale": scale, "construct": draw(maybe_line), "when": draw(maybe_line), "points": 0}


def _likert(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    return {**_scale(draw), "reverse": draw(st.booleans())}, []


def _likert_matrix(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    statements = draw(unique_lines)
    return _scale(draw), [LikertStatement(text=text, reverse=draw(st.booleans())) for text in statements]


def _rubric(draw: st.DrawFn) -> dict[str, Any]:
    levels = draw(unique_lines)
    return {
        "rubric": [{"text": text} for text in levels],
        "when": draw(maybe_line),
        "points": len(levels) - 1,
    }


def _open_text(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    words = draw(st.one_of(st.none(), st.integers(1, 500)))
    return {**_rubric(draw), "max_words": words, "may_be_spoken": draw(st.booleans())}, []


def _task(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    return {**_rubric(draw), "instructions": draw(maybe_text)}, []


def _picture(draw: st.DrawFn) -> tuple[dict[str, Any], list[models.Model]]:
    return {"shuffle": draw(st.booleans())}, _choices(draw, 1)


KINDS: dict[str, Draw] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "short_answer": _short_answer,
    "likert": _likert,
    "likert_matrix": _likert_matrix,
    "open_text": _open_text,
    "task": _task,
    "picture": _picture,
}


@st.composite
def drawn_question(draw: st.DrawFn, kind: str, media: list[QuestionMedia]) -> Drawn:
    fields, rows = KINDS[kind](draw)
    if kind == "picture":
        for row in rows:
            row.image = draw(st.sampled_from(media))  # type: ignore[attr-defined]
    place = {
        "stem": draw(texts),
        "feedback": draw(maybe_text),
        "topic": draw(st.sampled_from(["", "UUD", "REN"])),
        "lesson_code": draw(st.sampled_from(["", "M1.1"])),
        "pair": draw(st.sampled_from(["", "P-1"])),
        "form_letter": draw(st.sampled_from(["", *FormLetter.values])),
        "bloom": draw(st.sampled_from(["", *BloomLevel.values])),
        "difficulty": draw(st.sampled_from(["", *Difficulty.values])),
        "stability": draw(st.sampled_from(["", *Stability.values])),
        "citations": draw(st.sampled_from([[], [{"ref": "UU 6/2014 Ps 3", "status": "verified"}]])),
        "note": draw(maybe_text),
    }
    return Drawn(kind, {**place, **fields}, rows)
