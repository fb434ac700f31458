"""Balai Rakyat: the page of a village's hall. Imported by ``models``, which others import them from.

Each page is opened to the writers of one organisation (``domain.halls``), so they change that one only.
"""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from home.blocks import PictureChooser
from home.hall_form import HallPageForm
from home.models.library import published_documents
from home.models.news import TrainingNewsPage, published_news
from home.models.pictures import NewsPicture
from lms.people.models import Organisation, Village

PER_PAGE = 30
_LATEST = 5
_DOCUMENTS = 10
_ONE_EACH_LINE = _("One on each line. Leave it empty if there is none: then the page does not name it.")


class BalaiRakyatIndexPage(Page):
    """All halls of the site, by village."""

    intro = models.TextField(_("introduction"), blank=True)
    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.BalaiRakyatPage"]
    max_count_per_parent = 1
    template = "home/hall_list.html"

    class Meta:
        verbose_name = _("list of Balai Rakyat")
        verbose_name_plural = _("lists of Balai Rakyat")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        halls = BalaiRakyatPage.objects.live().public().child_of(self).select_related("village", "locale")
        halls = halls.order_by("village__name", "pk")
        context["halls"] = Paginator(halls, PER_PAGE).get_page(request.GET.get("halaman"))
        return context


class BalaiRakyatPage(Page):
    """The hall of one village. What is empty is not shown."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="halls", editable=False
    )
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="halls", editable=False)
    # Of the page, for the constraint below: the locale stands in another table.
    language = models.CharField(max_length=100, editable=False)
    decree = models.CharField(
        _("founded by"),
        max_length=200,
        blank=True,
        help_text=_("The village regulation or decree with its number, for example Perdes No. 3/2018."),
    )
    decree_date = models.DateField(_("date of the decree"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    hours = models.TextField(_("opening hours"), blank=True, max_length=500, help_text=_ONE_EACH_LINE)
    contact = models.TextField(
        _("contact"),
        blank=True,
        max_length=300,
        help_text=_("Of the office. A private number only if its owner agrees. One on each line."),
    )
    facilities = models.TextField(
        _("rooms and facilities"), blank=True, max_length=1500, help_text=_ONE_EACH_LINE
    )
    services = models.TextField(_("services"), blank=True, max_length=1500, help_text=_ONE_EACH_LINE)
    activities = models.TextField(
        _("regular activities"),
        blank=True,
        max_length=1500,
        help_text=_("Day, time and what, for example: Monday 16.00, reading group. One on each line."),
    )
    picture = models.ForeignKey(
        NewsPicture,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    base_form_class = HallPageForm
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("decree"), FieldPanel("decree_date")])],
            heading=_("Foundation"),
            icon="doc-full",
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("hours"), FieldPanel("contact")],
            heading=_("Where and when"),
            icon="site",
        ),
        FieldPanel("facilities"),
        FieldPanel("services"),
        FieldPanel("activities"),
        InlinePanel("officers", heading=_("Board"), label=_("office")),
        FieldPanel("picture", widget=PictureChooser),
    ]
    parent_page_types: ClassVar = ["home.BalaiRakyatIndexPage"]
    subpage_types: ClassVar = []
    is_creatable = False
    template = "home/hall_page.html"

    class Meta:
        verbose_name = _("Balai Rakyat")
        verbose_name_plural = _("Balai Rakyat")
        constraints = [models.UniqueConstraint(fields=["village", "language"], name="hall_of_village_once")]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.language = self.locale.language_code
        return super().save(*args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        return False

    def belongs_below(self, parent: Page) -> bool:
        """Nowhere else, nor twice."""
        return False

    @cached_property
    def shown_picture(self) -> NewsPicture | None:
        """The picture, while everybody in it agrees."""
        return self.picture if self.picture and self.picture.everybody_agreed else None

    @property
    def sections(self) -> list[tuple[Any, list[str]]]:
        """What has lines: heading and lines of each."""
        fields = (
            (_("Services"), self.services),
            (_("Regular activities"), self.activities),
            (_("Rooms and facilities"), self.facilities),
        )
        told = [(heading, _lines(text)) for heading, text in fields]
        return [(heading, lines) for heading, lines in told if lines]

    @property
    def hours_lines(self) -> list[str]:
        return _lines(self.hours)

    @property
    def contact_lines(self) -> list[str]:
        return _lines(self.contact)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = self._news()
        documents = published_documents().filter(village=self.village_id, locale=self.locale_id)
        documents = list(documents.select_related("document", "locale")[: _DOCUMENTS + 1])
        context["documents"] = documents[:_DOCUMENTS]
        context["has_more_documents"] = len(documents) > _DOCUMENTS
        return context

    def _news(self) -> models.QuerySet[TrainingNewsPage]:
        """The newest published news of trainings in this village."""
        site = self.get_parent().get_parent() if self.depth else None
        if site is None:
            return TrainingNewsPage.objects.none()
        news = published_news(below=site).filter(cohort__village=self.village_id)
        return news.select_related("locale")[:_LATEST]


class HallOfficer(Orderable):
    """Somebody on the board of a hall. Without consent only the office is shown."""

    hall = ParentalKey(BalaiRakyatPage, on_delete=models.CASCADE, related_name="officers")
    office = models.CharField(_("office"), max_length=120, help_text=_("For example: chair, librarian."))
    name = models.CharField(_("name"), max_length=120, blank=True)
    term = models.CharField(
        _("term of office"), max_length=60, blank=True, help_text=_("For example 2024–2029.")
    )
    agreed = models.BooleanField(
        _("agrees to be named here"), default=False, help_text=_("Without it only the office is shown.")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("office"), FieldPanel("name"), FieldPanel("term")]),
        FieldPanel("agreed"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.office

    @property
    def shown_name(self) -> str:
        return self.name if self.agreed else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
