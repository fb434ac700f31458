"""Roll-ups: integer sums of what matched people earned, so that a page over many trainings reads sums only.

Everything here is derived from attempts and can be made anew (``manage.py rebuild_rollups``), so it goes with
what it was derived from. Nobody edits it by hand, and every row is written under the lock of its ``Rollup``.

The sums are those of *all* matched people, small groups too: suppress on reading.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import Outcome, Question
from lms.cohorts.models import Cohort, Enrolment
from lms.people.scoping import ScopedQuerySet


class RollupQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"
    cohort_path = "cohort"


class Rollup(models.Model):
    """The counts of one training, and the row that is locked while its sums are written.

    Made with the training: a row that names a training for the first time would wait for whoever holds the
    training, who may be waiting for the person that hands in.
    """

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, primary_key=True, related_name="rollup")
    # Not counted yet: a training from before there were roll-ups, or one that was written in bulk.
    is_stale = models.BooleanField(default=True)
    is_simulated = models.BooleanField(default=False)
    pre_n = models.PositiveIntegerField(default=0)
    post_n = models.PositiveIntegerField(default=0)
    matched_n = models.PositiveIntegerField(default=0)
    same_form = models.PositiveIntegerField(default=0)
    lost_n = models.PositiveIntegerField(default=0)
    lost_points = models.PositiveIntegerField(default=0)
    # Questions that fell out of everybody's points: changed meanwhile, or not asked of all.
    changed = models.PositiveSmallIntegerField(default=0)
    not_all = models.PositiveSmallIntegerField(default=0)
    # Element (unsur) -> people who have handed in a test.
    elements: Any = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RollupQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.cohort_id}"


class FirstTries(models.Model):
    """What one person earned at the first tries before and after, packed: what the sums are added up from.

    ``*_asked`` is ``question:points`` by question, separated by spaces; ``*_earned`` the points in the same
    order, -1 for "I do not know". Empty without a try that has a result.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="first_tries"
    )
    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="people")
    pre_form = models.CharField(max_length=1, blank=True)
    pre_asked = models.TextField(blank=True)
    pre_earned = models.TextField(blank=True)
    post_form = models.CharField(max_length=1, blank=True)
    post_asked = models.TextField(blank=True)
    post_earned = models.TextField(blank=True)
    # Handed in, but a person still has to mark it.
    is_waiting_pre = models.BooleanField(default=False)
    is_waiting_post = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("first tries")
        verbose_name_plural = _("first tries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.enrolment_id}"


class Sums(models.Model):
    """Sums of points before and after of ``n`` people; see ``stats.sums.PairSums``."""

    order = models.CharField(max_length=2)
    n = models.PositiveIntegerField()
    pre = models.BigIntegerField()
    post = models.BigIntegerField()
    pre_squared = models.BigIntegerField()
    post_squared = models.BigIntegerField()
    cross = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.order} {self.n}"


class PointSums(Sums):
    """Sums of points in all, or of an outcome, with how many rose, stayed and fell."""

    rose = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    fell = models.PositiveIntegerField()
    steep = models.PositiveIntegerField()
    # What could be earned on the form before and on the one after, and by how many items.
    max_pre = models.PositiveIntegerField()
    max_post = models.PositiveIntegerField()
    items_pre = models.PositiveSmallIntegerField()
    items_post = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class OrderSums(PointSums):
    """All comparable points of the matched people who took the forms in one order."""

    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="orders")

    class Meta:
        verbose_name = _("sums of an order of forms")
        verbose_name_plural = _("sums of orders of forms")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["rollup", "order"], name="order_sums_once")]


class OutcomeSums(PointSums):
    """The points of one outcome. An item may serve several, so never add these up over outcomes."""

    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("sums of an outcome")
        verbose_name_plural = _("sums of outcomes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rollup", "order", "outcome"], name="outcome_sums_once")
        ]


class ItemSums(Sums):
    """One question before and its parallel after: points, their products with the total, and transitions.

    ``stayed_right``, ``learned``, ``lost`` and ``stayed_wrong`` count people; right is full points only.
    """

    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="items")
    question_pre = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    question_post = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    pre_total = models.BigIntegerField()
    post_total = models.BigIntegerField()
    stayed_right = models.PositiveIntegerField()
    learned = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    stayed_wrong = models.PositiveIntegerField()
    unknown_pre = models.PositiveIntegerField()
    unknown_post = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("sums of a question")
        verbose_name_plural = _("sums of questions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["rollup", "order", "question_pre", "question_post"], name="item_sums_once"
            )
        ]
