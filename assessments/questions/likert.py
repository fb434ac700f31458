"""Likert: how far somebody agrees with one statement. An attitude has no key and no points."""

import random
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.attitude import AttitudeQuestion
from assessments.questions.base import FIELD, OptionOrder, Response, foreign_option, refuse_foreign_fields
from assessments.questions.keyed import bare, not_understood, printed, printed_list
from assessments.questions.single_choice import option_rows
from assessments.questions.tallies import Tally, of_steps
from assessments.registry import register


@register
class LikertQuestion(AttitudeQuestion):
    """The response is the step of the scale, counted from 1; ``coded`` turns reversed statements round."""

    kind = "likert"
    kind_label = _("Attitude scale")
    has_radio_rows = True

    reverse = models.BooleanField(
        _("reversed"), default=False, help_text=_("Agreeing means less of what is measured.")
    )

    class Meta:
        verbose_name = _("attitude question")
        verbose_name_plural = _("attitude questions")

    def option_ids(self) -> list[str]:
        return [str(step) for step in range(1, len(self.scale) + 1)]

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        labels = dict(zip(self.option_ids(), self.labels(), strict=True))
        options = [{"id": step, "text": labels[step]} for step in order if step in labels]
        return {**self.stem_payload(), "options": options}

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        refuse_foreign_fields(data, [FIELD])
        chosen = cls.read_response(data)
        if chosen is not None and str(chosen) not in order:
            raise foreign_option()
        return None if chosen is None else int(chosen)

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        return {"rows": option_rows(payload["options"], [str(response)], field)}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        options = payload["options"]
        lists = [printed_list(options, [option["id"] for option in options])]
        return printed(_("Choose what fits you best."), "letters", cells=1, lists=lists)

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return str(max(len(payload["options"]) - 1, 1))

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        typed = bare(text)
        if typed and typed not in [option["id"] for option in payload["options"]]:
            raise not_understood(cls.keying_hint(payload))
        return int(typed) if typed else None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return str(response)

    def describe_answer(self, response: Response) -> list[str]:
        return self.labels()[response - 1 : response]

    def tallies(self, responses: Sequence[Response]) -> list[Tally]:
        return [of_steps("", self.labels(), (step for step in responses if step is not None))]

    def coded(self, response: Response) -> int | None:
        """The step as it is analysed: more means more of the construct. None for no answer."""
        return None if response is None else self.turned(response, reverse=self.reverse)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        return int(rng.choice(list(order)))

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {**super().fields_from_bank(item), "reverse": item.flag("reverse", default=False)}
