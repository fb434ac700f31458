"""The blocks a lesson is made of. Few, plain, printable; more come with the curriculum."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

PLAIN = ["bold", "italic", "link", "ul", "ol"]


class LawBlock(blocks.StructBlock):
    """What a rule says, in our own words, with its citation."""

    citation = blocks.CharBlock(label=_("Citation"), max_length=200)
    summary = blocks.RichTextBlock(label=_("In our own words"), features=PLAIN)

    class Meta:
        icon = "doc-full"
        label = _("Law")
        template = "courses/blocks/law.html"


class TitledBlock(blocks.StructBlock):
    """A box with a title."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)


class ExampleBlock(TitledBlock):
    class Meta:
        icon = "form"
        label = _("Example")
        template = "courses/blocks/example.html"


class NoteBlock(TitledBlock):
    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "courses/blocks/note.html"


class DiscussBlock(blocks.StructBlock):
    """A question to talk about in one's own hamlet."""

    text = blocks.RichTextBlock(label=_("Question"), features=PLAIN)

    class Meta:
        icon = "group"
        label = _("Talk about it in your hamlet")
        template = "courses/blocks/discuss.html"


class RememberBlock(blocks.StructBlock):
    """The few sentences to take home."""

    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "pick"
        label = _("Remember")
        template = "courses/blocks/remember.html"


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=["bold", "italic", "link"]), label=_("Steps"), min_num=1
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "courses/blocks/steps.html"


class PictureBlock(blocks.StructBlock):
    """A picture with the words for who cannot see it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("What the picture shows"), max_length=200)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "courses/blocks/picture.html"


class LessonBlock(blocks.StreamBlock):
    """The body of a lesson."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="courses/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=PLAIN, template="courses/blocks/paragraph.html"
    )
    steps = StepsBlock()
    table = TableBlock(label=_("Table"), template="courses/blocks/table.html")
    law = LawBlock()
    example = ExampleBlock()
    note = NoteBlock()
    discuss = DiscussBlock()
    remember = RememberBlock()
    picture = PictureBlock()

    class Meta:
        block_counts = {"remember": {"max_num": 1}}
