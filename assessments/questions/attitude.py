"""What the kinds have in common that ask for an attitude on a scale."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import Lines, Question, Response
from assessments.scoring import Parts

MAX_STEPS = 9


class AttitudeQuestion(Question):
    """A scale from least to most. There is no key, so there are no points and nothing to be unknown."""

    scored = False
    can_be_unknown = False
    line_fields = {
        **Question.line_fields,
        "scale": Lines("text", "", _("One step of the scale a line, from least to most.")),
    }

    scale = models.JSONField(_("scale"), default=list)
    construct = models.CharField(
        _("what it measures"),
        max_length=40,
        blank=True,
        help_text=_("The same word for all statements that are averaged together."),
    )
    when = models.CharField(
        _("when to ask"), max_length=80, blank=True, help_text=_("For example: pre, post, day90.")
    )

    class Meta:
        abstract = True

    def labels(self) -> list[str]:
        return [step["text"] for step in self.scale]

    def turned(self, step: int, *, reverse: bool) -> int:
        """A step of the scale as it is analysed."""
        return len(self.scale) + 1 - step if reverse else step

    def score_parts(self, response: Response) -> Parts:
        return Parts(0, 0)

    def correct_response(self) -> Response:
        return None

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        labels = self.labels()
        if not 2 <= len(labels) <= MAX_STEPS:
            yield ValidationError(
                _("A scale has 2 to %(most)d steps, one a line."), code="scale", params={"most": MAX_STEPS}
            )
        if len(set(labels)) != len(labels):
            yield ValidationError(
                _("Two steps of the scale have the same words. Make them different."), code="scale"
            )

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {
            "scale": [{"text": text} for text in item.texts("scale")],
            "construct": item.text("construct", required=False),
            "when": ", ".join(item.texts("when", required=False)),
        }
