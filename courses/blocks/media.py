"""Pictures, sound, film and files in a lesson. Nothing plays or loads by itself; sizes are told first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.telepath import register as register_adapter
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.views.chooser import (
    BaseAdminDocumentChooser,
    BaseDocumentChooserBlock,
    DocumentChooserAdapter,
)
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.features import MEDIA, PLAIN, Previewed

AUDIO = ("mp3", "m4a", "aac", "ogg", "opus")
VIDEO = ("mp4", "webm")


class AudioChooser(BaseAdminDocumentChooser):
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Choose another recording")
    icon = "media"
    chooser_modal_url_name = "course_audio_chooser:choose"


class VideoChooser(BaseAdminDocumentChooser):
    choose_one_text = _("Choose a film")
    choose_another_text = _("Choose another film")
    icon = "media"
    chooser_modal_url_name = "course_video_chooser:choose"


register_adapter(DocumentChooserAdapter(), AudioChooser)
register_adapter(DocumentChooserAdapter(), VideoChooser)


class _FileChooserBlock(BaseDocumentChooserBlock):
    """A document with one of a few endings; frozen in migrations as any document."""

    endings: tuple[str, ...]
    chooser: type[BaseAdminDocumentChooser]

    @cached_property
    def target_model(self) -> Any:
        return get_document_model()

    @cached_property
    def widget(self) -> BaseAdminDocumentChooser:
        return self.chooser()

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document and document.file_extension.lower() not in self.endings:
            params = {"endings": ", ".join(self.endings)}
            raise ValidationError(
                _("Choose a file that ends in %(endings)s."), code="wrong_kind", params=params
            )
        return document

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.documents.blocks.DocumentChooserBlock", [], {}


class AudioChooserBlock(_FileChooserBlock):
    endings = AUDIO
    chooser = AudioChooser


class VideoChooserBlock(_FileChooserBlock):
    endings = VIDEO
    chooser = VideoChooser


class PictureBlock(Previewed, blocks.StructBlock):
    """A picture with the words for who cannot see it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("What the picture shows"), max_length=200)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        description = _("A picture with the words for who cannot see it.")
        template = "courses/blocks/picture.html"
        preview_value = {"alt": "Warga duduk melingkar di balai desa", "credit": "Foto: kader desa"}


class AudioBlock(Previewed, blocks.StructBlock):
    """A recording to listen to or take along, with its words."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = AudioChooserBlock(label=_("Recording"), help_text=_("Best: mono, 24 to 32 kbit/s."))
    minutes = blocks.IntegerBlock(label=pgettext_lazy("length of time", "Minutes"), min_value=1, max_value=60)
    transcript = blocks.RichTextBlock(label=_("The words of the recording"), features=PLAIN)

    class Meta:
        icon = "media"
        label = _("Sound")
        group = MEDIA
        description = _("A recording with its words. It loads only when somebody asks for it.")
        template = "courses/blocks/audio.html"
        preview_value = {
            "title": "Pelajaran ini dibacakan",
            "minutes": 4,
            "transcript": "<p>Selamat pagi.</p>",
        }


class VideoBlock(Previewed, blocks.StructBlock):
    """A film of our own, with its words. Nothing is embedded from elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = VideoChooserBlock(label=_("Film"))
    minutes = blocks.IntegerBlock(label=pgettext_lazy("length of time", "Minutes"), min_value=1, max_value=60)
    poster = ImageChooserBlock(label=_("Picture shown before it plays"), required=False)
    transcript = blocks.RichTextBlock(label=_("What is said and shown"), features=PLAIN)

    class Meta:
        icon = "media"
        label = _("Film")
        group = MEDIA
        description = _("A film from our own site, with its words. It loads only when somebody starts it.")
        template = "courses/blocks/video.html"
        preview_value = {"title": "Musyawarah dusun", "minutes": 2, "transcript": "<p>Warga berkumpul.</p>"}


class DocumentBlock(Previewed, blocks.StructBlock):
    """A file to take along."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    file = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")
        group = MEDIA
        description = _("A file to take along; its kind and size are told first.")
        template = "courses/blocks/document.html"
        preview_value = {"title": "Contoh Berita Acara"}
