"""What a piece of news is made of: few blocks, all printable. Pictures and quotes show only with consent."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.coreutils import resolve_model_string

from courses.blocks import PLAIN, LawBlock

_PICTURE = "home.NewsPicture"
MOST_IN_GALLERY = 6


class PictureChooser(BaseChooser):
    """Offers the pictures of one's own organisations (``viewsets``)."""

    choose_one_text = _("Choose a picture")
    choose_another_text = _("Choose another picture")
    link_to_chosen_text = _("Change this picture")
    icon = "image"
    model = _PICTURE
    chooser_modal_url_name = "news_picture_chooser:choose"


class PictureChooserBlock(blocks.ChooserBlock):
    """A picture of a training."""

    @cached_property
    def target_model(self) -> Any:
        return resolve_model_string(_PICTURE)

    @cached_property
    def widget(self) -> PictureChooser:
        return PictureChooser()

    class Meta:
        icon = "image"


class PictureBlock(blocks.StructBlock):
    """A picture and what is said below it."""

    picture = PictureChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Small pictures side by side; each opens larger."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=1, max_num=MOST_IN_GALLERY)

    class Meta:
        icon = "grip"
        label = _("Gallery")
        template = "home/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said. Shown only if that person permitted it."""

    text = blocks.TextBlock(label=_("Words"), max_length=1000)
    speaker = blocks.CharBlock(label=_("Who said it, with office"), max_length=200)
    permitted = blocks.BooleanBlock(
        label=_("This person permits that it is published"), required=False, default=False
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"


class NewsBlock(blocks.StreamBlock):
    """The body of a piece of news."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="courses/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=PLAIN, template="courses/blocks/paragraph.html"
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    law = LawBlock()


def pictures_in(body: Any) -> Iterator[tuple[Any, str]]:
    """Each picture that a body shows, and in which size (``large`` or ``small``)."""
    for block in body:
        if block.block_type == "picture" and block.value["picture"]:
            yield block.value["picture"], "large"
        if block.block_type == "gallery":
            yield from ((each["picture"], "small") for each in block.value["pictures"] if each["picture"])
