"""Drafts in the words of a bank file, which every kind of question reads itself."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from assessments.datasets.drafts import QuestionDraft

Shape = Callable[[QuestionDraft], dict[str, Any]]


def _options(draft: QuestionDraft) -> dict[str, Any]:
    rows = [
        {"text": option.text, "correct": option.correct, **_why(option.rationale)} for option in draft.options
    ]
    return {"options": rows, "shuffle": draft.shuffle}


def _truth(draft: QuestionDraft) -> dict[str, Any]:
    return {"answer": draft.truth, **_why(draft.rationale)}


def _number(draft: QuestionDraft) -> dict[str, Any]:
    numbers = {"answer": str(draft.answer), "tolerance": str(draft.tolerance)}
    texts = {"unit": draft.unit, "solution": draft.rationale}
    return {**numbers, **{name: text for name, text in texts.items() if text}}


def _pairs(draft: QuestionDraft) -> dict[str, Any]:
    pairs = [
        {"left": pair.left, "right": pair.right, **_why(pair.rationale)} for pair in draft.pairs if pair.left
    ]
    extra = [{"text": pair.right, **_why(pair.rationale)} for pair in draft.pairs if not pair.left]
    return {"pairs": pairs, "extra_right": extra}


def _steps(draft: QuestionDraft) -> dict[str, Any]:
    return {"steps_in_order": draft.steps, **_why(draft.rationale)}


def _spellings(draft: QuestionDraft) -> dict[str, Any]:
    near = [{"text": option.text, **_why(option.rationale)} for option in draft.near_misses]
    return {"accepted": draft.accepted, "near_miss": near}


def _open(draft: QuestionDraft) -> dict[str, Any]:
    """Whoever marks it needs levels. The file has none, so it gets three that fit everything."""
    if not draft.rubric:
        draft.changes.append(_("It got a rubric of three levels. Make it fit the question."))
    return {
        "rubric": draft.rubric
        or [_("No answer, or beside the point"), _("Partly right"), _("Right and complete")]
    }


def _why(text: str) -> dict[str, str]:
    return {"why": text} if text else {}


SHAPES: dict[str, Shape] = {
    "single": _options,
    "picture": _options,
    "multiple": _options,
    "true_false": _truth,
    "numeric": _number,
    "matching": _pairs,
    "ordering": _steps,
    "short_answer": _spellings,
    "open_text": _open,
    "task": _open,
}
