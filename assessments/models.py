"""Learning outcomes, assessments and their parallel forms. Question kinds live in ``questions/``."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from assessments.enums import FormLetter, OutcomeKind
from assessments.questions.base import Question
from assessments.questions.matching import MatchingQuestion, MatchPair
from assessments.questions.multiple_choice import MultipleChoiceQuestion
from assessments.questions.numeric import NumericQuestion
from assessments.questions.ordering import OrderingQuestion, OrderingStep
from assessments.questions.single_choice import Choice, SingleChoiceQuestion
from assessments.questions.true_false import TrueFalseQuestion

__all__ = [
    "Assessment",
    "AssessmentForm",
    "Choice",
    "FormItem",
    "MatchPair",
    "MatchingQuestion",
    "MultipleChoiceQuestion",
    "NumericQuestion",
    "OrderingQuestion",
    "OrderingStep",
    "Outcome",
    "Question",
    "SingleChoiceQuestion",
    "TrueFalseQuestion",
]


class Outcome(models.Model):
    """What a participant should be able to do afterwards; lessons and questions point at it."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OutcomeKind.choices)
    title = models.CharField(_("title (Indonesian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"

    @property
    def label(self) -> str:
        """The title in the language of the interface."""
        return (self.title_en or self.title) if get_language() == "en" else self.title


class Assessment(models.Model):
    """A test made of parallel forms that measure the same outcomes."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title (Indonesian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("suggested minutes"), default=30)
    pass_mark_percent = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=60, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark_percent__lte=100), name="assessment_pass_mark_is_percent"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language of the interface."""
        return (self.title_en or self.title) if get_language() == "en" else self.title


class AssessmentForm(ClusterableModel):
    """One of the parallel forms: a fixed list of question versions."""

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


class FormItem(models.Model):
    """A question at its place in a form."""

    sort_order_field = "position"

    form = ParentalKey(AssessmentForm, on_delete=models.CASCADE, related_name="items")
    # A form may keep an older version, but only the newest can be put in.
    question = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        related_name="form_items",
        verbose_name=_("question"),
        limit_choices_to=models.Q(is_current=True) | models.Q(form_items__isnull=False),
    )
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
