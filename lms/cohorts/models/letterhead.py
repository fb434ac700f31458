"""The letterhead (*kop surat*) of an organisation. Imported by ``models``, which others import it from."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.storage import private_files
from lms.ids import new_id
from lms.people.models import Organisation, Village
from lms.people.scoping import ScopedQuerySet


def logo_path(letterhead: "Letterhead", filename: str) -> str:
    """A name that tells nothing about the organisation."""
    return f"letterheads/{uuid.uuid4().hex}.jpg"


class LetterheadQuerySet(ScopedQuerySet):
    # Of the office, not of one training: whoever works for it sees it.
    cohort_path = ""


class Letterhead(models.Model):
    """What stands at the head of an organisation's papers, everywhere or in one village only.

    Several offices may hold trainings through one organisation: a village has its own where it has one.
    The state emblem (*Garuda*) is not for villages and associations (UU 24/2009): the form asks for the
    emblem of the region or of the organisation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="letterheads"
    )
    village = models.ForeignKey(
        Village,
        verbose_name=_("only for trainings in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letterheads",
        help_text=_("Leave empty for all trainings of the organisation without a letterhead of their own."),
    )
    lines = models.TextField(
        _("name of the office"),
        max_length=400,
        help_text=_(
            "One line each, the highest office first, as it stands on letters. The last is printed largest."
        ),
    )
    contact = models.TextField(
        _("address"),
        max_length=400,
        blank=True,
        help_text=_("One or two lines: street, postal code, telephone, e-mail, website."),
    )
    logo = models.FileField(_("logo"), upload_to=logo_path, storage=private_files, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ["organisation__name", "village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "village"],
                name="letterhead_once_a_village",
                violation_error_message=_("There is a letterhead for this village already. Change that one."),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(village__isnull=True),
                name="letterhead_once_for_all",
                violation_error_message=_(
                    "There is a letterhead for all trainings already. Change that one, or choose a village."
                ),
            ),
        ]

    @property
    def place(self) -> str:
        """Where it is used, in words."""
        return str(self.village) if self.village else gettext("all villages")

    def __str__(self) -> str:
        return self.lines.strip().rsplit("\n", 1)[-1].strip() or str(self.organisation_id)
