"""Give every organisation its library of pictures and documents, and keep who works in it."""

from typing import Any

from django.contrib.auth import get_user_model

from lms.people.domain.libraries import close_library, keep_authors, open_library
from lms.people.models import MediaLibrary


def organisation_saved(sender: object, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of ``post_save`` of an organisation: a new one, or one with another name."""
    if not raw:
        open_library(organisation=instance)


def library_deleted(sender: object, instance: Any, **kwargs: Any) -> None:
    """Receiver of ``post_delete`` of a library, which goes with its organisation."""
    close_library(library=instance)


def membership_changed(sender: object, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of ``post_save`` and ``post_delete`` of a staff membership."""
    if not raw:
        keep_authors(user=instance.user)


def groups_changed(sender: object, instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """Receiver of ``m2m_changed`` of the groups of users, from either side."""
    if not action.startswith("post_"):
        return
    people = [instance]
    if reverse:
        people = list(get_user_model().objects.filter(pk__in=kwargs["pk_set"] or ()))
    for user in people:
        keep_authors(user=user)


def rights_changed(sender: object, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of ``post_save`` and ``post_delete`` of a right on a collection: on the common one it decides
    who is an author."""
    common = MediaLibrary.objects.filter(organisation__isnull=True, collection=instance.collection_id)
    if raw or not common.exists():
        return
    for user in get_user_model().objects.filter(groups=instance.group_id):
        keep_authors(user=user)


def signed_in(sender: object, user: Any, **kwargs: Any) -> None:
    """Receiver of ``user_logged_in``: groups may have changed in ways that send no news."""
    if hasattr(user, "memberships"):
        keep_authors(user=user)
