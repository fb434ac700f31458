"""Pictures of a lesson at the weight that a phone can bear."""

from typing import Any

from django import template
from wagtail.images.shortcuts import get_rendition_or_not_found

from courses.models import PreparedPicture

register = template.Library()

# Quick to draw, for the rare reader who comes before the light copies are there.
PLAIN = "max-480x960|format-jpeg|jpegquality-42"


@register.filter
def prepared(image: Any) -> Any:
    """The light copies of a picture, or None."""
    return PreparedPicture.objects.of(image) if image else None


@register.simple_tag
def plain_copy(image: Any) -> Any:
    return get_rendition_or_not_found(image, PLAIN)


@register.simple_tag
def poster_of(image: Any) -> Any:
    """The one picture that stands before a film: the light JPEG, with its address and size."""
    light = prepared(image)
    return light.fallback[-1] if light else plain_copy(image)
