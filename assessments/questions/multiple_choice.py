"""Multiple choice: several options are right. How they earn points is a policy of the question."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.enums import MultiplePolicy
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Response,
    foreign_option,
    refuse_foreign_fields,
)
from assessments.questions.keyed import letter, not_understood, printed, read_letters, write_letters
from assessments.questions.single_choice import (
    ChoosingQuestion,
    option_ids_of,
    option_rows,
    options_payload,
    options_printed,
    too_few_options,
)
from assessments.questions.words import Mistake
from assessments.registry import register
from assessments.scoring import MULTIPLE_RULES, Parts


@register
class MultipleChoiceQuestion(ChoosingQuestion):
    kind = "multiple"
    kind_label = _("Multiple choice")
    scoring_rules = {
        "right_minus_wrong_floor0": MultiplePolicy.RIGHT_MINUS_WRONG,
        **{policy.value: policy for policy in MultiplePolicy},
    }

    shuffle = models.BooleanField(_("show options in random order"), default=True)
    choose = models.PositiveSmallIntegerField(
        _("how many to choose"), null=True, blank=True, help_text=_("Told to the participant.")
    )
    policy = models.CharField(
        _("how it earns points"),
        max_length=20,
        choices=MultiplePolicy.choices,
        default=MultiplePolicy.RIGHT_MINUS_WRONG,
    )

    class Meta:
        verbose_name = _("multiple choice question")
        verbose_name_plural = _("multiple choice questions")

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {
            **self.stem_payload(),
            "options": options_payload(self, order),
            "choose": self.choose,
        }

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.getlist(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """What is ticked, however many: people change their minds, and the page tells how many were asked."""
        refuse_foreign_fields(data, [FIELD])
        chosen = set(cls.read_response(data) or [])
        if not chosen <= set(order):
            raise foreign_option()
        return sorted(chosen) or None

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        rows = option_rows(payload["options"], response or [], field)
        ticked = sum(row["checked"] for row in rows)
        return {"rows": rows, "too_many": _too_many(ticked, payload["choose"])}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        cells = payload["choose"] or len(payload["options"])
        return printed(choosing_hint(payload), "letters", cells=cells, lists=[options_printed(payload)])

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return "".join(letter(index) for index in range(min(payload["choose"] or 2, len(payload["options"]))))

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """Letters in any order, all that are on the sheet. A letter typed twice is a slip of the finger."""
        hint = cls.keying_hint(payload)
        chosen = read_letters(text, option_ids_of(payload), hint=hint)
        if "" in chosen or len(set(chosen)) != len(chosen):
            raise not_understood(hint)
        return sorted(chosen) or None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        ids = option_ids_of(payload)
        return write_letters([option for option in ids if option in response], ids)

    def describe_answer(self, response: Response) -> list[str]:
        return [choice.text for choice in self.chosen(response)]

    def feedback_on_answer(self, response: Response) -> list[str]:
        return [choice.rationale for choice in self.chosen(response) if choice.rationale]

    def mistakes_in_answer(self, response: Response) -> list[Mistake]:
        """Each option that was chosen and is wrong."""
        wrong = (choice for choice in self.chosen(response) if not choice.is_correct)
        return [Mistake(choice.text, choice.rationale) for choice in wrong]

    def score_parts(self, response: Response) -> Parts:
        keys = [str(choice.pk) for choice in self.choices.all() if choice.is_correct]
        return MULTIPLE_RULES[self.policy].score(response, keys, self.option_ids())

    def possible_parts(self, rows: Sequence[Any]) -> int:
        return MULTIPLE_RULES[self.policy].possible(_right(rows), len(rows))

    def correct_response(self) -> Response:
        return sorted(str(choice.pk) for choice in self.choices.all() if choice.is_correct)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        count = self.choose or rng.randint(1, len(order))
        return sorted(rng.sample(list(order), min(count, len(order))))

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        yield from too_few_options(rows)
        right = _right(rows)
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
        rule = item.text("scoring", required=False) or MultiplePolicy.RIGHT_MINUS_WRONG
        return {
            "shuffle": item.flag("shuffle", default=True),
            "choose": choose,
            "policy": cls.scoring_rules[rule],
        }


def choosing_hint(payload: dict[str, Any]) -> str:
    """How many answers to choose, in words."""
    number = payload["choose"]
    if not number:
        return gettext("Choose every answer that is right.")
    return ngettext("Choose %(number)d answer.", "Choose %(number)d answers.", number) % {"number": number}


def _right(rows: Sequence[Any]) -> int:
    return sum(choice.is_correct for choice in rows)


def _too_many(ticked: int, choose: int | None) -> str:
    """A sentence if more is ticked than was asked for, else ""."""
    if not choose or ticked <= choose:
        return ""
    return gettext("You have chosen %(ticked)d, but %(asked)d are asked for.") % {
        "ticked": ticked,
        "asked": choose,
    }
