"""Which kinds other systems know as well: each as a draft, with the fields that the draft leaves behind.

A kind that is not in ``CARRIERS`` travels in our workbook only.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assessments.datasets.content import content_of, rows_of
from assessments.datasets.drafts import OptionDraft, PairDraft, PictureDraft, QuestionDraft
from assessments.datasets.tags import write_tags
from assessments.questions.base import Question

# Words of bank files, and the model fields that they stand for.
_OWN_WORDS = (("choose", "choose"), ("scoring", "policy"), ("shuffle", "shuffle"))
Fields = dict[str, Any]
Carrier = Callable[[QuestionDraft, Fields, list[Any]], list[str]]


def draft_of(question: Question) -> tuple[QuestionDraft, list[str]] | None:
    """The question as a draft and the names of fields that no draft holds. None if only we know its kind."""
    carrier = CARRIERS.get(question.kind)
    if carrier is None:
        return None
    fields = content_of(question, {})["fields"]
    rows = [row for listed in rows_of(question).values() for row in listed]
    draft = QuestionDraft(question.kind, question.code, question.stem, code=question.code)
    draft.points, draft.feedback = Decimal(question.points), question.feedback
    draft.pictures = [picture for picture in [_picture(question.image)] if picture is not None]
    left = ["note"] if question.note else []
    left += ["audio"] if question.audio_id or any(getattr(row, "audio_id", None) for row in rows) else []
    left += carrier(draft, fields, rows)
    shown = [*draft.pictures, *(option.picture for option in draft.options if option.picture)]
    if len(shown) < sum(getattr(record, "image_id", None) is not None for record in [question, *rows]):
        left.append("image")
    outcomes = sorted(outcome.code for outcome in question.outcomes.all())
    draft.tags = write_tags(fields, outcomes, {**draft.own, "unit": draft.unit})
    return draft, left


def _picture(media: Any) -> PictureDraft | None:
    """None if the file is gone: a lost picture must not keep a bank from being taken out."""
    if media is None:
        return None
    try:
        with media.file.open("rb") as stored:
            return PictureDraft(media.title, stored.read(), media.alternative)
    except OSError:
        return None


def _options(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.options = [
        OptionDraft(
            row.text,
            correct=row.is_correct,
            rationale=row.rationale,
            picture=_picture(row.image),
        )
        for row in rows
    ]
    draft.shuffle = fields["shuffle"]
    draft.own = {name: fields.get(field) for name, field in _OWN_WORDS}
    return []


def _picture_choice(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    _options(draft, fields, rows)
    draft.own["type"] = draft.kind
    return []


def _truth(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.truth, draft.rationale = fields["answer"], fields["rationale"]
    return []


def _number(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.answer, draft.tolerance = Decimal(fields["answer"]), Decimal(fields["tolerance"])
    draft.unit, draft.rationale = fields["unit"], fields["solution"]
    draft.near_misses = [
        OptionDraft(str(error["value"]), rationale=str(error.get("why", "")))
        for error in fields["common_errors"]
    ]
    return []


def _pairs(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    # The side that stands alone comes after the pairs, as bank files have it.
    draft.pairs = [PairDraft(row.left, row.right) for row in sorted(rows, key=lambda row: not row.left)]
    return ["rationale"] if any(row.rationale for row in rows) else []


def _steps(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.steps = [row.text for row in rows]
    draft.own = {"scoring": fields.get("policy")}
    return ["rationale"] if fields["rationale"] else []


def _spellings(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.accepted = [entry["text"] for entry in fields["accepted"]]
    draft.near_misses = [
        OptionDraft(entry["text"], rationale=entry.get("why", "")) for entry in fields["near_misses"]
    ]
    draft.own = {"ignore_case": fields["ignore_case"]}
    return [] if fields["ignore_punctuation"] else ["ignore_punctuation"]


def _rubric(draft: QuestionDraft, fields: Fields, rows: list[Any]) -> list[str]:
    draft.rubric = [level["text"] for level in fields["rubric"]]
    draft.own = {"max_words": fields.get("max_words")}
    left = ["when"] if fields["when"] else []
    left += ["may_be_spoken"] if fields.get("may_be_spoken") is False else []
    return left + (["instructions"] if fields.get("instructions") else [])


CARRIERS: dict[str, Carrier] = {
    "single": _options,
    "multiple": _options,
    "picture": _picture_choice,
    "true_false": _truth,
    "numeric": _number,
    "matching": _pairs,
    "ordering": _steps,
    "short_answer": _spellings,
    "open_text": _rubric,
    "task": _rubric,
}
