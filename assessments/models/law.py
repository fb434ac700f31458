"""The register of legal bases: which provision says what, since when, until when, and who has read it.

Lessons, questions and suggestions point here, so that one revocation is known wherever the rule is cited.
"""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from assessments.citations import Citation, parse_citation
from assessments.enums import Attention, Explanation, Known, Standing
from assessments.models.law_queries import LegalBasisQuerySet
from assessments.models.regulations import Checked, Regulation, refuse_reversed, standing_of


def _widest(citations: list[str]) -> list[str]:
    """Without what stands inside an article that is there too. A whole regulation tells less than one."""
    articles = [each for each in citations if " Ps " in each]
    return [
        each
        for each in citations
        if not any(each.startswith(f"{wide} ") and not each.startswith(f"{wide} jo.") for wide in articles)
    ]


class LegalBasis(RevisionMixin, Checked, ClusterableModel):
    """One provision in our own words. Its citation is unique and derived from its parts."""

    regulation = models.ForeignKey(
        Regulation, verbose_name=_("regulation"), on_delete=models.PROTECT, related_name="bases"
    )
    explanation = models.CharField(
        _("explanation"),
        max_length=15,
        choices=Explanation.choices,
        blank=True,
        help_text=_("Only if it stands in the explanation (penjelasan) of the regulation."),
    )
    article = models.CharField(
        _("article"),
        max_length=20,
        blank=True,
        help_text=_("For example 79 or 31-37. Empty: the whole regulation."),
    )
    part = models.CharField(
        _("paragraph"),
        max_length=60,
        blank=True,
        help_text=_("For example: ayat (4)-(6), or ayat (1) huruf b."),
    )
    amended_by = models.ForeignKey(
        Regulation,
        verbose_name=_("as amended by (jo.)"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_bases",
    )
    citation = models.CharField(_("citation"), max_length=160, unique=True, editable=False)
    summary = models.TextField(
        _("in our own words (Indonesian)"), help_text=_("One or two plain sentences, no quotation.")
    )
    summary_en = models.TextField(_("in our own words (English)"), blank=True)
    valid_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: as its regulation.")
    )
    valid_to = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("Empty: as its regulation.")
    )
    replaces = ParentalManyToManyField(
        "self",
        verbose_name=_("replaces"),
        symmetrical=False,
        blank=True,
        related_name="replaced_by",
        help_text=_("The older provisions in whose place it stands."),
    )
    recheck_on = models.DateField(_("look again on"), null=True, blank=True)
    # Written by the nightly task, apart from ``needs_check``, which is somebody's own word.
    overdue = models.BooleanField(_("past its date"), default=False, editable=False)
    local_note = models.TextField(
        _("local note"),
        blank=True,
        help_text=_("What holds in one regency only, for example a rule of its regent (Perbup)."),
    )

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["citation"]
        constraints = [
            models.CheckConstraint(condition=~Q(citation=""), name="legal_basis_has_citation"),
            models.CheckConstraint(
                condition=Q(part="") | ~Q(article=""), name="legal_basis_part_has_article"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="legal_basis_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(recheck_on=None) | Q(checked_on=None) | Q(recheck_on__gt=F("checked_on")),
                name="legal_basis_recheck_is_later",
            ),
            models.CheckConstraint(
                condition=~Q(amended_by=F("regulation")), name="legal_basis_amended_by_another"
            ),
            models.CheckConstraint(condition=Q(known__in=Known.values), name="legal_basis_known"),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def place(self) -> Citation:
        """The citation in its parts."""
        amended_by = self.amended_by.rule if self.amended_by else None
        return Citation(self.regulation.rule, self.article, self.part, self.explanation, amended_by)

    @property
    def text(self) -> str:
        """The summary in the language of the interface."""
        return (self.summary_en or self.summary) if get_language() == "en" else self.summary

    @property
    def text_language(self) -> str:
        return "en" if get_language() == "en" and self.summary_en else "id"

    @property
    def is_marked(self) -> bool:
        """Whether readers are told to compare it with JDIH first."""
        return self.needs_check or self.overdue or self.known != Known.VERIFIED

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Laws first, then government regulations, then others; old before new; articles by number."""
        order = {"UU": 0, "PP": 1}.get(self.regulation.kind, 2)
        number = re.match(r"\d+", self.article)
        article = int(number.group()) if number else 0
        return (order, self.regulation.year, self.regulation.number, article, self.citation)

    def standing(self, on: datetime.date) -> Standing:
        """Whether it holds on a day: the worse of its own dates and those of its regulation."""
        both = {standing_of(self.valid_from, self.valid_to, on), self.regulation.standing(on)}
        return next(each for each in (Standing.REVOKED, Standing.NOT_YET, Standing.IN_FORCE) if each in both)

    def attention(self, on: datetime.date) -> Attention | None:
        """Why somebody should look at it, the gravest reason; None if all is well."""
        if self.standing(on) == Standing.REVOKED:
            return Attention.REVOKED
        if self.recheck_on is not None and self.recheck_on <= on:
            return Attention.DUE
        if self.checked_on is None:
            return Attention.NEVER
        return Attention.UNSURE if self.is_marked else None

    @property
    def replacement(self) -> str:
        """What stands in its place, as citations; "" if nobody has said it.

        Of an article and its paragraphs only the article: a reader looks there for the rest.
        """
        if hasattr(self, "new_citations"):
            newer = (self.new_citations or "").split(", ")
        else:
            newer = sorted(each.citation for each in self.replaced_by.all())
        by = self.regulation.revoked_by
        return ", ".join(_widest(newer)) or (by.name if by else "")

    def clean(self) -> None:
        super().clean()
        refuse_reversed(self.valid_from, self.valid_to)
        if self.recheck_on and self.checked_on and self.recheck_on <= self.checked_on:
            raise ValidationError({"recheck_on": _("Choose a day after the one on which it was read.")})
        if self.regulation_id is None:
            return
        if self.amended_by_id == self.regulation_id:
            raise ValidationError(
                {"amended_by": _("Choose the regulation that changed this one, or leave it empty.")}
            )
        place = parse_citation(str(self.place))
        if place != self.place:
            raise ValidationError(
                {"article": _("This is no place in a regulation. Write for example 79 and ayat (1) huruf b.")}
            )
        others = LegalBasis.objects.exclude(pk=self.pk)
        if others.filter(citation=str(place)).exists():
            raise ValidationError(
                {"article": _("The register has %(citation)s already.") % {"citation": place}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.citation = str(self.place)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "citation"}
        super().save(*args, **kwargs)
