"""Short answer: a word or two, right in any of the accepted spellings."""

import random
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import FIELD, Lines, OptionOrder, Question, Response, refuse_foreign_fields
from assessments.questions.keyed import printed
from assessments.questions.texts import clean_text
from assessments.registry import register
from assessments.scoring import Parts, score_spelling

MAX_LENGTH = 200
# What a bank file may say under ``normalise``; spaces are always tidied.
_SWITCHES = {"lower": "ignore_case", "strip_punct": "ignore_punctuation"}
_ALWAYS = ("trim", "collapse_spaces")


@register
class ShortAnswerQuestion(Question):
    kind = "short_answer"
    kind_label = _("Short answer")
    line_fields = {
        **Question.line_fields,
        "accepted": Lines("text", "", _("One right answer a line, in every spelling that counts.")),
        "near_misses": Lines("text", "why", _("One wrong answer a line. After a | say what went wrong.")),
    }

    accepted = models.JSONField(_("accepted answers"), default=list)
    ignore_case = models.BooleanField(_("capitals do not matter"), default=True)
    ignore_punctuation = models.BooleanField(
        _("full stops, hyphens and the like do not matter"), default=True
    )
    near_misses = models.JSONField(_("near misses"), default=list, blank=True)

    class Meta:
        verbose_name = _("short answer question")
        verbose_name_plural = _("short answer questions")

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return self.stem_payload()

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """The text as typed, spaces tidied."""
        refuse_foreign_fields(data, [FIELD])
        return clean_text(cls.read_response(data), max_length=MAX_LENGTH, one_line=True)

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        return {"value": response or "", "max_length": MAX_LENGTH}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return printed(_("Write a short answer."), "line")

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return gettext("the words as they are written")

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        return clean_text(text, max_length=MAX_LENGTH, one_line=True)

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return str(response)

    def describe_answer(self, response: Response) -> list[str]:
        return [str(response)]

    def describe_key(self) -> list[str]:
        return [entry["text"] for entry in self.accepted]

    def feedback_on_answer(self, response: Response) -> list[str]:
        given = self._spellings(response)
        return [
            entry["why"]
            for entry in self.near_misses
            if entry.get("why") and given & self._spellings(entry["text"])
        ]

    def score_parts(self, response: Response) -> Parts:
        accepted = [self._spellings(entry["text"]) for entry in self.accepted]
        return score_spelling(self._spellings(response), accepted)

    def correct_response(self) -> Response:
        return self.accepted[0]["text"]

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        wrong = [entry["text"] for entry in self.near_misses]
        return rng.choice([*wrong, self.correct_response(), "belum ingat"])

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        accepted: set[str] = set().union(*(self._spellings(entry["text"]) for entry in self.accepted or []))
        if not accepted:
            yield ValidationError(_("Give at least one accepted answer."), code="accepted")
        for entry in self.near_misses or []:
            if self._spellings(entry["text"]) & accepted:
                yield ValidationError(
                    _("“%(text)s” is both a right answer and a near miss. Take one away."),
                    code="near_misses",
                    params={"text": entry["text"]},
                )

    def _spellings(self, text: str) -> set[str]:
        """What is compared: with punctuation ignored, R.K.P. is RKP and rkp-desa is both "rkpdesa" and
        "rkp desa"."""
        plain = unicodedata.normalize("NFKC", str(text))
        if self.ignore_case:
            plain = plain.casefold()
        forms = {plain}
        if self.ignore_punctuation:
            forms = {_without_punctuation(plain, instead) for instead in ("", " ")}
        return {tidy for form in forms if (tidy := " ".join(form.split()))}

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        switches = item.texts("normalise", required=False) if "normalise" in item.data else list(_SWITCHES)
        unknown = [name for name in switches if name not in (*_SWITCHES, *_ALWAYS)]
        if unknown:
            raise item.wrong("normalise", gettext("does not know %(name)s") % {"name": ", ".join(unknown)})
        return {
            "accepted": [{"text": text} for text in item.texts("accepted")],
            "near_misses": [
                {"text": row.text("text"), "why": row.text("why", required=False)}
                for row in item.rows("near_miss", required=False)
            ],
            **{field: name in switches for name, field in _SWITCHES.items()},
        }


def _without_punctuation(text: str, instead: str) -> str:
    return "".join(instead if unicodedata.category(sign)[0] in "PS" else sign for sign in text)
