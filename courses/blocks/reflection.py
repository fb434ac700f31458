"""A question for oneself. Where the note is kept is the business of ``lms.learning``."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.features import DO, Previewed


class ReflectionBlock(Previewed, blocks.StructBlock):
    """A prompt for a private note; the id of the block names the note."""

    prompt = blocks.TextBlock(label=_("Question"), max_length=400)

    class Meta:
        icon = "edit"
        label = _("Reflection")
        group = DO
        description = _("One question for a private note that only the participant sees.")
        template = "courses/blocks/reflection.html"
        preview_value = {"prompt": "Kapan Anda pertama kali mendengar tentang rencana desa?"}
