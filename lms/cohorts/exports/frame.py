"""What all papers of a training share: letterhead, code, day of printing."""

import io
from zoneinfo import ZoneInfo

from django.utils import timezone
from PIL import Image

from lms.cohorts.models import Cohort, Letterhead
from lms.cohorts.queries.letterheads import letterhead_of
from lms.press.paper import Frame, Heading

_LONGEST_SIDE = 600


def frame_of(cohort: Cohort, title: str) -> Frame:
    """The frame of papers printed now; the day is that of the village."""
    return Frame(
        title=f"{title} · {cohort.code}",
        heading=heading_of(cohort, letterhead_of(cohort)),
        code=cohort.code,
        printed_on=timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone)),
        is_simulated=cohort.is_simulated,
    )


def heading_of(cohort: Cohort, letterhead: Letterhead | None) -> Heading:
    """A letterhead for the press. Without one the name of the organisation stands there."""
    if letterhead is None:
        return Heading((cohort.organisation.name,))
    return drawn(letterhead)


def drawn(letterhead: Letterhead) -> Heading:
    """The lines and the logo of a letterhead, for the press."""
    return Heading(
        tuple(letterhead.lines.splitlines()), tuple(letterhead.contact.splitlines()), _logo(letterhead)
    )


def bare(village: str) -> str:
    """The name of a village without the word before it, which many people type along."""
    return village.removeprefix("Desa ").strip() or village


def _logo(letterhead: Letterhead) -> bytes:
    """The logo as PNG; nothing if there is none, or its file is gone or spoilt: the paper is needed still."""
    if not letterhead.logo:
        return b""
    png = io.BytesIO()
    try:
        with letterhead.logo.open("rb") as file, Image.open(file) as picture:
            picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            picture.convert("RGB").save(png, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return png.getvalue()
