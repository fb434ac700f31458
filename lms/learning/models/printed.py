"""The one arrangement of a form that a training uses on paper and when questions are read aloud."""

import hashlib

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import AssessmentForm, Question
from lms.cohorts.models import Cohort
from lms.ids import new_id
from lms.learning.enums import Occasion

# Without 0, O, 1, I and L: it is compared by eye, screen against paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_EDITION_LENGTH = 4


class PrintedForm(models.Model):
    """Which questions in which order, and which option is letter A.

    Frozen when it is first printed or read aloud: a letter on paper must mean the same when it is typed in,
    whatever happened to the form meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="printed_forms")
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices)
    form = models.ForeignKey(AssessmentForm, on_delete=models.PROTECT, related_name="+")
    # Printed on every page, and shown to who types the answers in.
    edition = models.CharField(_("edition"), max_length=8)
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("printed form")
        verbose_name_plural = _("printed forms")
        ordering = ["cohort", "occasion", "form"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "occasion", "form"], name="printed_form_once")
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.occasion} {self.edition}"


class PrintedItem(models.Model):
    """A question at its place on the printed form, with its options in the order of their letters."""

    printed = models.ForeignKey(PrintedForm, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField(default=1)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    option_order = models.JSONField(default=list)

    class Meta:
        verbose_name = _("printed question")
        verbose_name_plural = _("printed questions")
        ordering = ["printed", "position"]
        constraints = [
            models.UniqueConstraint(fields=["printed", "position"], name="printed_item_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.printed_id} {self.position}"


def edition_of(items: list[tuple[int, list[str]]]) -> str:
    """Four letters that differ when a question, its version or the order of its options differs."""
    text = ";".join(f"{question}:{','.join(order)}" for question, order in items)
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    letters = ""
    for _place in range(_EDITION_LENGTH):
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return letters
