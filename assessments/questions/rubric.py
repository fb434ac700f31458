"""What the kinds have in common that a person marks by a rubric."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import Lines, Question, Response
from assessments.scoring import Parts, points_for_level

# Rubrics in bank files name their levels: rubric_0_3 is a list of four.
_BANK_FIELDS = ("rubric", "rubric_0_1", "rubric_0_2", "rubric_0_3", "rubric_0_4", "rubric_0_5")


class RubricQuestion(Question):
    """Levels of a rubric, the first of them 0. Points may be 0: the level alone then tells something."""

    marked_by_hand = True
    can_be_unknown = False
    line_fields = {
        **Question.line_fields,
        "rubric": Lines("text", "", _("One level a line, beginning with level 0.")),
    }

    rubric = models.JSONField(_("rubric"), default=list)
    when = models.CharField(
        _("when to ask"), max_length=80, blank=True, help_text=_("For example: pre, post, day90.")
    )

    class Meta:
        abstract = True

    def levels(self) -> list[str]:
        """What each level means, level 0 first."""
        return [level["text"] for level in self.rubric]

    @property
    def max_level(self) -> int:
        return max(len(self.rubric) - 1, 0)

    def points_at(self, level: int) -> int:
        """Whole points for a level of the rubric."""
        return points_for_level(level, self.max_level, self.points)

    def score_parts(self, response: Response) -> Parts:
        """Nothing by itself: a person gives the level."""
        return Parts(0, 1)

    def correct_response(self) -> Response:
        return None

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if len(self.rubric or []) < 2:
            yield ValidationError(_("A rubric needs at least two levels, one a line."), code="rubric")

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        field = next((name for name in _BANK_FIELDS if name in item.data), _BANK_FIELDS[0])
        return {
            "rubric": [{"text": text} for text in item.texts(field)],
            "when": ", ".join(item.texts("when", required=False)),
        }
