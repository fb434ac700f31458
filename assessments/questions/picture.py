"""Picture choice: one of several large pictures is right. For people who read little."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import OptionOrder
from assessments.questions.single_choice import OneOfSeveral, options_payload
from assessments.registry import register


@register
class PictureQuestion(OneOfSeveral):
    """Each option has a picture and a short text; the recording of an option is heard below it."""

    kind = "picture"
    kind_label = _("Picture choice")

    shuffle = models.BooleanField(_("show pictures in random order"), default=True)

    class Meta:
        verbose_name = _("picture question")
        verbose_name_plural = _("picture questions")

    def shuffles(self) -> bool:
        return self.shuffle

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        return {**self.stem_payload(), "options": options_payload(self, order)}

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        yield from super().authoring_problems(rows)
        if any(not row.image_id for row in rows):
            yield ValidationError(_("Give every option a picture."), code="picture")

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {"shuffle": item.flag("shuffle", default=True)}
