"""Matching: join each left side to its right side."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.questions.base import OptionOrder, Question, Response
from assessments.questions.single_choice import foreign_option
from assessments.registry import register
from assessments.scoring import Parts, score_pairs


class MatchPair(Orderable):
    """A left side and its right side; an empty left side is a distractor on the right.

    Both sides have identities of their own: one identity for both would be the key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    right_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="match_pairs")
    left = models.CharField(_("left side"), max_length=300, blank=True)
    right = models.CharField(_("right side"), max_length=300)
    rationale = models.CharField(_("why"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")

    def __str__(self) -> str:
        return f"{self.left} – {self.right}"


@register
class MatchingQuestion(Question):
    """The frozen order of a matching question holds the left identities, then the right ones."""

    kind = "matching"
    kind_label = _("Matching")
    prefetch = ("match_pairs",)

    class Meta:
        verbose_name = _("matching question")
        verbose_name_plural = _("matching questions")

    def option_ids(self) -> list[str]:
        pairs = list(self.match_pairs.all())
        lefts = [f"l:{pair.pk}" for pair in pairs if pair.left]
        return lefts + [f"r:{pair.right_id}" for pair in pairs]

    def shuffles(self) -> bool:
        return True

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        pairs = list(self.match_pairs.all())
        lefts = {f"l:{pair.pk}": pair.left for pair in pairs}
        rights = {f"r:{pair.right_id}": pair.right for pair in pairs}
        return {
            "kind": self.kind,
            "stem": self.stem,
            "lefts": [{"id": side, "text": lefts[side]} for side in order if side in lefts],
            "rights": [{"id": side, "text": rights[side]} for side in order if side in rights],
        }

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        sides = set(order)
        response: dict[str, str] = {}
        for left in (side for side in order if side.startswith("l:")):
            right = data.get(f"response-{left}") or ""
            if right and (right not in sides or not right.startswith("r:")):
                raise foreign_option()
            if right:
                response[left] = right
        return response or None

    def score_parts(self, response: Response) -> Parts:
        key = {f"l:{pair.pk}": f"r:{pair.right_id}" for pair in self.match_pairs.all() if pair.left}
        return score_pairs(response, key)
