"""The programme that trainings belong to (*program*): what it is for, where it works, in which years."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from lms.people.models import Organisation
from lms.people.scoping import ScopedQuerySet

YEARS = [MinValueValidator(2000), MaxValueValidator(2099)]


class ProgrammeQuerySet(ScopedQuerySet):
    # Says nothing about people: the whole staff of the organisation may see it.
    cohort_path = ""


class Programme(ClusterableModel):
    """A programme of one organisation, for trainings of several villages and years."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="programmes"
    )
    title = models.CharField(_("title"), max_length=200)
    general_objective = models.TextField(_("general objective"), blank=True)
    location = models.CharField(
        _("where the programme works"), max_length=200, blank=True, help_text=_("For example: GSC locations.")
    )
    starts_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=YEARS)
    ends_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=YEARS)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_year__isnull=True)
                | models.Q(ends_year__isnull=True)
                | models.Q(ends_year__gte=models.F("starts_year")),
                name="programme_ends_after_start",
                violation_error_message=_("The last year cannot be before the first year."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="programme_title_once",
                violation_error_message=_("Your organisation has a programme with this title already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeObjective(Orderable):
    """A specific objective (*tujuan khusus*), with the code by which people speak of it, such as TK1."""

    programme = ParentalKey(Programme, on_delete=models.PROTECT, related_name="objectives")
    code = models.CharField(_("code"), max_length=10, help_text=_("For example TK1."))
    text = models.TextField(_("objective"), help_text=_("Years as {tahun_pelaksanaan} or {tahun_dokumen}."))

    class Meta(Orderable.Meta):
        verbose_name = _("specific objective")
        verbose_name_plural = _("specific objectives")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="programme_objective_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"
