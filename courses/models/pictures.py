"""What is known of a picture before a page asks: the light copies that were made of it, and their sizes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.core.files.storage import Storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model, get_image_model_string

_ATTRIBUTE = "_prepared_picture"


@dataclass(frozen=True, slots=True)
class Copy:
    """One file that a browser may load."""

    format: str
    width: int
    height: int
    size: int
    url: str


class PreparedPictureQuerySet(models.QuerySet[Any]):
    def attach_to(self, images: Iterable[Any]) -> Self:
        """Tell each image its light copies, or None. One query for all, a second while some have none."""
        wanted = list(images)
        if wanted:
            found = {row.image_id: row for row in self.filter(image__in={image.pk for image in wanted})}
            for image in wanted:
                row = found.get(image.pk)
                setattr(image, _ATTRIBUTE, row if row is not None and row.fits(image) else None)
        without = [image for image in wanted if getattr(image, _ATTRIBUTE) is None]
        if len(without) > 1:
            # What was drawn for an earlier reader is used again, without asking for each.
            models.prefetch_related_objects(without, "renditions")
        return self

    def of(self, image: Any) -> Any:
        """The light copies of one image, or None; no query if they were attached."""
        if not hasattr(image, _ATTRIBUTE):
            self.attach_to([image])
        return getattr(image, _ATTRIBUTE)


class PreparedPicture(models.Model):
    """The light copies of a picture. Made at upload, so that no reader waits for them.

    The files are renditions of Wagtail's, which deletes them with the picture.
    """

    image = models.OneToOneField(
        get_image_model_string(), on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # The file that the copies were made of: another one makes them old.
    source = models.CharField(max_length=255, editable=False)
    # [{"format", "width", "height", "size", "name"}], narrow to wide, lightest format first.
    small = models.JSONField(default=list, editable=False)
    # One of them, or {} where the small ones show all there is.
    large = models.JSONField(default=dict, editable=False)

    objects = PreparedPictureQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("prepared picture")
        verbose_name_plural = _("prepared pictures")

    def __str__(self) -> str:
        return self.source

    def fits(self, image: Any) -> bool:
        return bool(self.small) and self.source == image.file.name

    @cached_property
    def offered(self) -> list[list[Copy]]:
        """The small copies by format, in the order in which browsers are offered them."""
        return list(self._by_format.values())

    @cached_property
    def sources(self) -> list[list[Copy]]:
        """The small copies by format, for ``<source>``; the fallback is not among them."""
        return [copies for copies in self._by_format.values() if copies[0].format != "jpeg"]

    @cached_property
    def fallback(self) -> list[Copy]:
        """The JPEG, which every browser shows."""
        return self._by_format["jpeg"]

    @cached_property
    def widest(self) -> Copy:
        """The place that the picture takes, whichever copy a browser loads."""
        return max((copy for copies in self._by_format.values() for copy in copies), key=lambda c: c.width)

    @cached_property
    def large_copy(self) -> Copy | None:
        return self._copy(self.large) if self.large else None

    @cached_property
    def _by_format(self) -> dict[str, list[Copy]]:
        found: dict[str, list[Copy]] = {}
        for entry in self.small:
            found.setdefault(entry["format"], []).append(self._copy(entry))
        return found

    def _copy(self, entry: dict[str, Any]) -> Copy:
        facts = {key: entry[key] for key in ("format", "width", "height", "size")}
        return Copy(**facts, url=_storage().url(entry["name"]))


def _storage() -> Storage:
    storage: Storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
    return storage
