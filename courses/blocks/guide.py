"""The facilitator's guide of a lesson: how a cadre who has never led a session leads this one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from courses.blocks.features import PLAIN


class ScriptBlock(blocks.StructBlock):
    """Words to read aloud."""

    text = blocks.RichTextBlock(label=_("Words to read aloud"), features=PLAIN)

    class Meta:
        icon = "openquote"
        label = _("Read aloud")
        template = "courses/guide/script.html"


class GuideNoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "courses/blocks/note.html"


class GuidePartsBlock(blocks.StreamBlock):
    """What a facilitator does and says in one step."""

    text = blocks.RichTextBlock(
        label=_("What to do"), icon="pilcrow", features=PLAIN, template="courses/blocks/paragraph.html"
    )
    script = ScriptBlock()
    note = GuideNoteBlock()


class OpeningBlock(blocks.StructBlock):
    parts = GuidePartsBlock(label=_("What the session is about"))

    class Meta:
        icon = "info-circle"
        label = _("In short")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    minutes = blocks.IntegerBlock(
        label=pgettext_lazy("length of time", "Minutes"), min_value=1, max_value=240
    )
    parts = GuidePartsBlock(label=_("What to do and say"))

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        label_format = "{title}"


class AfterBlock(blocks.StructBlock):
    parts = GuidePartsBlock(label=_("What to write down, and who was missing"))

    class Meta:
        icon = "history"
        label = _("After the session")


class GuideBlock(blocks.StreamBlock):
    """Steps with their minutes, then what comes after. For facilitators only: nothing of it is searched."""

    opening = OpeningBlock()
    step = StepBlock()
    after = AfterBlock()

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def get_api_representation(self, value: Any, context: Any = None) -> list[Any]:
        return []

    class Meta:
        block_counts = {"opening": {"max_num": 1}, "after": {"max_num": 1}}
