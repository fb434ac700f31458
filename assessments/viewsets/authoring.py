"""What all screens of authors have in common."""

from typing import Any

from wagtail.admin.viewsets.model import ModelViewSet


class AuthoringViewSet(ModelViewSet):
    """Screens that open to model permissions only: no chooser, no copy, no index of references or search.

    Copying is off because a copy would carry the code of its original, and one may copy what one may not
    see (GHSA-x5cx-w6p2-mxf2).
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    # The columns are searched directly; nothing of an instrument enters Wagtail's search index.
    search_backend_name = None


class KeptViewSet(AuthoringViewSet):
    """Records that people's results point at are edited, never deleted here."""

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None}
