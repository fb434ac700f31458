"""Who carries a training: trainers, resource persons, facilitators, committee."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from lms.cohorts.enums import TeamRole
from lms.cohorts.models.training import Cohort, Meeting


class Facilitator(ClusterableModel):
    """Somebody of the team: a member of staff, or a name only.

    A member of staff who does not see all trainings of the organisation sees those with such a row.
    """

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="facilitators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member of staff"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilitations",
        help_text=_("Sees this training and its people. Leave it empty for somebody from outside."),
    )
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("As it is printed. Empty: that of the account.")
    )
    role = models.CharField(_("role"), max_length=12, choices=TeamRole.choices, default=TeamRole.TRAINER)
    meetings = ParentalManyToManyField(
        Meeting,
        verbose_name=_("meetings"),
        blank=True,
        related_name="facilitators",
        help_text=_("Tick none if it is all of them."),
    )

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("team")
        ordering = ["cohort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user", "role"],
                condition=models.Q(user__isnull=False),
                name="facilitator_role_once",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(name=""), name="facilitator_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name to show and print; ``user`` should be loaded."""
        if self.name or self.user is None:
            return self.name
        return self.user.get_full_name() or self.user.get_username()
