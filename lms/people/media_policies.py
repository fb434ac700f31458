"""Who may do what with pictures and documents of Wagtail's libraries.

Wagtail 7.4 keeps these policies in modules that 8.0 calls deprecated and does not let be imported early; made
here they are the same in both.
"""

from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

image_policy = CollectionOwnershipPermissionPolicy(
    get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user"
)
document_policy = CollectionOwnershipPermissionPolicy(
    get_document_model(), auth_model=Document, owner_field_name="uploaded_by_user"
)
