"""Ordering: put the steps into their order."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.questions.base import OptionOrder, Question, Response
from assessments.registry import register
from assessments.scoring import Parts, score_adjacent_pairs


class OrderingStep(Orderable):
    """A step; the authored order is the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
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

    rationale = models.TextField(_("why"), blank=True)

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
            "kind": self.kind,
            "stem": self.stem,
            "steps": [{"id": step, "text": texts[step]} for step in order],
        }

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Each step has a field ``response-<id>`` with its place, 1 to n; a partial order is kept."""
        places: dict[str, int] = {}
        for step in order:
            text = (data.get(f"response-{step}") or "").strip()
            if not text:
                continue
            if not (text.isascii() and text.isdigit() and 1 <= int(text) <= len(order)):
                raise ValidationError(
                    _("Give each step a number from 1 to %(last)d."),
                    code="invalid",
                    params={"last": len(order)},
                )
            places[step] = int(text)
        if len(set(places.values())) != len(places):
            raise ValidationError(
                _("Two steps have the same number. Give each step its own number."), code="invalid"
            )
        return places or None

    def score_parts(self, response: Response) -> Parts:
        key = self.option_ids()
        by_place = {place: step for step, place in response.items()}
        # A place left empty keeps its neighbours apart.
        given = [by_place.get(place, "") for place in range(1, len(key) + 1)]
        return score_adjacent_pairs(given, key)
