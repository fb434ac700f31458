"""Give a new site its front page and the pages for news, library and halls; keep who writes there."""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, Site

from courses.imports.pages import PageLoader
from home.domain.library import keep_proposers
from home.domain.news import keep_writers
from home.imports import front_pages, indexes
from home.models import HomePage


def make_front_pages(sender: object, loader: PageLoader, **kwargs: Any) -> None:
    """Receiver of ``courses.signals.site_tree_wanted``.

    On a fresh site our front page takes the place of Wagtail's welcome page. A site whose root page is
    another one was arranged by people and stays so.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not (_is_welcome(site.root_page) or isinstance(site.root_page.specific, HomePage)):
        return
    root = Page.get_first_root_node()
    placed = [loader.place(source, parent=root, in_order=False) for source in front_pages()]
    if _is_welcome(site.root_page) and placed[0] is not None:
        _take_over(site, placed[0])
    for sources in indexes():
        for source, front in zip(sources, placed, strict=True):
            if front is not None:
                loader.place(source, parent=front, in_order=False)


def membership_changed(sender: object, instance: Any, **kwargs: Any) -> None:
    """Receiver of ``post_save`` and ``post_delete`` of a staff membership."""
    _keep_groups(instance.user)


def groups_changed(sender: object, instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """Receiver of ``m2m_changed`` of the groups of users, from either side."""
    if not action.startswith("post_"):
        return
    people = [instance]
    if reverse:
        people = list(get_user_model().objects.filter(pk__in=kwargs["pk_set"] or ()))
    for user in people:
        _keep_groups(user)


def signed_in(sender: object, user: Any, **kwargs: Any) -> None:
    """Receiver of ``user_logged_in``: permissions may have changed in ways that send no news."""
    if hasattr(user, "memberships"):
        _keep_groups(user)


def _keep_groups(user: Any) -> None:
    keep_writers(user=user)
    keep_proposers(user=user)


def _is_welcome(page: Page) -> bool:
    """A page without a type of its own has no template: nobody can have meant it as a front page."""
    return page.specific_class is Page


def _take_over(site: Site, front: Page) -> None:
    welcome = site.root_page
    site.root_page = Page.objects.get(pk=front.pk)
    site.save()
    for child in welcome.get_children():
        child.move(Page.objects.get(pk=front.pk), pos="last-child")
    Page.objects.get(pk=welcome.pk).delete()
