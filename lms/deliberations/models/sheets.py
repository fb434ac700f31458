"""Three sheets before a deliberation: who belongs to no group, what data say, what a rule lacks."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from assessments.storage import private_files
from lms.deliberations.models.record import COUNT, RecordOfVillage
from lms.ids import new_id


class Census(RecordOfVillage):
    """How many residents of a hamlet belong to no group (*pendataan warga belum berkelompok*): counts."""

    dusun = models.CharField(_("hamlet (dusun)"), max_length=80)
    counted_on = models.DateField(_("date of the count"))
    households = models.PositiveIntegerField(_("households (KK)"), **COUNT)
    residents = models.PositiveIntegerField(_("residents counted"), **COUNT)
    ungrouped_men = models.PositiveIntegerField(_("men in no group"), **COUNT)
    ungrouped_women = models.PositiveIntegerField(_("women in no group"), **COUNT)
    officer = models.CharField(_("counted by"), max_length=120, blank=True)
    note = models.TextField(
        _("note"), blank=True, max_length=2000, help_text=_("Printed. Write no names of residents here.")
    )

    class Meta:
        verbose_name = _("count of residents in no group")
        verbose_name_plural = _("counts of residents in no group")
        # The counts hang on the wall; who is behind them is for organisers.
        permissions = [("see_names_census", "Can attach and open the named list of a count")]
        ordering = ["-counted_on", "dusun"]

    def __str__(self) -> str:
        return f"{self.dusun}, {date_format(self.counted_on, 'j F Y')}"

    @property
    def ungrouped(self) -> int | None:
        """Men and women in no group, or None if nobody wrote it down."""
        counts = [each for each in (self.ungrouped_men, self.ungrouped_women) if each is not None]
        return sum(counts) if counts else None


def name_list_path(name_list: "NameList", filename: str) -> str:
    """A name that tells nothing about village or people."""
    return f"census/{uuid.uuid4().hex}{filename[filename.rfind('.') :]}"


class NameList(models.Model):
    """The filled-in form with names, as photo or PDF, until it is erased; that it was there stays known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    census = models.ForeignKey(Census, on_delete=models.PROTECT, related_name="name_lists")
    file = models.FileField(_("list with names"), upload_to=name_list_path, storage=private_files, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    erase_on = models.DateField(_("erase on"))
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("list with names")
        verbose_name_plural = _("lists with names")
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(file=""),
                name="name_list_erased_is_gone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.census_id} {self.erase_on}"


class DataReview(ClusterableModel, RecordOfVillage):
    """What data say before a programme is written (*lembar kaji data*)."""

    topic = models.CharField(_("topic"), max_length=200)
    reviewed_on = models.DateField(_("date of the review"))
    reviewer = models.CharField(_("reviewed by"), max_length=200, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("data review sheet")
        verbose_name_plural = _("data review sheets")
        ordering = ["-reviewed_on", "-created_at"]

    def __str__(self) -> str:
        return self.topic


class DataReviewRow(Orderable):
    """One indicator: where it comes from, what it says and what should follow."""

    review = ParentalKey(DataReview, on_delete=models.PROTECT, related_name="rows")
    indicator = models.CharField(_("indicator"), max_length=200)
    source = models.CharField(_("source of the data"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    value = models.CharField(
        _("value"), max_length=60, blank=True, help_text=_("With its unit: 35 %, 12 KK.")
    )
    dusun = models.CharField(_("hamlet (dusun)"), max_length=80, blank=True)
    meaning = models.TextField(_("what it means"), blank=True, max_length=1000)
    proposal = models.TextField(_("what is proposed"), blank=True, max_length=1000)

    class Meta(Orderable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.indicator


class RegulationReview(ClusterableModel, RecordOfVillage):
    """Where a rule of the village should be better (*lembar telaah regulasi*), such as that on its SOTK."""

    document = models.CharField(
        _("document"), max_length=300, help_text=_("For example: Perdes 3/2016 tentang SOTK.")
    )
    reviewed_on = models.DateField(_("date of the review"))
    reviewer = models.CharField(_("reviewed by"), max_length=200, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("regulation review sheet")
        verbose_name_plural = _("regulation review sheets")
        ordering = ["-reviewed_on", "-created_at"]

    def __str__(self) -> str:
        return self.document


class RegulationReviewRow(Orderable):
    """One article: its problem, a better text, and the higher rule that says so."""

    review = ParentalKey(RegulationReview, on_delete=models.PROTECT, related_name="rows")
    article = models.CharField(_("article"), max_length=60)
    problem = models.TextField(_("problem"), max_length=1000)
    suggestion = models.TextField(_("suggested change"), blank=True, max_length=1000)
    reference = models.CharField(
        _("rule referred to"), max_length=200, blank=True, help_text=_("For example: PP 16/2026 Ps 65.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return self.article
