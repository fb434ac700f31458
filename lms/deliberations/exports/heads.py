"""What stands at the head of a paper of a village."""

from collections.abc import Iterable

from lms.cohorts.exports.frame import drawn
from lms.cohorts.models import Letterhead as KeptLetterhead
from lms.deliberations.enums import Letterhead
from lms.deliberations.models import Minutes
from lms.people.models import Village
from lms.press.paper import Heading

# Organisation and village.
Key = tuple[int, int]


def key_of(minutes: Minutes) -> Key:
    return minutes.organisation_id, minutes.village_id


def kept_letterheads(found: Iterable[Minutes]) -> dict[Key, KeptLetterhead]:
    """The letterheads that organisations keep for the very villages of these minutes, where the village
    government holds them. At most one query."""
    keys = {key_of(each) for each in found if each.letterhead == Letterhead.GOVERNMENT}
    if not keys:
        return {}
    kept = KeptLetterhead.objects.filter(
        organisation__in={organisation for organisation, _village in keys},
        village__in={village for _organisation, village in keys},
    )
    return {(each.organisation_id, each.village_id): each for each in kept}


def head_of(village: Village, kind: str, kept: KeptLetterhead | None = None) -> Heading:
    """The letterhead of a kind. That of the village government is the one that is ``kept`` for the village,
    with address and logo; without one, and for the council, it is made of names."""
    if kept is not None and kind == Letterhead.GOVERNMENT:
        return drawn(kept)
    return Heading(letterhead_of(village, kind))


def letterhead_of(village: Village, kind: str = Letterhead.GOVERNMENT) -> tuple[str, ...]:
    """The lines of a village's letterhead, the last one largest."""
    if kind == Letterhead.NONE:
        return ()
    regency = village.regency.strip()
    if regency and not regency.casefold().startswith(("kabupaten", "kota")):
        regency = f"Kabupaten {regency}"
    district = f"Kecamatan {village.district}" if village.district else ""
    own = f"Desa {village.name}"
    last = f"Badan Permusyawaratan Desa {village.name}" if kind == Letterhead.COUNCIL else own
    above = [f"Pemerintah {regency}" if regency else "", district]
    if kind == Letterhead.COUNCIL:
        above.append(own)
    return tuple(line.upper() for line in [*above, last] if line)
