"""What every block of a lesson shares. Leaf: the blocks and the pages read it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# What rich text in a lesson may hold.
PLAIN = ["bold", "italic", "link", "ul", "ol"]

# The groups of the block chooser, in the order in which authors find them.
TEXT = _("Text")
MEDIA = _("Pictures, sound and files")
EXPLAIN = _("Explain and give examples")
DO = _("Think and practise")
STAFF = _("For facilitators")


class Previewed:
    """Mixin: the block chooser shows the block as participants see it."""

    def get_preview_template(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return "courses/block_preview.html"
