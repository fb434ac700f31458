"""True or false."""

import random
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
from assessments.registry import register
from assessments.scoring import Parts, score_one_of

TRUE, FALSE = "true", "false"


@register
class TrueFalseQuestion(Question):
    kind = "true_false"
    kind_label = _("True or false")

    answer = models.BooleanField(_("the statement is true"))
    rationale = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("true/false question")
        verbose_name_plural = _("true/false questions")

    def option_ids(self) -> list[str]:
        return [TRUE, FALSE]

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {"kind": self.kind, "stem": self.stem}

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
    def take_context(cls, payload: dict[str, Any], response: Any) -> dict[str, Any]:
        words = ((TRUE, pgettext("statement", "True")), (FALSE, pgettext("statement", "False")))
        return {"rows": [{"id": value, "text": text, "checked": value == response} for value, text in words]}

    def score_parts(self, response: Response) -> Parts:
        return score_one_of(response, TRUE if self.answer else FALSE)

    def correct_response(self) -> Response:
        return TRUE if self.answer else FALSE

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        return rng.choice([TRUE, FALSE])

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {"answer": item.flag("answer"), "rationale": item.text("why", required=False)}
