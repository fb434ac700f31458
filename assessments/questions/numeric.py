"""Numeric: a number, written as Indonesians write it."""

import random
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import FIELD, Lines, OptionOrder, Question, Response, refuse_foreign_fields
from assessments.registry import register
from assessments.scoring import Parts, score_within_tolerance

# Dots or spaces stand before groups of three digits, a comma before the decimals. [0-9], because \d would
# let through digits of other scripts; \Z, because $ would let through a line break.
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,[0-9]+)?\Z")
_RUPIAH = re.compile(r"(-?) ?rp\.? ?(.*)", re.IGNORECASE | re.DOTALL)
# How amounts end on price tags and receipts: Rp1.200.000,- and Rp1.200.000,–
_NO_SEN = re.compile(r",[-–—]{1,2}\Z")
_MAX_LENGTH = 40
_INDONESIAN = str.maketrans(",.", ".,")


def parse_number(text: str) -> Decimal:
    """``1.200.000``, ``Rp1.200.000,50``, ``1 200 000`` or ``35,5 %`` as a Decimal.

    Dots group thousands and a comma begins the decimals (PUEBI). What could be read in two ways is refused
    with a ValidationError (code ``invalid``) instead of guessed: ``1,200,000``, ``35.5``, ``1.200,5,3``.
    """
    bare = _bare(text[: 4 * _MAX_LENGTH])
    if len(text) > 4 * _MAX_LENGTH or len(bare) > _MAX_LENGTH:
        raise _invalid(_("This number is too long. Write a shorter number, for example 1.200.000 or 35,5."))
    if _NUMBER.match(bare):
        return Decimal(bare.replace(".", "").replace(" ", "").replace(",", "."))
    if re.fullmatch(r"-?[0-9][0-9., ]*", bare):
        raise _invalid(
            _(
                "We cannot tell which number you mean. Use a dot for thousands and a comma for decimals, "
                "for example 1.200.000 or 35,5."
            )
        )
    raise _invalid(_("Write only the number, in digits, for example 1.200.000 or 35,5."))


def _written(number: Decimal) -> str:
    """As people write it: 1.200.000 or 35,5."""
    return f"{number.normalize():,f}".translate(_INDONESIAN)


def _bare(text: str) -> str:
    """Without Rp, per cent sign and needless spaces; any white space (also non-breaking) is a space."""
    bare = " ".join(text.replace("−", "-").split())
    amount = _RUPIAH.fullmatch(bare)
    if amount:
        bare = _NO_SEN.sub("", amount[1] + amount[2])
    bare = bare.removesuffix("%").rstrip()
    return "-" + bare[1:].lstrip() if bare.startswith("-") else bare


def _invalid(message: Any) -> ValidationError:
    return ValidationError(message, code="invalid")


@register
class NumericQuestion(Question):
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

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {"kind": self.kind, "stem": self.stem, "unit": self.unit}

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
        parse_number(text)
        return " ".join(text.split())

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any) -> dict[str, Any]:
        return {"value": response or "", "unit": payload["unit"]}

    def score_parts(self, response: Response) -> Parts:
        return score_within_tolerance(parse_number(response), self.answer, self.tolerance)

    def correct_response(self) -> Response:
        return _written(self.answer)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        wrong = [_written(Decimal(str(error["value"]))) for error in self.common_errors] or ["0", "100"]
        return rng.choice(wrong)

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
