"""Cards with code and PIN as PDF. What is made here is sent once: no file of it is kept anywhere."""

from collections.abc import Iterable

from lms.cohorts.domain import Card
from lms.cohorts.exports.frame import bare, frame_of
from lms.cohorts.exports.meetings import TEMPLATES
from lms.cohorts.models import Cohort
from lms.press.paper import PaperSize, print_paper


def cards_pdf(cohort: Cohort, cards: Iterable[Card], *, address: str, paper: PaperSize) -> bytes:
    """Sheets of cards with marks to cut along. Raises RuntimeError like ``print_paper``."""
    data = {
        "training": cohort.title,
        "address": address,
        "cards": [
            {
                "name": card.participant.full_name,
                "where": ", ".join(
                    part
                    for part in (
                        f"Dusun {card.participant.dusun}" if card.participant.dusun else "",
                        bare(card.participant.village.name),
                    )
                    if part
                ),
                "code": card.participant.code,
                "pin": f"{card.pin[:3]} {card.pin[3:]}",
            }
            for card in cards
        ],
    }
    return print_paper(
        TEMPLATES / "cards.typ", data, paper, frame=frame_of(cohort, "Kartu"), has_heading=False
    )
