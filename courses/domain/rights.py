"""Rights over a branch of pages, as Wagtail keeps them."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page


def give_rights(group: Group, page: Page, codenames: Iterable[str]) -> None:
    """Give a group rights over a page and what lies below. Repeating changes nothing."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=list(codenames)
    )
    for permission in permissions:
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
