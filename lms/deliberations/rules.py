"""What the law says about minutes, in short words, with the state of our knowledge.

PP 16/2026 was read in one public transcription; a person must compare it with JDIH before anybody relies on
it, so every rule here that cites it says ``needs_check``.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.deliberations.enums import MinutesKind


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its words, where it stands, and whether it must still be compared with JDIH."""

    text: Any
    citation: str
    needs_check: bool = True


MINUTES_ARE_REQUIRED = Rule(
    _("What a Musdes agrees on village planning is put into minutes (Berita Acara)."),
    "PP 16/2026 Ps 142 ayat (4)",
)
PLANNING_INSIDE_VILLAGE = Rule(
    _("The Musrenbang Desa is held within the Musdes."), "PP 16/2026 Ps 144 ayat (2)"
)
BY_JUNE = Rule(
    _("The Musdes for the next year's plan takes place in June at the latest."), "PP 16/2026 Ps 146 ayat (4)"
)
HAMLET_PRACTICE = Rule(
    _("No rule asks for minutes of a hamlet deliberation; they are the proof that residents were heard."),
    "PP 16/2026 Ps 159 ayat (2) huruf d",
)

_OF_KIND = {
    MinutesKind.HAMLET: (HAMLET_PRACTICE,),
    MinutesKind.VILLAGE: (MINUTES_ARE_REQUIRED, BY_JUNE),
    MinutesKind.PLANNING: (MINUTES_ARE_REQUIRED, PLANNING_INSIDE_VILLAGE),
    MinutesKind.SPECIAL: (),
}


def rules_of(kind: str) -> tuple[Rule, ...]:
    """The rules to show beside minutes of this kind."""
    return _OF_KIND[MinutesKind(kind)]
