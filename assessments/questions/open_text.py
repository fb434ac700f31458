"""Open text: an answer in one's own words, which a person reads."""

import random
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import FIELD, OptionOrder, Response, refuse_foreign_fields
from assessments.questions.keyed import printed
from assessments.questions.rubric import RubricQuestion
from assessments.questions.texts import clean_text, count_words
from assessments.registry import register

MAX_LENGTH = 6000
_SAMPLE = (
    "Musyawarah dusun kami dihadiri banyak warga.",
    "Jalan ke kebun rusak sehingga hasil panen sulit dibawa.",
    "Saya akan mengajak tetangga ikut musyawarah bulan depan.",
)


@register
class OpenTextQuestion(RubricQuestion):
    kind = "open_text"
    kind_label = _("Open question")

    max_words = models.PositiveSmallIntegerField(
        _("most words"),
        null=True,
        blank=True,
        help_text=_("Told to the participant. A longer answer is kept all the same."),
    )
    may_be_spoken = models.BooleanField(
        _("somebody else may write it down"),
        default=True,
        help_text=_("Tells participants that they may say the answer to a facilitator."),
    )

    class Meta:
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {**self.stem_payload(), "max_words": self.max_words, "may_be_spoken": self.may_be_spoken}

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """The text, however many words: cutting somebody short would lose what was meant."""
        refuse_foreign_fields(data, [FIELD])
        return clean_text(cls.read_response(data), max_length=MAX_LENGTH)

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        words, most = count_words(response), payload["max_words"]
        too_long = ""
        if most and words > most:
            too_long = gettext(
                "You have written %(words)d words; %(most)d are asked for. Your answer is kept. "
                "Shorten it if you can."
            ) % {"words": words, "most": most}
        return {"value": response or "", "too_long": too_long, "rows": 4 if (most or 99) <= 40 else 7}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        hint = gettext("Answer in your own words.")
        if payload["max_words"]:
            most = {"most": payload["max_words"]}
            hint = gettext("Answer in your own words, at most %(most)d words.") % most
        return printed(hint, "lines")

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return gettext("the words as they are written")

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        return clean_text(text, max_length=MAX_LENGTH)

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return str(response)

    def describe_answer(self, response: Response) -> list[str]:
        return [str(response)]

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        return rng.choice(_SAMPLE)

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        has_most = item.data.get("max_words") is not None
        return {
            **super().fields_from_bank(item),
            "max_words": item.whole("max_words") if has_most else None,
            "may_be_spoken": item.flag("voice_or_scribe_ok", default=True),
        }
