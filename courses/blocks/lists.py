"""Steps and things to tick."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.features import DO, TEXT, Previewed

_IN_A_LINE = ["bold", "italic", "link"]


class StepsBlock(Previewed, blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(blocks.RichTextBlock(features=_IN_A_LINE), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = TEXT
        description = _("What to do, one thing after another.")
        template = "courses/blocks/steps.html"
        preview_value = {"steps": ["<p>Warga bicara.</p>", "<p>Kader menulis.</p>"]}


class ChecklistBlock(Previewed, blocks.StructBlock):
    """Things to tick, on paper or in one's head."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    items = blocks.ListBlock(blocks.RichTextBlock(features=_IN_A_LINE), label=_("Things to tick"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        group = DO
        description = _("What must be there or done; each line can be ticked on paper.")
        template = "courses/blocks/checklist.html"
        preview_value = {
            "title": "Sebelum musyawarah dusun",
            "items": ["<p>Undangan sampai ke setiap rumah</p>", "<p>Tempat tidak bertangga</p>"],
        }
