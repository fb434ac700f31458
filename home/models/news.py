"""News of trainings, as pages. Imported by ``models``, which others import them from.

The tree is the boundary: below the index each organisation has a branch of its own, and the group of its
organisers has permissions there only (``domain.news``). So Wagtail's own screens (explorer, search,
history, preview, workflow) keep to it, too.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import NewsBlock, pictures_in
from home.news_form import NewsPageForm
from lms.cohorts.models import Cohort
from lms.cohorts.queries.experiences import NoteEntry, published_notes
from lms.evaluation.reports.public_words import PublicWords, public_words
from lms.people.models import Organisation

PER_PAGE = 10


class _NewsList(Page):
    """A page that lists the news below it, newest first."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = published_news(below=self).select_related("locale")
        context["news"] = Paginator(news, PER_PAGE).get_page(request.GET.get("halaman"))
        return context


class NewsIndexPage(_NewsList):
    """All news of the site."""

    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.OrganisationNewsPage"]
    max_count_per_parent = 1
    template = "home/news_list.html"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


class OrganisationNewsPage(_NewsList):
    """The news of one organisation; made by ``domain.news`` when it is first needed."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="news_branches"
    )
    # Who may write here: filled with the organisers of the organisation, and kept so.
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="news_branches", editable=False)

    parent_page_types: ClassVar = ["home.NewsIndexPage"]
    subpage_types: ClassVar = ["home.TrainingNewsPage"]
    is_creatable = False
    template = "home/news_list.html"

    class Meta:
        verbose_name = _("news of an organisation")
        verbose_name_plural = _("news of organisations")


class TrainingNewsPage(Page):
    """The public page of a training."""

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("training"), on_delete=models.PROTECT, related_name="news_pages"
    )
    lead = models.TextField(
        _("first sentence"), blank=True, max_length=400, help_text=_("Lists and search engines show it.")
    )
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    body = StreamField(NewsBlock(required=False), verbose_name=_("text"), blank=True)
    show_results = models.BooleanField(
        _("show a summary of the results"),
        default=False,
        help_text=_(
            "How many took both tests, what changed, and follow-up plans: never of fewer than five people, "
            "and nothing from which such a number could be worked out."
        ),
    )
    show_notes = models.BooleanField(
        _("show the chosen quotes and experiences"),
        default=True,
        help_text=_("Those that are chosen on the experience board and whose authors agreed."),
    )
    editor = models.CharField(_("editor"), max_length=120, blank=True)
    documentation = models.CharField(_("documentation"), max_length=120, blank=True)
    thanks = models.CharField(
        _("made possible by"), max_length=300, blank=True, help_text=_("Who organised and supported it.")
    )
    # Made by lms.evaluation.reports.public; frozen until somebody refreshes it.
    figures = models.JSONField(default=dict, blank=True, editable=False)

    base_form_class = NewsPageForm
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("cohort", widget=forms.Select),
                FieldPanel("theme"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            ],
            heading=_("What, where and when"),
            icon="date",
        ),
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("show_results"),
                FieldPanel("show_notes"),
                HelpPanel(
                    _(
                        "Numbers stay as they are on the day of the snapshot. “Refresh the numbers”, in the "
                        "menu beside “Save draft”, takes a new one."
                    )
                ),
            ],
            heading=_("From the training"),
            icon="group",
        ),
        MultiFieldPanel(
            [FieldPanel("editor"), FieldPanel("documentation"), FieldPanel("thanks")],
            heading=_("Credits"),
            icon="user",
        ),
    ]
    parent_page_types: ClassVar = ["home.OrganisationNewsPage"]
    subpage_types: ClassVar = []
    template = "home/training_news_page.html"

    class Meta:
        verbose_name = _("news of a training")
        verbose_name_plural = _("news of trainings")

    def can_move_to(self, parent: Page) -> bool:
        """News stays with the organisation whose training it tells of, also when several are moved."""
        return self.belongs_below(parent) and bool(super().can_move_to(parent))

    def belongs_below(self, parent: Page) -> bool:
        """Whether this is the branch of the organisation that holds the training."""
        organisation = getattr(parent.specific, "organisation_id", None)
        return organisation == self.cohort.organisation_id

    @cached_property
    def figures_in_words(self) -> PublicWords | None:
        """The snapshot in the active language."""
        return public_words(self.figures)

    @cached_property
    def notes(self) -> list[NoteEntry]:
        """What may be shown at this moment: a consent that was withdrawn is gone."""
        return published_notes(self.cohort_id) if self.show_notes and self.cohort_id else []

    @cached_property
    def cover(self) -> Any:
        """The picture that a link to this page shows elsewhere; None if there is none to show."""
        pictures = (picture for picture, _size in pictures_in(self.body))
        return next((picture for picture in pictures if picture.everybody_agreed), None)

    @property
    def credits(self) -> list[tuple[Any, str]]:
        """Who made it: as written here, then who else is named in the training's own record."""
        rows = (
            (_("Editor"), self.editor),
            (_("Documentation"), self.documentation),
            (_("Made possible by"), self.thanks),
        )
        own = [(label, name) for label, name in rows if name]
        named = {name for _label, name in own}
        others = self.cohort.credits.all() if self.cohort_id else ()
        return own + [(each.role, each.name) for each in others if each.name not in named]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["simulated"] = bool(self.cohort_id) and self.cohort.is_simulated
        return context


def published_news(*, below: Page) -> models.QuerySet[TrainingNewsPage]:
    """Published news below a page that everybody may read, newest training first."""
    news: models.QuerySet[TrainingNewsPage] = TrainingNewsPage.objects.live().public().descendant_of(below)
    return news.order_by("-starts_on", "-pk").defer("body", "figures")
