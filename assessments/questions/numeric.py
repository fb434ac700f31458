"""Numeric: a number, written as Indonesians write it."""

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import FIELD, Lines, OptionOrder, Question, Response, refuse_foreign_fields
from assessments.questions.keyed import printed
from assessments.questions.numbers import parse_number, written
from assessments.registry import register
from assessments.scoring import Parts, score_within_tolerance

_UNIT = "unit:"


@register
class NumericQuestion(Question):
    """The frozen order of a numeric question holds its unit, so that an answer can be checked against it."""

    kind = "numeric"
    kind_label = _("Number")
    line_fields = {
        **Question.line_fields,
        "common_errors": Lines("value", "why", _("One wrong answer a line. After a | say what went wrong.")),
    }

    answer = models.DecimalField(_("right answer"), max_digits=20, decimal_places=4)
    tolerance = models.DecimalField(_("tolerance"), max_digits=20, decimal_places=4, default=Decimal(0))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    solution = models.TextField(_("worked solution"), blank=True)
    common_errors = models.JSONField(_("common errors"), default=list, blank=True)

    class Meta:
        verbose_name = _("numeric question")
        verbose_name_plural = _("numeric questions")

    def option_ids(self) -> list[str]:
        return [_UNIT + self.unit] if self.unit else []

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {**self.stem_payload(), "unit": self.unit}

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """The text as typed, spaces tidied: the participant meets it again as it was written."""
        refuse_foreign_fields(data, [FIELD])
        text = cls.read_response(data) or ""
        if not text.strip():
            return None
        parse_number(text, _unit_in(order))
        return " ".join(text.split())

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        return {"value": response or "", "unit": payload["unit"]}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        hint = gettext("Write a number.")
        if payload["unit"]:
            hint = gettext("Write a number, in %(unit)s.") % {"unit": payload["unit"]}
        return printed(hint, "number")

    def right_answer(self, rows: Sequence[Any]) -> Any:
        return self.answer

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return "1.200.000 / 35,5"

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        tidy = " ".join(text.split())
        if tidy:
            parse_number(tidy, payload["unit"])
        return tidy or None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return str(response)

    @classmethod
    def means_the_same(cls, one: Response, other: Response, payload: dict[str, Any]) -> bool:
        """``1.200.000`` and ``1200000`` are one number."""
        if not (isinstance(one, str) and isinstance(other, str)):
            return bool(one == other)
        return parse_number(one, payload["unit"]) == parse_number(other, payload["unit"])

    def describe_answer(self, response: Response) -> list[str]:
        bare = response and response[-1].isdigit()
        return [f"{response} {self.unit}" if bare and self.unit else str(response)]

    def feedback_on_answer(self, response: Response) -> list[str]:
        given = self._value(response)
        return [
            error["why"]
            for error in self.common_errors
            if error.get("why") and given is not None and _value_of(error) == given
        ]

    def score_parts(self, response: Response) -> Parts:
        return score_within_tolerance(self._value(response), self.answer, self.tolerance)

    def _value(self, response: Response) -> Decimal | None:
        """The number given, in this version's unit; None for one that was given in the unit of another."""
        try:
            return parse_number(response, self.unit)
        except ValidationError:
            return None

    def correct_response(self) -> Response:
        return written(self.answer)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        wrong = [written(value) for error in self.common_errors if (value := _value_of(error)) is not None]
        return rng.choice(wrong or ["0", "100"])

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if self.tolerance is not None and self.tolerance < 0:
            yield ValidationError(_("The tolerance must be 0 or more."), code="tolerance")

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {
            "answer": item.number("answer"),
            "tolerance": item.number("tolerance", default=Decimal(0)),
            "unit": item.text("unit", required=False),
            "solution": item.text("solution", required=False),
            "common_errors": [
                {"value": row.text("value"), "why": row.text("why", required=False)}
                for row in item.rows("common_errors", required=False)
            ],
        }


def _unit_in(order: OptionOrder) -> str:
    return next((entry.removeprefix(_UNIT) for entry in order if entry.startswith(_UNIT)), "")


def _value_of(error: dict[str, Any]) -> Decimal | None:
    """The number of a common error: 1200000.5 as in bank files, or 1.200.000,5 as people write it."""
    text = str(error.get("value", ""))
    for read in (Decimal, parse_number):
        try:
            number = read(text)
        except (ArithmeticError, ValidationError):
            continue
        return number if number.is_finite() else None
    return None
