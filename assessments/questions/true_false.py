"""True or false."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import OptionOrder, Question, Response
from assessments.questions.single_choice import foreign_option
from assessments.registry import register
from assessments.scoring import Parts, score_one_of

TRUE, FALSE = "true", "false"


@register
class TrueFalseQuestion(Question):
    kind = "true_false"
    kind_label = _("True or false")

    answer = models.BooleanField(_("the statement is true"))
    rationale = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("true/false question")
        verbose_name_plural = _("true/false questions")

    def option_ids(self) -> list[str]:
        return [TRUE, FALSE]

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {"kind": self.kind, "stem": self.stem}

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        chosen = data.get("response") or None
        if chosen not in (None, TRUE, FALSE):
            raise foreign_option()
        return chosen

    def score_parts(self, response: Response) -> Parts:
        return score_one_of(response, TRUE if self.answer else FALSE)
