"""Which collection of pictures and documents belongs to which organisation, and who may work in it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission

from lms.people.models import MediaLibrary, Organisation

COMMON = "Bersama"
_APPS = ("wagtailimages", "wagtaildocs")
_CHOOSE = ("choose_image", "choose_document")
_WORK = ("add_image", "change_image", "add_document", "change_document", *_CHOOSE)


def open_library(*, organisation: Organisation) -> MediaLibrary | None:
    """The collection of an organisation, named as it is, with the group of its authors; made if missing.

    None on a site whose tree of collections has no root (a database that was just emptied).
    """
    with transaction.atomic():
        library = (
            MediaLibrary.objects.select_related("collection", "group")
            .filter(organisation=organisation)
            .first()
        )
        if library is None:
            collection = _new_collection(organisation.name)
            if collection is None:
                return None
            library = MediaLibrary(organisation=organisation, collection=collection)
        _name(library.collection, organisation.name)
        if library.group is None:
            library.group = _new_group(organisation)
            _allow(library.group, library.collection, _WORK)
        library.save()
        for user in get_user_model().objects.filter(memberships__organisation=organisation):
            keep_authors(user=user)
    return library


def open_common_library(*, authors: Iterable[Group] = ()) -> bool:
    """The collection that all may choose from and administrators fill; True if it was made now.

    Its authors: groups whose members work in the collections of their own organisations too.
    """
    with transaction.atomic():
        library = MediaLibrary.objects.filter(organisation__isnull=True).first()
        is_new = library is None
        if library is None:
            collection = _new_collection(COMMON)
            if collection is None:
                return False
            library = MediaLibrary.objects.create(collection=collection)
        for group in authors:
            _allow(group, library.collection, _CHOOSE)
    return is_new


def keep_authors(*, user: Any) -> None:
    """Bring a person's groups of libraries to what that person is: who may choose from the common collection
    works in those of the own organisations, nobody else. Repeating changes nothing."""
    with transaction.atomic():
        # Anew: an object in memory remembers what it had.
        person = get_user_model().objects.filter(pk=user.pk).first()
        if person is None:
            return
        wanted = set(Group.objects.filter(media_library__in=_libraries_of(person)))
        had = set(person.groups.filter(media_library__isnull=False))
        if had - wanted:
            person.groups.remove(*(had - wanted))
        if wanted - had:
            person.groups.add(*(wanted - had))


def close_library(*, library: MediaLibrary) -> None:
    """The organisation is gone: nobody works in its collection any more; what it holds stays on the pages."""
    if library.group is not None:
        library.group.delete()


def _libraries_of(person: Any) -> Any:
    may_choose = GroupCollectionPermission.objects.filter(
        group__user=person,
        permission__codename__in=_CHOOSE,
        collection__in=MediaLibrary.objects.filter(organisation__isnull=True).values("collection"),
    )
    if not person.is_active or person.is_superuser or not may_choose.exists():
        return MediaLibrary.objects.none()
    return MediaLibrary.objects.filter(organisation__in=person.memberships.values("organisation"))


def _new_collection(name: str) -> Collection | None:
    # Two collections that are made at once would get the same place in the tree.
    root = Collection.objects.select_for_update().filter(depth=1).first()
    return root.add_child(name=name[:255]) if root is not None else None


def _name(collection: Collection, name: str) -> None:
    if collection.name != name:
        collection.name = name
        collection.save(update_fields=["name"])


def _new_group(organisation: Organisation) -> Group:
    # The short code alone is not unique, the name alone may be long.
    name = f"Media {organisation.short_code}"
    if Group.objects.filter(name=name).exists():
        name = f"{name} {organisation.pk}"
    return Group.objects.create(name=name)


def _allow(group: Group, collection: Collection, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(content_type__app_label__in=_APPS, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
