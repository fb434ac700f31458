"""The reference site's own pages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The front page: three clear doors, for participants, trainers and organisers."""

    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(_("text"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])
    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
