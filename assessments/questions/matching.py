"""Matching: join each left side to its right side."""

import random
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.bank_item import BankItem
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Question,
    Response,
    fields_by_option,
    foreign_option,
    refuse_foreign_fields,
)
from assessments.questions.keyed import (
    letter,
    not_understood,
    printed,
    printed_list,
    read_letters,
    write_letters,
)
from assessments.questions.words import Mistake
from assessments.registry import register
from assessments.scoring import Parts, score_pairs


class MatchPair(Orderable):
    """A left side and its right side; an empty left side is a distractor on the right.

    Both sides have identities of their own: one identity for both would be the key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    right_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    # What this pair is called in every version of the question: a copy keeps it.
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="match_pairs")
    left = models.CharField(
        _("left side"),
        max_length=300,
        blank=True,
        help_text=_("Leave empty for an extra right side that belongs to nothing."),
    )
    right = models.CharField(_("right side"), max_length=300)
    rationale = models.CharField(_("why"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")

    def __str__(self) -> str:
        return f"{self.left} – {self.right}"


@register
class MatchingQuestion(Question):
    """The frozen order of a matching question holds left (``l:``) and right (``r:``) identities, mixed."""

    kind = "matching"
    kind_label = _("Matching")
    prefetch = ("match_pairs",)
    scoring_rules = {"per_pair": ""}

    class Meta:
        verbose_name = _("matching question")
        verbose_name_plural = _("matching questions")

    def option_ids(self) -> list[str]:
        pairs = list(self.match_pairs.all())
        lefts = [f"l:{pair.pk}" for pair in pairs if pair.left]
        return lefts + [f"r:{pair.right_id}" for pair in pairs]

    def shuffles(self) -> bool:
        return True

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        pairs = list(self.match_pairs.all())
        lefts = {f"l:{pair.pk}": pair.left for pair in pairs if pair.left}
        rights = {f"r:{pair.right_id}": pair.right for pair in pairs}
        return {
            **self.stem_payload(),
            "lefts": [{"id": side, "text": lefts[side]} for side in order if side in lefts],
            "rights": [{"id": side, "text": rights[side]} for side in order if side in rights],
        }

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return fields_by_option(data) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Each left side has a field ``response-<left>`` with the right side chosen; some may be empty.

        One right side may be chosen twice: people try things before they decide, and choosing one for all
        rows earns no more than guessing.
        """
        lefts = [side for side in order if side.startswith("l:")]
        rights = {side for side in order if side.startswith("r:")}
        refuse_foreign_fields(data, [f"{FIELD}-{left}" for left in lefts])
        response = {left: right for left, right in fields_by_option(data).items() if right}
        if not set(response.values()) <= rights:
            raise foreign_option()
        return response or None

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        chosen = response or {}
        rows = [
            {
                "text": left["text"],
                "name": f"{field}-{left['id']}",
                "id": f"id_{field}-{left['id']}",
                "value": chosen.get(left["id"]),
            }
            for left in payload["lefts"]
        ]
        return {"rows": rows, "options": _lettered(payload["rights"])}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        lefts, rights = payload["lefts"], payload["rights"]
        lists = [
            printed_list(lefts, [str(place) for place in range(1, len(lefts) + 1)]),
            printed_list(rights, [letter(index) for index in range(len(rights))]),
        ]
        hint = _("Write the letter of what belongs to each line, in the order of the lines.")
        return printed(hint, "letters", cells=len(lefts), lists=lists)

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return "".join(letter(index) for index in reversed(range(len(payload["lefts"]))))

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """One letter for each left side, in their order; - for one that was left empty."""
        hint = cls.keying_hint(payload)
        chosen = read_letters(text, [right["id"] for right in payload["rights"]], hint=hint)
        if chosen and len(chosen) != len(payload["lefts"]):
            raise not_understood(hint)
        pairs = zip(payload["lefts"], chosen, strict=False)
        return {left["id"]: right for left, right in pairs if right} or None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        chosen = [response.get(left["id"], "") for left in payload["lefts"]]
        return write_letters(chosen, [right["id"] for right in payload["rights"]])

    def option_lineage(self) -> dict[str, str]:
        pairs = list(self.match_pairs.all())
        lefts = {f"l:{pair.pk}": f"l:{pair.lineage}" for pair in pairs if pair.left}
        return lefts | {f"r:{pair.right_id}": f"r:{pair.lineage}" for pair in pairs}

    def option_words(self) -> dict[str, str]:
        pairs = list(self.match_pairs.all())
        lefts = {f"l:{pair.pk}": f"l {pair.left}" for pair in pairs if pair.left}
        return lefts | {f"r:{pair.right_id}": f"r {pair.right}" for pair in pairs}

    def describe_answer(self, response: Response) -> list[str]:
        pairs = list(self.match_pairs.all())
        rights = {f"r:{pair.right_id}": pair.right for pair in pairs}
        return [
            f"{pair.left} – {rights[response[f'l:{pair.pk}']]}"
            for pair in pairs
            if response.get(f"l:{pair.pk}") in rights
        ]

    def feedback_on_answer(self, response: Response) -> list[str]:
        """Of the pairs that were found; those of the others would tell the right answer."""
        found = self.correct_response().items() & response.items()
        lefts = {left for left, _right in found}
        return [
            pair.rationale for pair in self.match_pairs.all() if f"l:{pair.pk}" in lefts and pair.rationale
        ]

    def mistakes_in_answer(self, response: Response) -> list[Mistake]:
        """Each left side that was joined to a right side which is not its own."""
        rights = {f"r:{pair.right_id}": pair.right for pair in self.match_pairs.all()}
        found = []
        for pair in self.match_pairs.all():
            chosen = response.get(f"l:{pair.pk}")
            if chosen in rights and chosen != f"r:{pair.right_id}":
                found.append(Mistake(f"{pair.left} – {rights[chosen]}", pair.rationale))
        return found

    def score_parts(self, response: Response) -> Parts:
        return score_pairs(response, self.correct_response())

    def correct_response(self) -> Response:
        return {f"l:{pair.pk}": f"r:{pair.right_id}" for pair in self.match_pairs.all() if pair.left}

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        lefts = [side for side in order if side.startswith("l:")]
        rights = [side for side in order if side.startswith("r:")]
        return dict(zip(lefts, rng.sample(rights, len(lefts)), strict=True))

    def possible_parts(self, rows: Sequence[Any]) -> int:
        return sum(bool(pair.left) for pair in rows)

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if self.possible_parts(rows) < 2:
            yield ValidationError(_("Give at least two pairs with a left and a right side."), code="too_few")
        rights = [pair.right for pair in rows]
        if len(set(rights)) != len(rights):
            # Two equal texts would be one answer to the eye and two to the score.
            yield ValidationError(_("Two right sides have the same text. Make them different."), code="same")

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        sides = [(row, row.text("left"), row.text("right")) for row in item.rows("pairs")]
        sides += [(row, "", row.text("text")) for row in item.rows("extra_right", required=False)]
        return [
            MatchPair(left=left, right=right, rationale=row.text("why", required=False), sort_order=index)
            for index, (row, left, right) in enumerate(sides)
        ]


def _lettered(rights: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Choices of the lists. The letter ties a choice, cut short on a phone, to its full text above."""
    return [
        {"value": right["id"], "text": f"{letter(index)}. {right['text']}"}
        for index, right in enumerate(rights)
    ]
