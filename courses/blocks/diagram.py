"""A drawing of ours in a lesson."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.features import MEDIA, Previewed
from courses.diagrams import diagram_choices, diagram_template


class DiagramBlock(Previewed, blocks.StructBlock):
    """The drawing, and the words for who cannot see it. Not drawn yet: the words stand in its place."""

    name = blocks.ChoiceBlock(label=_("Drawing"), choices=diagram_choices)
    alternative = blocks.TextBlock(
        label=_("What the drawing shows"),
        max_length=900,
        help_text=_("For who cannot see it: complete enough to do without the drawing."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["drawing"] = diagram_template(value.get("name") or "")
        return context

    class Meta:
        icon = "view"
        label = _("Drawing")
        group = MEDIA
        description = _("A drawing of ours that fits phones, dark pages and print.")
        template = "courses/blocks/diagram.html"
        preview_value = {
            "name": "kalender-perencanaan",
            "alternative": "Juni: Musdes. Akhir September: RKP Desa. 31 Desember: APB Desa.",
        }
