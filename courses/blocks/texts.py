"""Headings, running text and tables."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

from courses.blocks.features import TEXT, Previewed


class HeadingBlock(Previewed, blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        description = _("Opens a new part of the lesson.")
        template = "courses/blocks/heading.html"
        preview_value = "Satu tahun sebelum uang dipakai"


class ParagraphBlock(Previewed, blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs and lists, in short sentences.")
        template = "courses/blocks/paragraph.html"
        preview_value = "<p>Rencana tahun depan disusun <b>tahun ini</b>. Mulailah dari dusun.</p>"


class TableBlock(Previewed, WagtailTableBlock):
    def get_table_options(self, table_options: dict[str, Any] | None = None) -> dict[str, Any]:
        """In the one language that the grid comes with: asked for another it complains and uses this."""
        return {**super().get_table_options(table_options), "language": "en-US"}

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXT
        description = _("Rows and columns; on a phone each row becomes a few labelled lines.")
        template = "courses/blocks/table.html"
        preview_value = {
            "data": [["Waktu", "Langkah"], ["Juni", "Musdes"], ["September", "RKP Desa"]],
            "first_row_is_table_header": True,
            "table_header_choice": "row",
            "table_caption": "",
        }
