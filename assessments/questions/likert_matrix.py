"""Likert matrix: several statements on one scale. Attitudes, as in ``likert``."""

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
from assessments.questions.attitude import AttitudeQuestion
from assessments.questions.base import (
    FIELD,
    OptionOrder,
    Response,
    fields_by_option,
    foreign_option,
    refuse_foreign_fields,
)
from assessments.questions.keyed import GAP, bare, letter, not_understood, printed, printed_list
from assessments.questions.tallies import Tally, of_steps
from assessments.registry import register

_ROW, _STEP = "r:", "s:"


class LikertStatement(Orderable):
    """A statement on the scale of its question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What this statement is called in every version of the question: a copy keeps it.
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    question = ParentalKey(
        "assessments.LikertMatrixQuestion", on_delete=models.CASCADE, related_name="statements"
    )
    text = models.CharField(_("statement"), max_length=300)
    reverse = models.BooleanField(
        _("reversed"), default=False, help_text=_("Agreeing means less of what is measured.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return self.text


@register
class LikertMatrixQuestion(AttitudeQuestion):
    """The response has the step, counted from 1, of each statement answered.

    The frozen order holds the statements (``r:``) and the steps of the scale (``s:``).
    """

    kind = "likert_matrix"
    kind_label = _("Attitude scale, several statements")
    prefetch = ("statements",)

    class Meta:
        verbose_name = _("attitude table")
        verbose_name_plural = _("attitude tables")

    def option_ids(self) -> list[str]:
        rows = [f"{_ROW}{statement.pk}" for statement in self.statements.all()]
        return rows + [f"{_STEP}{step}" for step in range(1, len(self.scale) + 1)]

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        texts = {f"{_ROW}{statement.pk}": statement.text for statement in self.statements.all()}
        labels = {f"{_STEP}{step}": text for step, text in enumerate(self.labels(), start=1)}
        return {
            **self.stem_payload(),
            "statements": [{"id": row, "text": texts[row]} for row in order if row in texts],
            "scale": [
                {"id": step.removeprefix(_STEP), "text": labels[step]} for step in order if step in labels
            ],
        }

    @classmethod
    def read_response(cls, data: Any) -> Any:
        return fields_by_option(data) or None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Each statement has a field ``response-<statement>`` with its step; some may be left out."""
        rows = [row for row in order if row.startswith(_ROW)]
        steps = {step.removeprefix(_STEP) for step in order if step.startswith(_STEP)}
        refuse_foreign_fields(data, [f"{FIELD}-{row}" for row in rows])
        given = {row: step for row, step in fields_by_option(data).items() if step}
        if not set(given.values()) <= steps:
            raise foreign_option()
        return {row: int(step) for row, step in given.items()} or None

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        chosen = response or {}
        rows = [
            {
                "text": statement["text"],
                "name": f"{field}-{statement['id']}",
                "steps": [
                    {
                        **step,
                        "field_id": f"id_{field}-{statement['id']}-{step['id']}",
                        "checked": str(chosen.get(statement["id"], "")) == step["id"],
                    }
                    for step in payload["scale"]
                ],
            }
            for statement in payload["statements"]
        ]
        return {"rows": rows}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        statements, scale = payload["statements"], payload["scale"]
        lists = [
            printed_list(scale, [step["id"] for step in scale]),
            printed_list(statements, [letter(index).lower() for index in range(len(statements))]),
        ]
        hint = _("Write the number that fits you best for each line, in the order of the lines.")
        return printed(hint, "letters", cells=len(statements), lists=lists)

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        steps = [step["id"] for step in reversed(payload["scale"])]
        return "".join(steps[index % len(steps)] for index in range(len(payload["statements"])))

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """One number for each statement, in their order; - for one that was left empty."""
        typed = list(bare(text))
        steps = [step["id"] for step in payload["scale"]]
        if typed and (
            len(typed) != len(payload["statements"]) or any(sign not in (GAP, *steps) for sign in typed)
        ):
            raise not_understood(cls.keying_hint(payload))
        pairs = zip(payload["statements"], typed, strict=False)
        return {row["id"]: int(sign) for row, sign in pairs if sign != GAP} or None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return "".join(str(response.get(row["id"], GAP)) for row in payload["statements"])

    def option_lineage(self) -> dict[str, str]:
        return {f"{_ROW}{row.pk}": f"{_ROW}{row.lineage}" for row in self.statements.all()}

    def describe_answer(self, response: Response) -> list[str]:
        labels = dict(enumerate(self.labels(), start=1))
        given = [(row.text, response.get(f"{_ROW}{row.pk}")) for row in self.statements.all()]
        return [f"{text}: {labels[step]}" for text, step in given if step in labels]

    def tallies(self, responses: Sequence[Response]) -> list[Tally]:
        """One for each statement: some may have been left out."""
        given = [response for response in responses if response is not None]
        rows = [(row.text, f"{_ROW}{row.pk}") for row in self.statements.all()]
        return [
            of_steps(text, self.labels(), (response[row] for response in given if row in response))
            for text, row in rows
        ]

    def coded(self, response: Response) -> dict[str, int]:
        """The steps as they are analysed, by identity of the statement: more means more of the construct."""
        given = response or {}
        return {
            f"{_ROW}{row.pk}": self.turned(given[f"{_ROW}{row.pk}"], reverse=row.reverse)
            for row in self.statements.all()
            if f"{_ROW}{row.pk}" in given
        }

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        steps = [int(step.removeprefix(_STEP)) for step in order if step.startswith(_STEP)]
        return {row: rng.choice(steps) for row in order if row.startswith(_ROW)}

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if not rows:
            yield ValidationError(_("Give at least one statement."), code="too_few")
        texts = [row.text for row in rows]
        if len(set(texts)) != len(texts):
            yield ValidationError(_("Two statements have the same text. Make them different."), code="same")

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        return [
            LikertStatement(
                text=row.text("text"), reverse=row.flag("reverse", default=False), sort_order=index
            )
            for index, row in enumerate(item.rows("statements"))
        ]
