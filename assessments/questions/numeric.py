"""Numeric: a number, written as Indonesians write it."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import OptionOrder, Question, Response
from assessments.registry import register
from assessments.scoring import Parts, score_within_tolerance

_NUMBER = re.compile(r"^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$")
_AFFIXES = re.compile(r"^rp\.?|%$", re.IGNORECASE)
_MAX_LENGTH = 40


def parse_number(text: str) -> Decimal:
    """``1.200.000``, ``Rp1.200.000,50`` or ``35,5 %`` as a Decimal. Raises ValidationError otherwise."""
    bare = _AFFIXES.sub("", "".join(text.split()))
    if len(bare) > _MAX_LENGTH or not _NUMBER.match(bare):
        raise ValidationError(
            _("Write a number, for example 1.200.000 or 35,5. What you typed is still there."),
            code="invalid",
        )
    return Decimal(bare.replace(".", "").replace(",", "."))


@register
class NumericQuestion(Question):
    kind = "numeric"
    kind_label = _("Number")

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
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        text = (data.get("response") or "").strip()
        if not text:
            return None
        parse_number(text)
        return text

    def score_parts(self, response: Response) -> Parts:
        return score_within_tolerance(parse_number(response), self.answer, self.tolerance)
