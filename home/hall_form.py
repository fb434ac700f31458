"""The form of a Balai Rakyat's page in Wagtail's admin: only pictures of one's own organisations.

Not in ``forms``: Wagtail wants a page to name its form, and models are below forms.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.news_form import PUBLISH


class HallPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        picture = cleaned.get("picture")
        if picture is None or not self._is_new(picture):
            return cleaned
        if not type(picture).objects.visible_to(self.for_user).filter(pk=picture.pk).exists():
            text = _("Choose a picture from your own trainings.")
            self.add_error("picture", ValidationError(text, "foreign"))
        elif PUBLISH in self.data and not picture.everybody_agreed:
            text = _("Not everybody in this picture has agreed yet. Ask them and tick it at the picture.")
            self.add_error("picture", ValidationError(text, "no_consent"))
        return cleaned

    def _is_new(self, picture: Any) -> bool:
        return PUBLISH in self.data or "picture" in self.changed_data
