"""Addresses of a training's pages, and what can be read on its cards."""

import re
from typing import Any

from django.urls import reverse

from lms.cohorts.models import Cohort

PIN = re.compile(r"<dt>PIN</dt><dd>(\d{3}) (\d{3})</dd>")


def page(name: str, cohort: Cohort, *more: Any) -> str:
    return reverse(f"cohort:{name}", args=[cohort.pk, *more])


def pins_on(response: Any) -> list[str]:
    return ["".join(parts) for parts in PIN.findall(response.content.decode())]
