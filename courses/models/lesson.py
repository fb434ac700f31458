"""A lesson as a Wagtail page. It knows nothing of people."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from assessments.models import LegalBasis, Outcome
from assessments.widgets import LegalBasesInput
from courses.blocks import GuideBlock, LessonBlock
from courses.blocks.searched import reading_pieces
from courses.models.fields import IndexedManyToManyField
from courses.models.previews import PhoneFirstMixin
from courses.models.yearly import YearlyMixin
from courses.words import words_of

AS_GUIDE = "guide"


class LessonPage(YearlyMixin, PhoneFirstMixin, Page):
    """A lesson: at most ten minutes of plain reading, ending in something to do."""

    code = models.CharField(_("code"), max_length=10, help_text=_("For example M3.1."))
    outcome_text = models.CharField(_("outcome"), max_length=300, help_text=_("The participant can …"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    outcomes = ParentalManyToManyField(
        Outcome, verbose_name=_("learning outcomes"), blank=True, related_name="lessons"
    )
    body = StreamField(LessonBlock(required=False), verbose_name=_("text"), blank=True)
    guide = StreamField(
        GuideBlock(required=False),
        verbose_name=_("steps"),
        blank=True,
        help_text=_("Participants never see this."),
    )
    guide_minutes = models.PositiveSmallIntegerField(
        _("minutes of the session"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(480)],
        help_text=_("The steps should add up to it."),
    )
    guide_materials = models.TextField(
        _("what you need"), blank=True, help_text=_("One thing on each line. It must exist in a village.")
    )
    guide_preparation = models.TextField(
        _("before the session"), blank=True, help_text=_("One thing to do on each line.")
    )
    legal_bases = IndexedManyToManyField(
        LegalBasis,
        verbose_name=_("legal basis"),
        blank=True,
        related_name="lessons",
        help_text=_("Rules behind the lesson. Those of its law boxes count without being ticked here."),
    )
    # Not indexed as a reference: a lesson about a change does not rest on the rule that is gone.
    updates = ParentalManyToManyField(
        LegalBasis,
        verbose_name=_("brings up to date"),
        blank=True,
        related_name="update_lessons",
        help_text=_("Old rules: whoever learned one of them can be given this lesson."),
    )
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("outcome_text", heading=_("What the participant can do afterwards")),
        FieldPanel("minutes"),
        FieldPanel("outcomes", widget=forms.CheckboxSelectMultiple),
        HelpPanel(template="courses/admin/size_panel.html", heading=_("Size of the lesson")),
        FieldPanel("body"),
        FieldPanel("legal_bases", widget=LegalBasesInput),
        FieldPanel("updates", widget=LegalBasesInput),
    ]
    guide_panels: ClassVar = [
        FieldPanel("guide_minutes"),
        FieldPanel("guide_materials"),
        FieldPanel("guide_preparation"),
        FieldPanel("guide"),
    ]
    # Nothing to promote: behind the sign-in no search engine reads, and the address follows from the title.
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Lesson")),
            ObjectList(guide_panels, heading=_("Facilitator's guide")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    preview_modes: ClassVar[list[tuple[str, Any]]] = [
        *PhoneFirstMixin.preview_modes,
        (AS_GUIDE, _("Facilitator's guide")),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_text")]
    parent_page_types: ClassVar = ["courses.ModulePage"]
    subpage_types: ClassVar = []
    template = "courses/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == AS_GUIDE:
            return "courses/guide/preview.html"
        return super().get_preview_template(request, mode_name)

    @property
    def search_pieces(self) -> list[str]:
        """What the search reads of a lesson: never the guide, boxes for facilitators or keys of questions."""
        return [self.outcome_text, *reading_pieces(self.body)]

    @property
    def search_text(self) -> str:
        return " ".join(words_of(" ".join([self.title, self.code, *self.search_pieces])))
