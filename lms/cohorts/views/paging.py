"""Long lists of staff, page by page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ON_A_PAGE = 50


def page_of(
    request: HttpRequest, things: Sequence[Any] | QuerySet[Any], *, size: int | None = None
) -> "Page[Any]":
    """The page that the address asks for (``p``), or the nearest there is. ``things`` have an order.

    The template draws what is on it, then includes ``cohorts/_pages.html`` with ``page``.
    """
    return Paginator(things, size or ON_A_PAGE).get_page(request.GET.get("p"))
