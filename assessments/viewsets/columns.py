"""Columns that several lists show."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column


class StandingColumn(Column):
    """Whether it holds today, in words."""

    def get_value(self, instance: Any) -> str:
        return str(instance.standing(timezone.localdate()).label)


class LinkColumn(Column):
    """``get_url`` of a row as a link; without an address the cell stays empty."""

    def __init__(self, *args: Any, get_url: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address_of = get_url

    def get_value(self, instance: Any) -> str:
        address = self._address_of(instance)
        return format_html('<a href="{}">{}</a>', address, super().get_value(instance)) if address else ""
