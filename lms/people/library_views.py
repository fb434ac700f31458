"""Doors of Wagtail's libraries that do not ask for rights on the collection, closed.

Everything else of Wagtail's asks its permission policy, and with it the rights of the groups of libraries
(``lms.people.domain.libraries``). ``tests/security/test_media_libraries.py`` knocks at all of them.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views import bulk_actions as of_documents
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import bulk_actions as of_images
from wagtail.images.views.chooser import ImageSelectFormatView

from lms.people.media_policies import document_policy, image_policy

_SEE = ["choose", "change", "delete"]


class ChosenFormatView(ImageSelectFormatView):
    """How a picture stands in a text; Wagtail shows it, and its file, to whoever knows its number."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        image = get_object_or_404(get_image_model(), pk=kwargs["image_id"])
        if not image_policy.user_has_permission_for_instance(request.user, "choose", image):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]


class OwnImages(ImagesAdminAPIViewSet):
    """Pictures as the admin's scripts ask for them."""

    def get_queryset(self) -> QuerySet[Any]:
        allowed = image_policy.instances_user_has_any_permission_for(self.request.user, _SEE)
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


class OwnDocuments(DocumentsAdminAPIViewSet):
    """Documents as the admin's scripts ask for them."""

    def get_queryset(self) -> QuerySet[Any]:
        allowed = document_policy.instances_user_has_any_permission_for(self.request.user, _SEE)
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


class _OwnOnly:
    """Wagtail names what may not be changed, by its title. What may not even be seen is not named."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        seen = {kind: [item for item in items if self._may_see(item)] for kind, items in others.items()}
        if not objects and not any(seen.values()):
            raise Http404
        return objects, seen

    def _may_see(self, item: Any) -> bool:
        policy = self.permission_policy  # type: ignore[attr-defined]
        return bool(policy.user_has_any_permission_for_instance(self.request.user, _SEE, item))  # type: ignore[attr-defined]


class TagImages(_OwnOnly, of_images.AddTagsBulkAction):
    pass


class MoveImages(_OwnOnly, of_images.AddToCollectionBulkAction):
    pass


class DeleteImages(_OwnOnly, of_images.DeleteBulkAction):
    pass


class TagDocuments(_OwnOnly, of_documents.AddTagsBulkAction):
    pass


class MoveDocuments(_OwnOnly, of_documents.AddToCollectionBulkAction):
    pass


class DeleteDocuments(_OwnOnly, of_documents.DeleteBulkAction):
    pass


BULK_ACTIONS = (TagImages, MoveImages, DeleteImages, TagDocuments, MoveDocuments, DeleteDocuments)
