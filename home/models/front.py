"""The front page."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from home.models.hall import BalaiRakyatIndexPage
from home.models.library import LibraryPage
from home.models.news import NewsIndexPage, published_news

_LATEST = 3


class HomePage(Page):
    """The front page: three clear doors, for participants, trainers and organisers."""

    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(_("text"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])
    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "home/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= self._lists()
        if context["news_index"]:
            news = published_news(below=context["news_index"]).select_related("locale")
            context["latest_news"] = news[:_LATEST]
        return context

    def _lists(self) -> dict[str, Page | None]:
        """The lists below, each None if it is not published. One query."""
        kinds = {NewsIndexPage: "news_index", LibraryPage: "library", BalaiRakyatIndexPage: "halls"}
        found: dict[str, Page | None] = dict.fromkeys(kinds.values())
        below = Page.objects.live().child_of(self).type(*kinds).order_by("-path")
        for page in below.select_related("locale"):
            found[kinds[page.specific_class]] = page
        return found

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
