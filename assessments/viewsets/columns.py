"""Columns that several lists show."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.tables import Column


class StandingColumn(Column):
    """Whether it holds today, in words."""

    def get_value(self, instance: Any) -> str:
        return str(instance.standing(timezone.localdate()).label)
