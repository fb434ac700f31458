"""True or false."""

import random
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from assessments.bank_item import BankItem
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Question,
    Response,
    foreign_option,
    refuse_foreign_fields,
)
from assessments.questions.keyed import GAP, bare, not_understood, printed, printed_list
from assessments.registry import register
from assessments.scoring import Parts, score_one_of

TRUE, FALSE = "true", "false"
# Benar and True, Salah and False.
_ON_PAPER = {"B": TRUE, "T": TRUE, "S": FALSE, "F": FALSE}


@register
class TrueFalseQuestion(Question):
    kind = "true_false"
    kind_label = _("True or false")
    has_radio_rows = True

    answer = models.BooleanField(_("the statement is true"))
    rationale = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("true/false question")
        verbose_name_plural = _("true/false questions")

    def option_ids(self) -> list[str]:
        return [TRUE, FALSE]

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return self.stem_payload()

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        refuse_foreign_fields(data, [FIELD])
        chosen = cls.read_response(data)
        if chosen not in (None, TRUE, FALSE):
            raise foreign_option()
        return chosen

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        return {
            "rows": [
                {**row, "field_id": f"id_{field}-{row['id']}", "checked": row["id"] == response}
                for row in _rows()
            ]
        }

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        lists = [printed_list(_rows(), list(_letters()))]
        return printed(_("Is this sentence true or false?"), "letters", cells=1, lists=lists)

    def right_answer(self, rows: Sequence[Any]) -> Any:
        return self.answer

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return next(iter(_letters()))

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """The letter of the sheet, which may be in another language than the interface, or the word."""
        typed = bare(text)
        known = {**_ON_PAPER, **_letters(), **{row["text"].upper(): row["id"] for row in _rows()}}
        if typed and typed not in known:
            raise not_understood(" / ".join(_letters()))
        return known[typed] if typed else None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return next((sign for sign, value in _letters().items() if value == response), GAP)

    def describe_answer(self, response: Response) -> list[str]:
        return [row["text"] for row in _rows() if row["id"] == response]

    def feedback_on_answer(self, response: Response) -> list[str]:
        return [self.rationale] if self.rationale else []

    def score_parts(self, response: Response) -> Parts:
        return score_one_of(response, TRUE if self.answer else FALSE)

    def correct_response(self) -> Response:
        return TRUE if self.answer else FALSE

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        return rng.choice([TRUE, FALSE])

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {"answer": item.flag("answer"), "rationale": item.text("why", required=False)}


def _rows() -> list[dict[str, str]]:
    return [
        {"id": TRUE, "text": pgettext("statement", "True")},
        {"id": FALSE, "text": pgettext("statement", "False")},
    ]


def _letters() -> dict[str, str]:
    """What stands on paper for each."""
    return {
        pgettext("letter on paper for true", "T"): TRUE,
        pgettext("letter on paper for false", "F"): FALSE,
    }
