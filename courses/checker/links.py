"""Links from the curriculum to pages and documents of the site that are not there (any more)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

_ANCHOR = re.compile(r"<a\b[^>]*>")
_ATTRIBUTE = re.compile(r'(id|linktype|href)="([^"]*)"')


class Link(NamedTuple):
    """Where a link leads: a page or document by id, or an address of this site."""

    kind: str
    target: str


class Places:
    """What the links of many pages lead to, looked up together. Three queries."""

    def __init__(self, links: Iterable[Link]) -> None:
        wanted = set(links)
        pages = {int(link.target) for link in wanted if link.kind == "page" and link.target.isdigit()}
        files = {int(link.target) for link in wanted if link.kind == "document" and link.target.isdigit()}
        live = Page.objects.live()
        self._pages = set(live.filter(pk__in=pages).values_list("pk", flat=True)) if pages else set()
        model = get_document_model()
        self._files = set(model.objects.filter(pk__in=files).values_list("pk", flat=True)) if files else set()
        asked = any(link.kind == "address" for link in wanted)
        self._addresses = {_path(page) for page in live.iterator()} if asked else set()

    def problem(self, link: Link) -> str | None:
        if link.kind == "page" and not _in(link.target, self._pages):
            return _("a link leads to a page that is not there or not published")
        if link.kind == "document" and not _in(link.target, self._files):
            return _("a link leads to a document that is not there")
        if (
            link.kind == "address"
            and link.target.split("#")[0].split("?")[0].rstrip("/") not in self._addresses
        ):
            return _("a link leads to “%(address)s”, where there is no page") % {"address": link.target}
        return None


def links_in(value: Any) -> Iterator[Link]:
    """The links of raw StreamField data or rich text that stay inside the site."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from links_in(item)
    elif isinstance(value, str):
        for anchor in _ANCHOR.findall(value):
            yield from _link(dict(_ATTRIBUTE.findall(anchor)))


def _link(attributes: dict[str, str]) -> Iterator[Link]:
    if attributes.get("linktype") in ("page", "document"):
        yield Link(attributes["linktype"], attributes.get("id", ""))
    elif attributes.get("href", "").startswith("/"):
        yield Link("address", attributes["href"])


def _in(target: str, known: set[int]) -> bool:
    return target.isdigit() and int(target) in known


def _path(page: Page) -> str:
    parts = page.get_url_parts()
    return (parts[2] if parts else "").rstrip("/")
