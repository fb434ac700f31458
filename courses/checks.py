"""System check: the doors of Wagtail's libraries lead through our forms, on a host site too."""

from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning
from wagtail.documents.forms import get_document_base_form
from wagtail.images.forms import get_image_base_form

from courses.upload_forms import CleanDocumentForm, CleanImageForm


@register()
def uploads_are_cleaned(**kwargs: Any) -> list[CheckMessage]:
    doors = (
        ("WAGTAILIMAGES_IMAGE_FORM_BASE", get_image_base_form(), CleanImageForm),
        ("WAGTAILDOCS_DOCUMENT_FORM_BASE", get_document_base_form(), CleanDocumentForm),
    )
    return [
        CheckWarning(
            f"{setting} is not a form that cleans uploads: the place of a photo would be published.",
            hint=f"Set it to {ours.__module__}.{ours.__name__} or a subclass.",
            id="courses.W001",
        )
        for setting, used, ours in doors
        if not issubclass(used, ours)
    ]
