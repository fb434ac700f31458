"""Single choice: one option of several is right. Also home of the options shared with multiple choice."""

import random
import uuid
from collections.abc import Collection, Iterator, Sequence
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
    foreign_option,
    refuse_foreign_fields,
)
from assessments.registry import register
from assessments.scoring import Parts, score_one_of


class Choice(Orderable):
    """An option. Its identity is random, so that neither it nor its order tells which one is right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    text = models.CharField(_("text"), max_length=300)
    is_correct = models.BooleanField(_("right answer"), default=False)
    rationale = models.CharField(
        _("why"),
        max_length=500,
        blank=True,
        help_text=_("Why this option is right or wrong. Shown to trainers; never during a test."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")

    def __str__(self) -> str:
        return self.text


def options_payload(question: Question, order: OptionOrder) -> list[dict[str, str]]:
    """Options as shown, in the frozen order: identity and text, nothing else."""
    texts = {str(choice.pk): choice.text for choice in question.choices.all()}  # type: ignore[attr-defined]
    return [{"id": option, "text": texts[option]} for option in order if option in texts]


def option_rows(options: Sequence[dict[str, str]], chosen: Collection[str]) -> list[dict[str, Any]]:
    """Rows to tick: id, text, a letter for reading aloud, and whether it is chosen."""
    return [
        {**option, "letter": chr(ord("A") + index), "checked": option["id"] in chosen}
        for index, option in enumerate(options)
    ]


def options_from_bank(item: BankItem) -> list[models.Model]:
    return [
        Choice(
            text=row.text("text"),
            is_correct=row.flag("correct"),
            rationale=row.text("why", required=False),
            sort_order=index,
        )
        for index, row in enumerate(item.rows("options"))
    ]


def too_few_options(rows: Sequence[Any]) -> Iterator[ValidationError]:
    if len(rows) < 2:
        yield ValidationError(_("Give at least two options to choose from."), code="too_few")


@register
class SingleChoiceQuestion(Question):
    kind = "single"
    kind_label = _("Single choice")
    prefetch = ("choices",)

    shuffle = models.BooleanField(_("show options in random order"), default=True)

    class Meta:
        verbose_name = _("single choice question")
        verbose_name_plural = _("single choice questions")

    def option_ids(self) -> list[str]:
        return [str(choice.pk) for choice in self.choices.all()]

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {"kind": self.kind, "stem": self.stem, "options": options_payload(self, order)}

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return data.get(FIELD) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        refuse_foreign_fields(data, [FIELD])
        chosen = cls.read_response(data)
        if chosen is not None and chosen not in order:
            raise foreign_option()
        return chosen

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any) -> dict[str, Any]:
        return {"rows": option_rows(payload["options"], [response])}

    def score_parts(self, response: Response) -> Parts:
        key = next((str(choice.pk) for choice in self.choices.all() if choice.is_correct), "")
        return score_one_of(response, key)

    def correct_response(self) -> Response:
        return next(str(choice.pk) for choice in self.choices.all() if choice.is_correct)

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        return rng.choice(list(order))

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        yield from too_few_options(rows)
        if sum(choice.is_correct for choice in rows) != 1:
            yield ValidationError(_("Mark exactly one option as the right answer."), code="key")

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {"shuffle": item.flag("shuffle", default=True)}

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        return options_from_bank(item)
