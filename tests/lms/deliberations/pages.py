"""What a browser sends for records of deliberations."""

from typing import Any

from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import gettext

from lms.cohorts.models import Cohort
from tests.lms.cohorts.test_viewsets import children


def words(response: Any) -> str:
    """The text of a page."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def said(text: str, **values: Any) -> str:
    """A sentence of the interface as pages in Indonesian show it."""
    with translation.override("id"):
        translated = " ".join(gettext(text).split())
    return translated % values if values else translated


def typed_minutes(
    cohort: Cohort, *, proposals: Any = (), signatories: Any = (), **changes: Any
) -> dict[str, Any]:
    """Minutes of a hamlet deliberation as somebody types them."""
    own = {
        "village": cohort.village_id,
        "cohort": cohort.pk,
        "kind": "musdus",
        "letterhead": "pemdes",
        "held_on": "20 Juni 2018",
        "dusun": "Piebulak",
        "starts_at": "09.00",
        "place": "Kapela Piebulak",
        "chair": "Yosef Mali Bele",
        "note_taker": "Anastasia Bete",
        "matters": "Air bersih",
        "results": "Air bersih diusulkan",
        "men": "14",
        "women": "11",
    }
    return {
        **own,
        **children("proposals", [{"ORDER": n, **row} for n, row in enumerate(proposals, start=1)]),
        **children("signatories", [{"ORDER": n, **row} for n, row in enumerate(signatories, start=1)]),
        **changes,
    }


def proposal(**fields: Any) -> dict[str, Any]:
    return {
        "activity": "Perpipaan air bersih",
        "field": "pembangunan",
        "dusun": "Piebulak",
        "volume": "1200",
        "unit": "m",
        "cost_typed": "1,2 juta",
        "rank": "1",
        **fields,
    }
