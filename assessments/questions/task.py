"""Task: something that the participant makes and hands in as photos or PDF files, marked by a rubric."""

import random
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.bank_item import BankItem
from assessments.questions.base import FIELD, OptionOrder, Response, foreign_option, refuse_foreign_fields
from assessments.questions.keyed import printed
from assessments.questions.rubric import RubricQuestion
from assessments.registry import register

MAX_FILES = 5


@register
class TaskQuestion(RubricQuestion):
    """The response is ``{"files": [identity, …]}``. The files themselves come beside the form, under the
    same field name; whoever keeps them adds their identities to the field before ``clean_response``."""

    kind = "task"
    kind_label = _("Task with files")
    takes_files = True

    instructions = models.TextField(
        _("instructions"), blank=True, help_text=_("What to make and what must be seen on the photo.")
    )

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        """May be given ``files`` (``[{"id", "name", "url"}]``: what was handed in) by whoever keeps them."""
        return {**self.stem_payload(), "instructions": self.instructions, "max_files": MAX_FILES}

    @classmethod
    def read_response(cls, data: Any) -> Any:
        files = [identity for identity in data.getlist(FIELD) if identity]
        return {"files": files} if files else None

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Identities of files, each once, in order. Whose files they are is for the caller to know."""
        refuse_foreign_fields(data, [FIELD])
        response = cls.read_response(data)
        if response is None:
            return None
        files = list(dict.fromkeys(_identity(text) for text in response["files"]))
        if len(files) > MAX_FILES:
            raise ValidationError(
                _("You can hand in %(most)d files at most. Take one away first."),
                code="invalid",
                params={"most": MAX_FILES},
            )
        return {"files": files}

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        known = {str(file["id"]): file for file in payload.get("files", [])}
        identities = (response or {}).get("files", [])
        rows = [
            {
                "id": identity,
                "name": known.get(identity, {}).get("name")
                or gettext("File %(number)d") % {"number": number},
                "url": known.get(identity, {}).get("url", ""),
                "field_id": f"id_{field}-{identity}",
            }
            for number, identity in enumerate(identities, start=1)
        ]
        return {"rows": rows, "has_room": len(rows) < MAX_FILES}

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return printed(payload["instructions"] or _("Hand in your work with this sheet."), "file")

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        return gettext("nothing: add the photo instead")

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        if text.strip():
            raise ValidationError(
                _("Work that is handed in cannot be typed. Leave this empty and add the photo instead."),
                code="invalid",
            )
        return None

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        return ""

    def describe_answer(self, response: Response) -> list[str]:
        number = len(response["files"])
        return [ngettext("%(number)d file", "%(number)d files", number) % {"number": number}]

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        """None: nobody can make up work that was done."""
        return None

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        return {
            **super().fields_from_bank(item),
            "instructions": item.text("instructions", required=False),
        }


def _identity(text: str) -> str:
    try:
        return str(uuid.UUID(str(text)[:40]))
    except ValueError:
        raise foreign_option() from None
