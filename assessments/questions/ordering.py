"""Ordering: put the steps into their order."""

import random
import uuid
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.bank_item import BankItem
from assessments.enums import OrderingPolicy
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Question,
    Response,
    fields_by_option,
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
from assessments.scoring import ORDERING_RULES, Parts


class OrderingStep(Orderable):
    """A step; the authored order is the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What this step is called in every version of the question: a copy keeps it.
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("text"), max_length=300)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.text


@register
class OrderingQuestion(Question):
    kind = "ordering"
    kind_label = _("Ordering")
    prefetch = ("steps",)
    scoring_rules = {policy.value: policy for policy in OrderingPolicy}

    rationale = models.TextField(_("why"), blank=True)
    policy = models.CharField(
        _("how it earns points"),
        max_length=20,
        choices=OrderingPolicy.choices,
        default=OrderingPolicy.ADJACENT,
    )

    class Meta:
        verbose_name = _("ordering question")
        verbose_name_plural = _("ordering questions")

    def option_ids(self) -> list[str]:
        return [str(step.pk) for step in self.steps.all()]

    def shuffles(self) -> bool:
        return True

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        texts = {str(step.pk): step.text for step in self.steps.all()}
        return {
            **self.stem_payload(),
            "steps": [{"id": step, "text": texts[step]} for step in order if step in texts],
        }

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return fields_by_option(data) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Each step has a field ``response-<id>`` with its place, 1 to n; a partial order is kept."""
        refuse_foreign_fields(data, [f"{FIELD}-{step}" for step in order])
        typed = {step: text.strip() for step, text in fields_by_option(data).items()}
        places = {step: cls._place(text, last=len(order)) for step, text in typed.items() if text}
        if len(set(places.values())) != len(places):
            raise ValidationError(
                _("Two steps have the same number. Give each step its own number."), code="invalid"
            )
        return places or None

    @staticmethod
    def _place(text: str, *, last: int) -> int:
        # The length is checked first: int() refuses very long digits with an error of its own.
        if not (len(text) <= 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= last):
            raise ValidationError(
                _("Give each step a number from 1 to %(last)d."), code="invalid", params={"last": last}
            )
        return int(text)

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        places = response or {}
        rows = [
            {"text": step["text"], "name": f"{field}-{step['id']}", "value": _whole(places.get(step["id"]))}
            for step in payload["steps"]
        ]
        return {"rows": rows}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        steps = payload["steps"]
        lists = [printed_list(steps, [letter(index) for index in range(len(steps))])]
        hint = _("Write the letters in the right order, the first step first.")
        return printed(hint, "letters", cells=len(steps), lists=lists)

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        letters = [letter(index) for index in range(len(payload["steps"]))]
        return "".join(letters[1::2] + letters[::2])

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """The letters of the steps in the order of the answer; - for a place that was left empty."""
        hint = cls.keying_hint(payload)
        steps = read_letters(text, [step["id"] for step in payload["steps"]], hint=hint)
        placed = [step for step in steps if step]
        if len(steps) > len(payload["steps"]) or len(set(placed)) != len(placed):
            raise not_understood(hint)
        return {step: place for place, step in enumerate(steps, start=1) if step} or None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        by_place = {place: step for step, place in response.items()}
        steps = [by_place.get(place, "") for place in range(1, len(payload["steps"]) + 1)]
        return write_letters(steps, [step["id"] for step in payload["steps"]])

    def option_lineage(self) -> dict[str, str]:
        return {str(step.pk): str(step.lineage) for step in self.steps.all()}

    def option_words(self) -> dict[str, str]:
        return {str(step.pk): step.text for step in self.steps.all()}

    def describe_answer(self, response: Response) -> list[str]:
        texts = {str(step.pk): step.text for step in self.steps.all()}
        placed = sorted((place, step) for step, place in response.items() if step in texts)
        return [f"{place}. {texts[step]}" for place, step in placed]

    def mistakes_in_answer(self, response: Response) -> list[Mistake]:
        """Each two neighbours of the key that were put the other way round. An order without any is right."""
        return [
            Mistake(f"{later.text} → {earlier.text}", self.rationale)
            for earlier, later in pairwise(self.steps.all())
            if response.get(str(later.pk), inf) < response.get(str(earlier.pk), 0)
        ]

    def score_parts(self, response: Response) -> Parts:
        key = self.option_ids()
        by_place = {place: step for step, place in response.items()}
        # A place left empty keeps its neighbours apart.
        given = [by_place.get(place, "") for place in range(1, len(key) + 1)]
        return ORDERING_RULES[self.policy].score(given, key)

    def correct_response(self) -> Response:
        return {step: place for place, step in enumerate(self.option_ids(), start=1)}

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        steps = rng.sample(list(order), len(order))
        return {step: place for place, step in enumerate(steps, start=1)}

    def possible_parts(self, rows: Sequence[Any]) -> int:
        return ORDERING_RULES[self.policy].possible(len(rows))

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if len(rows) < 2:
            yield ValidationError(_("Give at least two steps, in the right order."), code="too_few")
        texts = [step.text for step in rows]
        if len(set(texts)) != len(texts):
            yield ValidationError(_("Two steps have the same text. Make them different."), code="same")

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        rule = item.text("scoring", required=False) or OrderingPolicy.ADJACENT
        return {"rationale": item.text("why", required=False), "policy": cls.scoring_rules[rule]}

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        return [
            OrderingStep(text=text, sort_order=index)
            for index, text in enumerate(item.texts("steps_in_order"))
        ]


def _whole(place: Any) -> int | None:
    """A place as the template compares it; what was typed and is no place of this list shows as empty."""
    text = str(place or "")
    return int(text) if len(text) <= 4 and text.isascii() and text.isdigit() else None
