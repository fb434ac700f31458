"""Who stands behind a training, who is thanked for what came of it, and for whom there are places."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from lms.cohorts.enums import PartyRole
from lms.cohorts.models.training import Cohort
from lms.people.enums import Element


class Party(Orderable):
    """An organisation behind a training (*pihak*): it holds, supports or pays for it."""

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("part"), max_length=16, choices=PartyRole.choices, default=PartyRole.ORGANISER)
    name = models.CharField(_("name"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint(fields=["cohort", "role", "name"], name="party_role_once")]

    def __str__(self) -> str:
        return self.name


class Credit(Orderable):
    """Somebody to be named for words, pictures or layout (*kontributor*)."""

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="credits")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("for what"), max_length=80, help_text=_("For example: editor, documentation, translation.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return f"{self.role}: {self.name}"


class Quota(models.Model):
    """How many people of an element (*unsur*) are planned. It tells what is missing and keeps nobody out."""

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="quotas")
    element = models.CharField(_("element (unsur)"), max_length=10, choices=Element.choices)
    planned = models.PositiveSmallIntegerField(
        _("planned people"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    class Meta:
        verbose_name = _("places for an element")
        verbose_name_plural = _("places for elements")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "element"], name="quota_element_once")]

    def __str__(self) -> str:
        return f"{self.get_element_display()}: {self.planned}"
