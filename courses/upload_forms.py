"""The doors of Wagtail's libraries of pictures and documents: every upload is cleaned before it is stored.

Wagtail builds the forms of all its upload pages (one file, many files, in a chooser, a new file for an old
entry) on the two classes below, whatever model a host site has:

    WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.upload_forms.CleanImageForm"
    WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.upload_forms.CleanDocumentForm"
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from courses.domain.pictures import prepare_picture
from courses.intake import HEAVY
from courses.intake.files import clean_file
from courses.intake.pictures import clean_picture

_PICTURE_HELP = _(
    "JPEG, PNG, WebP or HEIC, at most 10 MB. The place and the camera are removed, and pages show a light "
    "copy. Drawings in SVG are not taken."
)
_DOCUMENT_HELP = _(
    "PDF, Word, Excel or PowerPoint up to 10 MB; recordings and films up to 25 MB. Recordings become light "
    "by themselves (about 240 kB a minute). Above 200 kB people pay a lot for a download: make PDFs with "
    "small pictures, and films short."
)


class _CleanImageField(WagtailImageField):
    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile) and forms.FileField.to_python(self, data) is not None:
            _keep_clean(data, clean_picture)
        return super().to_python(data)


class _CleanDocumentField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile) and forms.FileField.to_python(self, data) is not None:
            _keep_clean(data, clean_file)
        return super().to_python(data)


class CleanImageForm(BaseImageForm):
    """A picture of the library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _replace(self, _CleanImageField, _PICTURE_HELP)

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            # Wagtail has just thrown away every copy, also those of the new file.
            transaction.on_commit(lambda: prepare_picture(image), robust=True)
        return image

    class Meta(BaseImageForm.Meta):
        pass


class CleanDocumentForm(BaseDocumentForm):
    """A document, recording or film of the library; tells its weight if that is much."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _replace(self, _CleanDocumentField, _DOCUMENT_HELP)
        size = getattr(self.instance, "file_size", None) or 0
        if size > HEAVY and "title" in self.fields:
            self.fields["title"].help_text = heavy_warning(size)

    class Meta(BaseDocumentForm.Meta):
        pass


def heavy_warning(size: int) -> str:
    """What an author is told about a heavy file."""
    return gettext(
        "This file weighs %(size)s. That is more than 200 kB: on a thin line people wait for minutes and pay "
        "for it. Make it smaller if you can; the page tells its size before anybody loads it."
    ) % {"size": filesizeformat(size)}


def _replace(form: Any, field_class: type[forms.FileField], help_text: Any) -> None:
    """Put our field in the place of Wagtail's, with the widget that Wagtail set up."""
    old = form.fields.get("file")
    if old is None:
        return
    field = field_class(label=old.label, required=old.required, widget=old.widget, initial=old.initial)
    field.help_text = help_text
    form.fields["file"] = field


def _keep_clean(upload: UploadedFile, clean: Callable[[bytes], Any]) -> None:
    """Overwrite the upload itself: Wagtail keeps the one of the request when another field has an error."""
    if getattr(upload, "_is_clean", False):
        return
    upload.seek(0)
    cleaned = clean(upload.read())
    upload.seek(0)
    upload.truncate()
    upload.write(cleaned.data)
    upload.flush()
    upload.seek(0)
    upload.size = len(cleaned.data)
    upload.name = f"{PurePath(str(upload.name)).stem or 'file'}{cleaned.suffix}"
    upload._is_clean = True  # type: ignore[attr-defined]
