"""The shared library of pictures and documents, divided among organisations. Imported by ``models``."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection


class MediaLibrary(models.Model):
    """The collection of an organisation and the group that may work in it; without an organisation: the
    common one, which authors of all organisations may choose from.

    Wagtail gives rights on collections to groups, and our groups are roles. So each organisation has a group
    of its own, which holds its authors (``lms.people.domain.libraries``).
    """

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, null=True, related_name="library"
    )
    # Wagtail lets administrators delete a collection once it is empty; ``setup_roles`` makes it anew.
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.SET_NULL, null=True, related_name="media_library")

    class Meta:
        verbose_name = _("media library")
        verbose_name_plural = _("media libraries")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(organisation__isnull=True),
                name="media_library_common_once",
            )
        ]

    def __str__(self) -> str:
        return self.collection.name
