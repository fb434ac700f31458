"""The library: documents by topic and year. Imported by ``models``, which others import them from.

Shelves are to documents what branches are to news: each organisation has one, and its groups have
permissions there only (``domain.library``). The library stands here and not in ``courses``, which knows
neither villages nor organisations.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Collection, Page
from wagtail.search import index

from courses.words import words_of
from home.enums import DocumentKind, DocumentLanguage, PublishingRight, Topic
from home.library_filter import LibraryFilter
from home.library_form import LibraryDocumentForm
from lms.people.models import Organisation, Village

PER_PAGE = 20
HEAVY = 200_000
"""From this many bytes on a download is called large: people pay for each."""


class _DocumentList(Page):
    """A page that lists the documents below it, newest year first, filtered by what its address says."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        documents = published_documents(below=self)
        chosen = LibraryFilter.of(request.GET, documents)
        found = chosen.narrow(documents).select_related("document", "village", "locale")
        context["chosen"] = chosen
        context["documents"] = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
        return context


class LibraryPage(_DocumentList):
    """All documents of the site."""

    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.LibraryShelfPage"]
    max_count_per_parent = 1
    template = "home/library_list.html"

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")


class LibraryShelfPage(_DocumentList):
    """The documents of one organisation; made by ``domain.library`` when it is first needed."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="shelves"
    )
    # Who may propose here, besides those who write the organisation's news and may publish.
    proposers = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="shelves", editable=False)
    # Where its files lie: served only while a published document shows them.
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, related_name="shelves", editable=False
    )

    parent_page_types: ClassVar = ["home.LibraryPage"]
    subpage_types: ClassVar = ["home.LibraryDocument"]
    is_creatable = False
    template = "home/library_list.html"

    class Meta:
        verbose_name = _("shelf of an organisation")
        verbose_name_plural = _("shelves of organisations")


class LibraryDocument(Page):
    """A document that everybody may get: a file, or a link to where it is."""

    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(1945), MaxValueValidator(2100)],
        help_text=_("Of the document itself, for example of the budget that it tells of."),
    )
    village = models.ForeignKey(
        Village,
        verbose_name=_("village"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library_documents",
        help_text=_("Only if it is about one village. The page of its Balai Rakyat then lists it."),
    )
    language = models.CharField(
        _("language of the document"),
        max_length=3,
        choices=DocumentLanguage.choices,
        default=DocumentLanguage.INDONESIAN,
    )
    summary = models.TextField(
        _("in short"), max_length=600, help_text=_("Two or three plain sentences: what it says, for whom.")
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Who wrote or issued it, with number and date.")
    )
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="library_documents",
        help_text=_("Best a small PDF. Its size is shown before it is downloaded."),
    )
    link = models.URLField(
        _("or a link"),
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("If the document lies on another site. Readers are told that it needs internet."),
    )
    right = models.CharField(
        _("why it may be published"), max_length=10, choices=PublishingRight.choices, blank=True
    )
    right_note = models.CharField(
        _("by whom and when"), max_length=200, blank=True, help_text=_("Who permitted it, or which licence.")
    )
    may_be_public = models.BooleanField(
        _("everybody may get this document"),
        default=False,
        help_text=_("You have looked: there is a right to publish it, and it names no private person."),
    )

    base_form_class = LibraryDocumentForm
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("topic")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("language")]),
                FieldPanel("village", widget=forms.Select),
            ],
            heading=_("What it is"),
            icon="tag",
        ),
        FieldPanel("summary"),
        FieldPanel("source"),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("link")], heading=_("Where it is"), icon="download"
        ),
        MultiFieldPanel(
            [FieldPanel("right"), FieldPanel("right_note"), FieldPanel("may_be_public")],
            heading=_("Permission to publish"),
            icon="key",
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_text")]
    parent_page_types: ClassVar = ["home.LibraryShelfPage"]
    subpage_types: ClassVar = []
    template = "home/library_document.html"

    class Meta:
        verbose_name = _("library document")
        verbose_name_plural = _("library documents")

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.link:
            raise ValidationError({"link": _("Give a file or a link, not both.")}, "both")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publishing without the tick is possible by roads that pass the form by; reading it is not."""
        if not self.may_be_public:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        """A document stays with the organisation that added it, also when several are moved."""
        return self.belongs_below(parent) and bool(super().can_move_to(parent))

    def belongs_below(self, parent: Page) -> bool:
        """Whether this is the shelf on which it stands."""
        return parent.pk == self.get_parent().pk

    @property
    def file_bytes(self) -> int:
        """The weight of the file, 0 if there is none or it is not known."""
        return (self.document.file_size or 0) if self.document else 0

    @property
    def is_heavy(self) -> bool:
        return self.file_bytes > HEAVY

    @property
    def search_pieces(self) -> list[str]:
        """The words of the page: the file itself is not read."""
        words = (self.get_kind_display(), self.get_topic_display(), str(self.year), self.source)
        return [self.summary, " · ".join(word for word in words if word)]

    @property
    def search_text(self) -> str:
        return " ".join(words_of(" ".join([self.title, *self.search_pieces])))


def published_documents(*, below: Page | None = None) -> models.QuerySet[LibraryDocument]:
    """Documents that everybody may get, the newest year first."""
    documents: models.QuerySet[LibraryDocument] = LibraryDocument.objects.live().public()
    if below is not None:
        documents = documents.descendant_of(below)
    return documents.filter(may_be_public=True).order_by("-year", "title", "pk")
