"""Closed vocabularies of the assessment engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeKind(models.TextChoices):
    """Where an outcome comes from in the founding document."""

    RESULT = "result", _("Expected result")
    DISCUSSION = "discussion", _("Discussion objective")
    SPECIFIC = "specific", _("Specific objective")


class FormLetter(models.TextChoices):
    """The two parallel forms of a test."""

    A = "A", "A"
    B = "B", "B"


class Difficulty(models.TextChoices):
    EASY = "mudah", _("Easy")
    MEDIUM = "sedang", _("Medium")
    HARD = "sukar", _("Hard")


class BloomLevel(models.TextChoices):
    REMEMBER = "ingat", pgettext_lazy("thinking level", "Remember")
    UNDERSTAND = "paham", pgettext_lazy("thinking level", "Understand")
    APPLY = "terap", pgettext_lazy("thinking level", "Apply")
    ANALYSE = "analisis", pgettext_lazy("thinking level", "Analyse")
    EVALUATE = "nilai", pgettext_lazy("thinking level", "Evaluate")
    CREATE = "cipta", pgettext_lazy("thinking level", "Create")


class Stability(models.TextChoices):
    """Whether the right answer changed with the law."""

    STABLE = "stable", _("Same answer under the old and the new rules")
    CHANGED_2024 = "changed_2024", _("Answer changed by UU 3/2024")
    CHANGED_2026 = "changed_2026", _("Answer changed by PP 16/2026")
    PROGRAMME = "programme", _("Not a legal fact")
