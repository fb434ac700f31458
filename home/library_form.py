"""The form of a document of the library in Wagtail's admin, and what publishing asks for.

Not in ``forms``: Wagtail wants a page to name its form, and models are below forms.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.news_form import PUBLISH
from lms.cohorts.queries.villages import villages_of


class LibraryDocumentForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = self.parent_page.specific if self.parent_page else None
        if "village" in self.fields and hasattr(self.shelf, "organisation"):
            field: Any = self.fields["village"]
            field.queryset = villages_of(self.shelf.organisation)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        file = cleaned.get("document")
        collection = getattr(self.shelf, "collection", None)
        if file is not None and collection is not None and file.collection_id != collection.pk:
            text = _(
                "This file lies elsewhere. Upload it here, into the collection “%(collection)s”: there it "
                "stays hidden until the document is published."
            )
            self.add_error(
                "document", ValidationError(text % {"collection": collection.name}, "other_collection")
            )
        if PUBLISH in self.data:
            self._ask_for_what_publishing_needs(cleaned)
        return cleaned

    def _ask_for_what_publishing_needs(self, cleaned: dict[str, Any]) -> None:
        if not (cleaned.get("document") or cleaned.get("link") or self.errors):
            self.add_error(
                "document", ValidationError(_("Upload the file, or give a link to it."), "nothing")
            )
        if not cleaned.get("right"):
            self.add_error("right", ValidationError(_("Say why it may be published."), "no_right"))
        if not cleaned.get("may_be_public"):
            text = _("Look whether everybody may get it, and tick this. Until then save it as a draft.")
            self.add_error("may_be_public", ValidationError(text, "not_ticked"))
