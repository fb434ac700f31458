"""Assessments and their parallel forms."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from assessments.enums import (
    RULED_OCCASIONS,
    BloomLevel,
    Difficulty,
    FormLetter,
    Layout,
    Purpose,
    ReviewLevel,
    ReviewMoment,
)
from assessments.models.outcomes import Outcome
from assessments.questions.base import Question


class Assessment(ClusterableModel):
    """A test made of parallel forms that measure the same outcomes, a practice, or a survey."""

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.TEST)
    # Only what was published after the checker's look can be given to a training.
    live = models.BooleanField(_("published"), default=False, editable=False)
    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title (Indonesian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("suggested minutes"), default=30)
    pass_mark_percent = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=60, validators=[MaxValueValidator(100)]
    )
    instructions = models.TextField(
        _("instructions"), blank=True, help_text=_("Shown before the first question. Short and plain.")
    )
    layout = models.CharField(_("layout"), max_length=8, choices=Layout.choices, default=Layout.ONE_QUESTION)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("tries allowed"),
        null=True,
        blank=True,
        help_text=_("For practice and surveys; empty for as often as wanted. Trainings say it for tests."),
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit (recommended). A limit can be lengthened for each participant."),
    )
    shuffle_questions = models.BooleanField(_("show questions in random order"), default=False)
    offer_dont_know = models.BooleanField(
        _("offer “I do not know”"),
        default=False,
        help_text=_(
            "Counts as wrong, and is counted apart: it shows what was guessed and what was not known."
        ),
    )
    is_anonymous = models.BooleanField(
        _("anonymous"),
        default=False,
        help_text=_("For surveys: no link from an answer to a person is stored. It cannot be changed later."),
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark_percent__lte=100), name="assessment_pass_mark_is_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(is_anonymous=False) | models.Q(purpose=Purpose.SURVEY),
                name="assessment_anonymous_is_survey",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language of the interface."""
        return (self.title_en or self.title) if get_language() == "en" else self.title


class ReviewRule(models.Model):
    """How much of a handed-in attempt its owner sees, on one occasion from one moment on."""

    assessment = ParentalKey(Assessment, on_delete=models.CASCADE, related_name="review_rules")
    occasion = models.CharField(
        _("occasion"), max_length=8, choices=[(each.value, each.label) for each in RULED_OCCASIONS]
    )
    moment = models.CharField(_("from when"), max_length=10, choices=ReviewMoment.choices)
    level = models.PositiveSmallIntegerField(_("shows"), choices=ReviewLevel.choices)

    class Meta:
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")
        ordering = ["assessment", "occasion", "moment"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "occasion", "moment"], name="review_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.occasion} {self.moment}: {self.get_level_display()}"


class AssessmentForm(ClusterableModel):
    """One of the parallel forms: sections, each a fixed list of question versions or a draw from the bank."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="forms")
    letter = models.CharField(_("form"), max_length=1, choices=FormLetter.choices)
    questions = models.ManyToManyField(Question, through="FormItem", related_name="forms")

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["assessment", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "letter"], name="assessment_form_letter_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.letter}"


class FormSection(models.Model):
    """A part of a form. With ``draw`` it takes that many questions by their tags for each attempt, those
    least used first; without, it has the form's items that carry its number."""

    sort_order_field = "number"

    form = ParentalKey(AssessmentForm, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("title (Indonesian)"), max_length=120, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=120, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        verbose_name=_("learning outcome"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    draw = models.PositiveSmallIntegerField(
        _("how many to draw"),
        null=True,
        blank=True,
        help_text=_("Empty: the questions listed below with the number of this section."),
    )
    topic = models.CharField(_("topic"), max_length=10, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    bloom = models.CharField(_("thinking level"), max_length=10, choices=BloomLevel.choices, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["form", "number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_section_number_once")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class FormItem(models.Model):
    """A question at its place in a form. ``section`` is the number of a section, if the form has any."""

    sort_order_field = "position"

    form = ParentalKey(AssessmentForm, on_delete=models.CASCADE, related_name="items")
    # A form keeps what it has, but only the newest published version of a question in use can be put in.
    question = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        related_name="form_items",
        verbose_name=_("question"),
        limit_choices_to=models.Q(is_current=True, live=True, retired_at=None)
        | models.Q(form_items__isnull=False),
    )
    section = models.PositiveSmallIntegerField(_("section"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), editable=False)

    class Meta:
        verbose_name = _("form item")
        verbose_name_plural = _("form items")
        ordering = ["form", "position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="form_item_position_once"),
            models.UniqueConstraint(fields=["form", "question"], name="form_item_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.position}"
