"""Courses as Wagtail pages: course, module, lesson. They know nothing of people."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from assessments.models import Outcome
from courses.blocks import PLAIN, LessonBlock


class CoursePage(Page):
    """A course: what it is for, and its modules below it."""

    summary = models.TextField(_("summary"), blank=True)
    rationale = RichTextField(_("rationale"), blank=True, features=[*PLAIN, "h2", "h3"])
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=8)
    # Fingerprint of what the loader wrote; see courses.imports.pages.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("rationale"),
        FieldPanel("lesson_hours"),
    ]
    subpage_types: ClassVar = ["courses.ModulePage"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class ModulePage(Page):
    """A module: a few lessons that serve the same outcomes."""

    code = models.CharField(_("code"), max_length=10, help_text=_("For example M3."))
    summary = models.TextField(_("summary"), blank=True)
    can_do = models.TextField(_("participants can …"), blank=True, help_text=_("One outcome on each line."))
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=3)
    outcomes = ParentalManyToManyField(
        Outcome, verbose_name=_("learning outcomes"), blank=True, related_name="modules"
    )
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("can_do"),
        FieldPanel("lesson_hours"),
        FieldPanel("outcomes"),
    ]
    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar = ["courses.LessonPage"]
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class LessonPage(Page):
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
    legal_basis = models.JSONField(_("legal basis"), default=list, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("outcome_text"),
        FieldPanel("minutes"),
        FieldPanel("outcomes"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["courses.ModulePage"]
    subpage_types: ClassVar = []
    template = "courses/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
