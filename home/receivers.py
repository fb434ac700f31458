"""Give a new site its front page before the courses look for one."""

from typing import Any

from wagtail.models import Page, Site

from courses.imports.pages import PageLoader
from home.imports import front_pages
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
