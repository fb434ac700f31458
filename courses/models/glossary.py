"""The words that a villager may meet here for the first time, and the page that lists them."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from courses.blocks import PLAIN
from courses.words import words_of


class GlossaryTerm(index.Indexed, models.Model):
    """One word with one plain sentence. ``slug`` is what lessons name it by, so it never changes."""

    slug = models.CharField(
        _("short name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))
        ],
        help_text=_("Lessons name the term by this. It stays as it is."),
    )
    term = models.CharField(_("term"), max_length=80)
    expansion = models.CharField(
        _("in full"),
        max_length=160,
        blank=True,
        help_text=_("What the letters of an abbreviation stand for."),
    )
    meaning = models.TextField(_("meaning"), max_length=400, help_text=_("One plain sentence."))
    term_en = models.CharField(_("term in English"), max_length=120, blank=True)
    meaning_en = models.TextField(_("meaning in English"), max_length=400, blank=True)
    bunak = models.CharField(_("in Bunak"), max_length=80, blank=True)
    tetun = models.CharField(_("in Tetun"), max_length=80, blank=True)
    # Fingerprint of what the loader wrote; see courses.imports.glossary.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    panels: ClassVar = [
        FieldPanel("term"),
        FieldPanel("slug"),
        FieldPanel("expansion"),
        FieldPanel("meaning"),
        MultiFieldPanel([FieldPanel("term_en"), FieldPanel("meaning_en")], heading=_("English")),
        MultiFieldPanel([FieldPanel("bunak"), FieldPanel("tetun")], heading=_("Local languages")),
    ]

    search_fields: ClassVar = [index.SearchField("search_text")]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.term

    @property
    def search_text(self) -> str:
        names = (self.term, self.expansion, self.term_en, self.bunak, self.tetun)
        return " ".join(words_of(" ".join([*names, self.meaning, self.meaning_en])))

    @property
    def letter(self) -> str:
        return self.term[:1].upper()

    @property
    def shown_meaning(self) -> tuple[str, str]:
        """The meaning in the reader's language if there is one, and the language it is in."""
        if get_language() == "en" and self.meaning_en:
            return self.meaning_en, "en"
        return self.meaning, "id"


class GlossaryPage(Page):
    """All terms by letter. One page a language, made by the loader."""

    intro = RichTextField(_("introduction"), blank=True, features=PLAIN)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    subpage_types: ClassVar[list[Any]] = []
    template = "courses/glossary_page.html"

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")
