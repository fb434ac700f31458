"""Single choice: one option of several is right. Also home of the options shared with multiple choice."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.questions.base import OptionOrder, Question, Response
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


def foreign_option() -> ValidationError:
    """The refusal of an option that this question does not have."""
    return ValidationError(
        _("This answer does not belong to this question. Reload the page and choose again."),
        code="foreign_option",
    )


def options_payload(question: Question, order: OptionOrder) -> list[dict[str, str]]:
    """Options as shown, in the frozen order: identity and text, nothing else."""
    texts = {str(choice.pk): choice.text for choice in question.choices.all()}  # type: ignore[attr-defined]
    return [{"id": option, "text": texts[option]} for option in order]


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
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        chosen = data.get("response") or None
        if chosen is not None and chosen not in order:
            raise foreign_option()
        return chosen

    def score_parts(self, response: Response) -> Parts:
        key = next((str(choice.pk) for choice in self.choices.all() if choice.is_correct), "")
        return score_one_of(response, key)
