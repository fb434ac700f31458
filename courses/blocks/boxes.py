"""Boxes with words in them: an example, a case, a note, a question to talk about."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.features import DO, EXPLAIN, PLAIN, STAFF, Previewed


class TitledBlock(Previewed, blocks.StructBlock):
    """A box with a title."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)


class ExampleBlock(TitledBlock):
    class Meta:
        icon = "form"
        label = _("Example")
        group = EXPLAIN
        description = _("A worked example with numbers or a decision. People and hamlets are invented.")
        template = "courses/blocks/example.html"
        preview_value = {"title": "Menghitung mundur", "text": "<p>24 Juni: Musdes. 10 Juni: musdus.</p>"}


class CaseBlock(TitledBlock):
    class Meta:
        icon = "history"
        label = _("Case")
        group = EXPLAIN
        description = _("What happened somewhere, then what was decided. People and hamlets are invented.")
        template = "courses/blocks/case.html"
        preview_value = {"title": "Bak air di Dusun Melati", "text": "<p>Dua usul, satu anggaran.</p>"}


class NoteBlock(TitledBlock):
    class Meta:
        icon = "info-circle"
        label = _("Note")
        group = EXPLAIN
        description = _("A side remark that should catch the eye.")
        template = "courses/blocks/note.html"
        preview_value = {"title": "Kebiasaan lama", "text": "<p>Dahulu penyusunan mulai bulan Juli.</p>"}


class AccordionBlock(Previewed, blocks.StructBlock):
    """More for who wants it: folded away, so that nobody has to read it. Not counted as reading."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "collapse-down"
        label = _("Folded extra")
        group = EXPLAIN
        description = _("More depth, closed until somebody opens it. Not counted in the length.")
        template = "courses/blocks/accordion.html"
        preview_value = {"title": "Dalami: siapa tim penyusun?", "text": "<p>Paling sedikit tujuh orang.</p>"}


class DiscussBlock(Previewed, blocks.StructBlock):
    """A question to talk about in one's own hamlet."""

    text = blocks.RichTextBlock(label=_("Question"), features=PLAIN)

    class Meta:
        icon = "group"
        label = _("Talk about it in your hamlet")
        group = DO
        description = _("Two or three questions to take home and talk about.")
        template = "courses/blocks/discuss.html"
        preview_value = {"text": "<p>Bulan apa warga dusun Anda paling sibuk?</p>"}


class RememberBlock(Previewed, blocks.StructBlock):
    """The few sentences to take home."""

    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "pick"
        label = _("Remember")
        group = DO
        description = _("Three short points, last in the lesson.")
        template = "courses/blocks/remember.html"
        preview_value = {"text": "<ul><li>Mulailah dari dusun.</li><li>Tulislah.</li></ul>"}


class FacilitatorBlock(Previewed, blocks.StructBlock):
    """For who leads the session. Never part of what participants get: not in a page, a search, an API.

    ``templates/courses/blocks/facilitator.html`` is empty on purpose; the guide shows the text.
    """

    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN, search_index=False)

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def get_api_representation(self, value: Any, context: Any = None) -> None:
        return None

    class Meta:
        icon = "user"
        label = _("Note for the facilitator")
        group = STAFF
        description = _("Only in the facilitator's guide. Participants never see it.")
        template = "courses/blocks/facilitator.html"
        preview_template = "courses/block_preview.html"
        preview_value = {"text": "<p>Beri giliran pertama kepada meja perempuan.</p>"}


class QuotationBlock(Previewed, blocks.StructBlock):
    """What somebody said, and that this person agreed to be quoted."""

    text = blocks.TextBlock(label=_("Words"), max_length=600)
    name = blocks.CharBlock(label=_("Who said it"), max_length=120)
    role = blocks.CharBlock(label=_("Office or role"), required=False, max_length=120)
    consented_on = blocks.DateBlock(label=_("Consent given on"))
    consent = blocks.BooleanBlock(
        label=_("This person agreed that words, name and role are shown here"), required=True
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = EXPLAIN
        description = _("Words of a real person, only with that person's consent.")
        template = "courses/blocks/quotation.html"
        preview_value = {
            "text": "Usul kami sekarang tertulis.",
            "name": "Warga Dusun Melati",
            "consent": True,
        }
