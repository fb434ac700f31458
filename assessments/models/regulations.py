"""Regulations: what they are called, since when and until when they hold, and what revoked them."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from assessments.citations import Rule
from assessments.enums import Known, Standing

KNOWN_HELP = _("“Read in the text” only if you had the text of the rule itself before you.")
_VALID_FROM_HELP = _("The first day. Empty if it is not known.")
_VALID_TO_HELP = _("The last day. Empty as long as the rule is in force.")


class Checked(models.Model):
    """What is known of a rule, from where, and who has looked at it."""

    known = models.CharField(
        _("how it is known"), max_length=9, choices=Known.choices, default=Known.MEMORY, help_text=KNOWN_HELP
    )
    needs_check = models.BooleanField(
        _("must still be checked on JDIH"),
        default=False,
        help_text=_("Readers see “perlu diperiksa di JDIH” wherever it is cited."),
    )
    source = models.CharField(
        _("where it was read"), max_length=300, blank=True, help_text=_("For example the address on JDIH.")
    )
    checked_on = models.DateField(_("read on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    # Fingerprint of what the loader wrote; see assessments.imports.register.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class RegulationQuerySet(models.QuerySet["Regulation"]):
    def in_force(self, on: datetime.date) -> "RegulationQuerySet":
        """Regulations that hold on a day; an unknown first day counts as long ago."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=on))

    def revoked(self, on: datetime.date) -> "RegulationQuerySet":
        """Regulations whose last day was before a day."""
        return self.filter(valid_to__lt=on)


class Regulation(RevisionMixin, Checked):
    """A law, government regulation or the like as a whole."""

    kind = models.CharField(
        _("kind"),
        max_length=40,
        validators=[
            RegexValidator(
                r"^(?!Penjelasan\b)[A-Z][A-Za-z]*( (?!Ps\b)[A-Z][A-Za-z]*)*$",
                _("Write it as in citations: UU, PP, Permendagri, Permendesa PDTT, Perbup Belu."),
            )
        ],
        help_text=_("As in citations: UU, PP, Permendagri, Permendesa PDTT, Perbup Belu."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1945), MaxValueValidator(2199)]
    )
    title = models.CharField(_("title (Indonesian)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True, help_text=_VALID_FROM_HELP)
    valid_to = models.DateField(_("in force until"), null=True, blank=True, help_text=_VALID_TO_HELP)
    revoked_by = models.ForeignKey(
        "self",
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revoked",
        help_text=_("The rule that took its place. It shows in every lesson that cites the old one."),
    )

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["kind", "year", "number"]
        constraints = [
            models.UniqueConstraint(Lower("kind"), "number", "year", name="regulation_once"),
            models.CheckConstraint(condition=Q(number__gte=1, year__gte=1945), name="regulation_has_number"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="regulation_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(valid_to__isnull=False), name="regulation_revoked_has_end"
            ),
            models.CheckConstraint(condition=~Q(revoked_by=F("pk")), name="regulation_revoked_by_another"),
            models.CheckConstraint(condition=Q(known__in=Known.values), name="regulation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"

    @property
    def rule(self) -> Rule:
        return Rule(self.kind, self.number, self.year)

    @property
    def name(self) -> str:
        """As in citations: ``PP 16/2026``."""
        return str(self.rule)

    @property
    def label(self) -> str:
        """The title in the language of the interface."""
        return (self.title_en or self.title) if get_language() == "en" else self.title

    def clean(self) -> None:
        """A rule that another one revoked ends the day before that one begins, unless somebody says a day."""
        super().clean()
        by = self.revoked_by
        if by is not None and by.pk == self.pk:
            raise ValidationError(
                {"revoked_by": _("Choose the other regulation, the one that revoked this.")}
            )
        if by is not None and self.valid_to is None and by.valid_from is not None:
            self.valid_to = by.valid_from - datetime.timedelta(days=1)
        if by is not None and self.valid_to is None:
            raise ValidationError(
                {"valid_to": _("Say until which day it was in force, if another rule revoked it.")}
            )
        refuse_reversed(self.valid_from, self.valid_to)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Citations are derived: whoever mends a number mends it in all of them."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        for bases in () if is_new else (self.bases, self.amended_bases):
            for basis in bases.with_rules():  # type: ignore[attr-defined]
                if basis.citation != str(basis.place):
                    basis.save()

    def standing(self, on: datetime.date) -> Standing:
        """Whether it holds on a day."""
        return standing_of(self.valid_from, self.valid_to, on)


def standing_of(begin: datetime.date | None, end: datetime.date | None, on: datetime.date) -> Standing:
    if end is not None and end < on:
        return Standing.REVOKED
    return Standing.NOT_YET if begin is not None and begin > on else Standing.IN_FORCE


def refuse_reversed(begin: datetime.date | None, end: datetime.date | None) -> None:
    if begin and end and begin > end:
        raise ValidationError({"valid_to": _("The last day cannot be before the first.")})
