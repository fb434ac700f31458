"""Multiple choice: several options are right; wrong ones take back what right ones earned."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import OptionOrder, Question, Response
from assessments.questions.single_choice import foreign_option, options_payload
from assessments.registry import register
from assessments.scoring import Parts, score_right_minus_wrong


@register
class MultipleChoiceQuestion(Question):
    kind = "multiple"
    kind_label = _("Multiple choice")
    prefetch = ("choices",)

    shuffle = models.BooleanField(_("show options in random order"), default=True)
    choose = models.PositiveSmallIntegerField(
        _("how many to choose"), null=True, blank=True, help_text=_("Told to the participant.")
    )

    class Meta:
        verbose_name = _("multiple choice question")
        verbose_name_plural = _("multiple choice questions")

    def option_ids(self) -> list[str]:
        return [str(choice.pk) for choice in self.choices.all()]

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "stem": self.stem,
            "options": options_payload(self, order),
            "choose": self.choose,
        }

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        chosen = set(data.getlist("response"))
        if not chosen <= set(order):
            raise foreign_option()
        return sorted(chosen) or None

    def score_parts(self, response: Response) -> Parts:
        keys = [str(choice.pk) for choice in self.choices.all() if choice.is_correct]
        return score_right_minus_wrong(response, keys)
