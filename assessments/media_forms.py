"""The upload of pictures and recordings."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.media import CleanMedia, clean_media
from assessments.models import QuestionMedia


class NewMediaForm(WagtailAdminModelForm):
    """A new picture or recording; what it is comes from its content."""

    cleaned: CleanMedia

    def clean_file(self) -> Any:
        self.cleaned = clean_media(self.cleaned_data["file"].read())
        return ContentFile(self.cleaned.data, name=f"media{self.cleaned.suffix}")

    def _post_clean(self) -> None:
        if hasattr(self, "cleaned"):
            self.instance.kind, self.instance.content_type = self.cleaned.kind, self.cleaned.content_type
        super()._post_clean()

    def save(self, commit: bool = True) -> QuestionMedia:
        media: QuestionMedia = super().save(commit=commit)
        return media
