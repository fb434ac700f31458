"""Courses and modules as Wagtail pages. They know nothing of people."""

from typing import ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from assessments.models import Outcome
from courses.blocks import PLAIN
from courses.enums import CourseKind, CourseOrder
from courses.models.forms import ModulePageForm
from courses.models.previews import PhoneFirstMixin
from courses.models.yearly import YearlyMixin
from courses.words import words_of


class CoursePage(YearlyMixin, PhoneFirstMixin, Page):
    """A course: what it is for, and its modules below it."""

    summary = models.TextField(_("summary"), blank=True)
    rationale = RichTextField(_("rationale"), blank=True, features=[*PLAIN, "h2", "h3"])
    how_to_learn = RichTextField(
        _("how to learn"),
        blank=True,
        features=[*PLAIN, "h2", "h3"],
        help_text=_("How a participant works through the course: alone, with others, without electricity."),
    )
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=8)
    kind = models.CharField(
        _("kind"), max_length=10, blank=True, choices=CourseKind.choices, default=CourseKind.TRAINING
    )
    order = models.CharField(
        _("order of the lessons"),
        max_length=10,
        choices=CourseOrder.choices,
        default=CourseOrder.FREE,
        help_text=_("A training can open all lessons at once, whatever is chosen here."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2199)],
        help_text=_(
            "The year in which the training is held. Texts may hold {tahun_pelaksanaan} for it and "
            "{tahun_dokumen} for the year after, that of the village's documents."
        ),
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("rationale"),
        FieldPanel("how_to_learn"),
        FieldPanel("lesson_hours"),
        FieldPanel("order", widget=forms.RadioSelect),
        FieldPanel("kind", widget=forms.RadioSelect),
        FieldPanel("year"),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_text")]
    subpage_types: ClassVar = ["courses.ModulePage"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @property
    def search_pieces(self) -> list[str]:
        return [self.summary, *(get_text_for_indexing(text) for text in (self.rationale, self.how_to_learn))]

    @property
    def search_text(self) -> str:
        return " ".join(words_of(" ".join([self.title, *self.search_pieces])))


class ModulePage(YearlyMixin, PhoneFirstMixin, Page):
    """A module: a few lessons that serve the same outcomes."""

    code = models.CharField(_("code"), max_length=10, help_text=_("For example M3."))
    summary = models.TextField(_("summary"), blank=True)
    can_do = models.TextField(_("participants can …"), blank=True, help_text=_("One outcome on each line."))
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=3)
    outcomes = ParentalManyToManyField(
        Outcome, verbose_name=_("learning outcomes"), blank=True, related_name="modules"
    )
    prerequisites = ParentalManyToManyField(
        "self",
        symmetrical=False,
        verbose_name=_("modules that come first"),
        blank=True,
        related_name="+",
        help_text=_("The lessons of this module open when all lessons of these are done. Empty: at once."),
    )
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("can_do"),
        FieldPanel("lesson_hours"),
        FieldPanel("outcomes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("prerequisites", widget=forms.CheckboxSelectMultiple),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_text")]
    # The address follows from the title; modules are met in their course, not in a search engine.
    promote_panels: ClassVar[list[FieldPanel]] = []
    base_form_class = ModulePageForm
    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar = ["courses.LessonPage"]
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def search_pieces(self) -> list[str]:
        return [self.summary, *self.can_do.splitlines()]

    @property
    def search_text(self) -> str:
        return " ".join(words_of(" ".join([self.title, self.code, *self.search_pieces])))
