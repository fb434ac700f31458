"""Single choice: one option of several is right. Also home of the options that other kinds share."""

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
    media_payload,
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
from assessments.registry import register
from assessments.scoring import Parts, score_one_of


class Choice(Orderable):
    """An option. Its identity is random, so that neither it nor its order tells which one is right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What this option is called in every version of the question: a copy keeps it.
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    text = models.CharField(_("text"), max_length=300)
    image = models.ForeignKey(
        "assessments.QuestionMedia",
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    audio = models.ForeignKey(
        "assessments.QuestionMedia",
        verbose_name=_("recording"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
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


def options_payload(question: Question, order: OptionOrder) -> list[dict[str, Any]]:
    """Options as shown, in the frozen order: identity, text, picture and recording, nothing else."""
    choices = {str(choice.pk): choice for choice in question.choices.all()}  # type: ignore[attr-defined]
    return [
        {"id": option, "text": choices[option].text, **media_payload(choices[option])}
        for option in order
        if option in choices
    ]


def option_rows(
    options: Sequence[dict[str, Any]], chosen: Collection[str], field: str = FIELD
) -> list[dict[str, Any]]:
    """Rows to tick: the option, a letter for reading aloud, the id of its field, and whether it is chosen."""
    return [
        {
            **option,
            "letter": letter(index),
            "field_id": f"id_{field}-{option['id']}",
            "checked": option["id"] in chosen,
        }
        for index, option in enumerate(options)
    ]


def options_printed(payload: dict[str, Any]) -> dict[str, Any]:
    """The options of a payload with their letters, for ``print_block``."""
    options = payload["options"]
    return printed_list(options, [letter(index) for index in range(len(options))])


def option_ids_of(payload: dict[str, Any]) -> list[str]:
    return [option["id"] for option in payload["options"]]


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


class ChoosingQuestion(Question):
    """What kinds with a table of options have in common."""

    prefetch = ("choices",)
    option_media = ("choices",)

    class Meta:
        abstract = True

    def option_ids(self) -> list[str]:
        return [str(choice.pk) for choice in self.choices.all()]

    def option_lineage(self) -> dict[str, str]:
        return {str(choice.pk): str(choice.lineage) for choice in self.choices.all()}

    def option_words(self) -> dict[str, str]:
        """A picture is not told apart by the words beside it."""
        return {str(choice.pk): choice.text for choice in self.choices.all() if not choice.image_id}

    def chosen(self, options: Collection[str]) -> list[Choice]:
        """The options with these identities, in authored order."""
        return [choice for choice in self.choices.all() if str(choice.pk) in options]

    def right_answer(self, rows: Sequence[Any]) -> Any:
        return {row.lineage for row in rows if row.is_correct}

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        return options_from_bank(item)


class OneOfSeveral(ChoosingQuestion):
    """Kinds in which exactly one option of a table is right."""

    has_radio_rows = True

    class Meta:
        abstract = True

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
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        return {"rows": option_rows(payload["options"], [response], field)}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return printed(_("Choose one answer."), "letters", cells=1, lists=[options_printed(payload)])

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return letter(0)

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        hint = cls.keying_hint(payload)
        chosen = read_letters(text, option_ids_of(payload), hint=hint)
        if len(chosen) > 1 or "" in chosen:
            raise not_understood(hint)
        return chosen[0] if chosen else None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return write_letters([response], option_ids_of(payload))

    def describe_answer(self, response: Response) -> list[str]:
        return [choice.text for choice in self.chosen([response])]

    def feedback_on_answer(self, response: Response) -> list[str]:
        return [choice.rationale for choice in self.chosen([response]) if choice.rationale]

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


@register
class SingleChoiceQuestion(OneOfSeveral):
    kind = "single"
    kind_label = _("Single choice")

    shuffle = models.BooleanField(_("show options in random order"), default=True)

    class Meta:
        verbose_name = _("single choice question")
        verbose_name_plural = _("single choice questions")

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {**self.stem_payload(), "options": options_payload(self, order)}

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {"shuffle": item.flag("shuffle", default=True)}
