"""GIFT: texts only. Pictures and rubrics stay behind; points and place in the bank travel as tags."""

import re
from collections.abc import Callable
from decimal import Decimal

from assessments.datasets.drafts import OptionDraft, QuestionDraft
from assessments.datasets.tags import POINTS
from assessments.exports.carriers import draft_of
from assessments.questions.base import Question

_MARKS = re.compile(r"[\\~=#{}:]")
_STYLE = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)


class CannotSayError(ValueError):
    """GIFT has no words for this question."""


def write(questions: list[Question]) -> tuple[bytes, list[tuple[str, tuple[str, ...]]]]:
    blocks = []
    left: list[tuple[str, tuple[str, ...]]] = []
    for question in questions:
        carried = draft_of(question)
        try:
            if carried is None:
                raise CannotSayError
            draft, behind = carried
            blocks.append(_block(draft, behind))
        except CannotSayError:
            left.append((question.code, ()))
            continue
        if behind:
            left.append((question.code, tuple(dict.fromkeys(behind))))
    return "\n".join(blocks).encode(), left


def escape(text: str) -> str:
    """Marks of GIFT with a backslash, line breaks as \\n, and no brackets that would name a format."""
    safe = _MARKS.sub(lambda found: f"\\{found[0]}", text).replace("\n", "\\n")
    return f"[plain]{safe}" if _STYLE.match(text) else safe


def _block(draft: QuestionDraft, behind: list[str]) -> str:
    body = _BODIES.get(draft.kind)
    if body is None or not draft.stem:
        raise CannotSayError
    answers = body(draft)
    if draft.pictures or any(option.picture for option in draft.options):
        behind.append("image")
    if draft.feedback:
        answers.append(f"####{escape(draft.feedback)}")
    if draft.own.get("max_words"):
        behind.append("max_words")
    tags = [f"{POINTS}: {draft.points}", *draft.tags]
    marks = [f"id:{draft.code}", *(f"tag:{tag}" for tag in tags)]
    said = [mark for mark in marks if "[" not in mark and "]" not in mark]
    if len(said) < len(marks):
        behind.append("tags")
    remark = " ".join(f"[{escape(mark.partition(':')[0])}:{escape(mark.partition(':')[2])}]" for mark in said)
    inside = "".join(f"\n\t{line}" for line in answers)
    return f"// {remark}\n::{escape(draft.code)}::[plain]{escape(draft.stem)}{{{inside}\n}}\n"


def _remark(text: str) -> str:
    return f"#{escape(text)}" if text else ""


def _single(draft: QuestionDraft) -> list[str]:
    return [
        f"{'=' if option.correct else '~'}{_weighty(option.text)}{_remark(option.rationale)}"
        for option in draft.options
    ]


def _weighty(text: str) -> str:
    """A text that begins like a weight (%50%) must not be read as one: refuse what cannot be told apart."""
    if text.startswith("%"):
        raise CannotSayError
    return escape(text)


def _several(draft: QuestionDraft) -> list[str]:
    right = sum(option.correct for option in draft.options)
    share = (Decimal(100) / right).quantize(Decimal("0.00001")).normalize() if right else Decimal(100)
    return [
        f"~%{share if option.correct else -share:f}%{escape(option.text)}{_remark(option.rationale)}"
        for option in draft.options
    ]


def _truth(draft: QuestionDraft) -> list[str]:
    # The first remark is for a wrong answer, the second for a right one.
    return [f"{'TRUE' if draft.truth else 'FALSE'}{_remark(draft.rationale) * 2}"]


def _number(draft: QuestionDraft) -> list[str]:
    assert draft.answer is not None
    right = f"={draft.answer:f}:{draft.tolerance:f}{_remark(draft.rationale)}"
    return [
        "#",
        right,
        *(f"=%0%{_plain_number(error)}{_remark(error.rationale)}" for error in draft.near_misses),
    ]


def _plain_number(error: OptionDraft) -> str:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", error.text):
        raise CannotSayError
    return error.text


def _pairs(draft: QuestionDraft) -> list[str]:
    if any("->" in side for pair in draft.pairs for side in (pair.left, pair.right)):
        raise CannotSayError
    return [f"={escape(pair.left)} -> {escape(pair.right)}" for pair in draft.pairs]


def _spellings(draft: QuestionDraft) -> list[str]:
    if not draft.own.pop("ignore_case", True):
        raise CannotSayError
    said = [text for near in draft.near_misses for text in (near.text, near.rationale)]
    # An arrow anywhere among the answers, in a remark too, makes it a question with pairs.
    if any("->" in text for text in (*draft.accepted, *said)):
        raise CannotSayError
    right = [f"=%100%{_spelling(text)}" for text in draft.accepted]
    return right + [f"=%0%{_spelling(near.text)}{_remark(near.rationale)}" for near in draft.near_misses]


def _spelling(text: str) -> str:
    return escape(text.replace("*", r"\*"))


def _essay(draft: QuestionDraft) -> list[str]:
    if any("[" in level or "]" in level for level in draft.rubric):
        raise CannotSayError
    draft.tags += [f"rubrik: {level}" for level in draft.rubric]
    return []


_BODIES: dict[str, Callable[[QuestionDraft], list[str]]] = {
    "single": _single,
    "multiple": _several,
    "true_false": _truth,
    "numeric": _number,
    "matching": _pairs,
    "short_answer": _spellings,
    "open_text": _essay,
}
