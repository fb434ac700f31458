"""Multiple choice: several options are right; wrong ones take back what right ones earned."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Question,
    Response,
    foreign_option,
    refuse_foreign_fields,
)
from assessments.questions.single_choice import (
    option_rows,
    options_from_bank,
    options_payload,
    too_few_options,
)
from assessments.registry import register
from assessments.scoring import Parts, score_right_minus_wrong


@register
class MultipleChoiceQuestion(Question):
    kind = "multiple"
    kind_label = _("Multiple choice")
    prefetch = ("choices",)
    scoring_rule = "right_minus_wrong_floor0"

    shuffle = models.BooleanField(_("show options in random order"), default=True)
    choose = models.PositiveSmallIntegerField(
        _("how many to choose"), null=True, blank=True, help_text=_("Told to the participant.")
    )

    class Meta:
        verbose_name = _("multiple choice question")
        verbose_name_plural = _("multiple choice questions")

    def option_ids(self) -> list[str]:
        return [str(choice.pk) for choice in self.choices.all()]

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "stem": self.stem,
            "options": options_payload(self, order),
            "choose": self.choose,
        }

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.getlist(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        refuse_foreign_fields(data, [FIELD])
        chosen = set(cls.read_response(data) or [])
        if not chosen <= set(order):
            raise foreign_option()
        return sorted(chosen) or None

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any) -> dict[str, Any]:
        return {"rows": option_rows(payload["options"], response or [])}

    def score_parts(self, response: Response) -> Parts:
        keys = [str(choice.pk) for choice in self.choices.all() if choice.is_correct]
        return score_right_minus_wrong(response, keys)

    def possible_parts(self, rows: Sequence[Any]) -> int:
        return sum(choice.is_correct for choice in rows)

    def correct_response(self) -> Response:
        return sorted(str(choice.pk) for choice in self.choices.all() if choice.is_correct)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        count = self.choose or rng.randint(1, len(order))
        return sorted(rng.sample(list(order), min(count, len(order))))

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        yield from too_few_options(rows)
        right = self.possible_parts(rows)
        if not right:
            yield ValidationError(_("Mark at least one option as a right answer."), code="key")
        elif self.choose is not None and self.choose != right:
            yield ValidationError(
                _("You tell participants to choose %(told)d, but %(right)d options are right."),
                code="choose",
                params={"told": self.choose, "right": right},
            )

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        choose = item.whole("choose") if item.data.get("choose") is not None else None
        return {"shuffle": item.flag("shuffle", default=True), "choose": choose}

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        return options_from_bank(item)
