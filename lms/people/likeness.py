"""Who is likely the same person: the one rule for the list that is imported and for the person at the door.

Namesakes are ordinary: two people of one hamlet may share a name. So the rule never decides; it says whom
to ask about, and why. It looks within one organisation and one village.

**It catches** the same name (titles, degrees, nicknames, case, accents and signs aside), its words in
another order, initials (*Y. Mali Bele*), a part left out (*Yosef Bele* for *Yosef Mali Bele*), words written
apart or together, old and new spelling (*Joseph*, *Yosef*), and one slip in one word (*Anastacia*).

**It does not catch** somebody written down in another hamlet or village, a single name that is part of a
longer one (*Maria* and *Maria Bete*: half the village would be asked about), a nickname alone (*Ose*), a name
changed by marriage or baptism, and two slips at once. Unless the names are the same, people of another sex
or two age bands apart are not asked about either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.people.enums import AgeBand, Likeness
from lms.people.names import hamlet_key, name_words, nearly, same_hamlet, sound

_BANDS = {band: place for place, band in enumerate(AgeBand.values)}


@dataclass(frozen=True, slots=True)
class Person:
    """What the rule looks at. ``key`` is whatever names the person to the caller."""

    key: Any
    full_name: str
    village: Any
    dusun: str = ""
    sex: str = ""
    age_band: str = ""
    words: tuple[str, ...] = field(init=False, default=())
    sounds: tuple[str, ...] = field(init=False, default=())
    # Has an initial, or one word twice.
    is_vague: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", name_words(self.full_name))
        object.__setattr__(self, "sounds", tuple(map(sound, self.words)))
        is_vague = any(len(word) == 1 for word in self.sounds) or len(set(self.sounds)) < len(self.sounds)
        object.__setattr__(self, "is_vague", is_vague)


def names_alike(one: Person, other: Person) -> Likeness | None:
    """How two names are alike, or None."""
    if not one.words or not other.words:
        return None
    if one.words == other.words:
        return Likeness.SAME_NAME
    if sorted(one.sounds) == sorted(other.sounds):
        return Likeness.SPELLING if one.sounds == other.sounds else Likeness.ORDER
    if "".join(one.sounds) == "".join(other.sounds):
        return Likeness.SPELLING
    if _one_slip(one.sounds, other.sounds):
        return Likeness.SPELLING
    return _shortened(one.sounds, other.sounds)


def likeness(one: Person, other: Person) -> Likeness | None:
    """Why the two should be asked about, or None. See the module for what it catches."""
    if one.village != other.village:
        return None
    if not _may_be_one_place(one.dusun, other.dusun):
        return None
    found = names_alike(one, other)
    if found is Likeness.SAME_NAME or found is None:
        return found
    return found if _could_be_one(one, other) else None


def agree(one: Person, other: Person) -> bool:
    """Whether nothing that is known tells the two apart: then a returning person needs no question."""
    return (
        one.words == other.words
        and one.sex == other.sex
        and hamlet_key(one.dusun) == hamlet_key(other.dusun)
        and _could_be_one(one, other)
        and likeness(one, other) is Likeness.SAME_NAME
    )


def _may_be_one_place(one: str, other: str) -> bool:
    return not one or not other or same_hamlet(one, other)


def _could_be_one(one: Person, other: Person) -> bool:
    if one.sex and other.sex and one.sex != other.sex:
        return False
    if one.age_band in _BANDS and other.age_band in _BANDS:
        # A person grows older from one training to the next.
        return abs(_BANDS[one.age_band] - _BANDS[other.age_band]) <= 1
    return True


def _one_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) == 1 and nearly(*unlike[0])


def _shortened(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    """Initials, or words left out: two words of the shorter name at least are found again in the longer
    one, in the same order, and one of them in full."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return None
    full, place = 0, 0
    for word in short:
        while place < len(long) and not _stands_for(word, long[place]):
            place += 1
        if place == len(long):
            return None
        full += word == long[place]
        place += 1
    if not full:
        return None
    return Likeness.INITIALS if full < len(short) else Likeness.PART


def _stands_for(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


class Crowd:
    """People among whom somebody may be already, found without comparing each with each.

    Whoever is alike shares a whole word in sound, or the name written together; a single name with a slip
    shares what is left when one letter is taken out.
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        # By village, hamlet and trait: most people of a village live in another hamlet.
        self._places: dict[Any, dict[str, dict[str, list[Person]]]] = defaultdict(dict)
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        by_trait = self._places[person.village].setdefault(person.dusun, defaultdict(list))
        for trait in set(_traits(person)):
            by_trait[trait].append(person)

    def like(self, person: Person) -> list[tuple[Person, Likeness]]:
        """Those to ask about, the most alike first, otherwise in the order of their keys."""
        traits = set(_traits(person))
        seen: dict[int, Person] = {}
        shared: Counter[int] = Counter()
        for dusun, by_trait in self._places.get(person.village, {}).items():
            if not _may_be_one_place(person.dusun, dusun):
                continue
            for trait in traits:
                for other in by_trait.get(trait, ()):
                    seen[id(other)] = other
                    # Who is written together alike needs no second word in common.
                    shared[id(other)] += 2 if trait.startswith("=") else 1
        close = [other for key, other in seen.items() if shared[key] >= _least_shared(person, other)]
        found = [(other, how) for other in close if (how := likeness(person, other))]
        ranks = list(Likeness)
        return sorted(found, key=lambda pair: (ranks.index(pair[1]), str(pair[0].key)))


def _least_shared(one: Person, other: Person) -> int:
    """How many words two people share who may be alike. In a village many share one."""
    short = min(len(one.sounds), len(other.sounds))
    if short < 2 or len(one.sounds) == len(other.sounds) == 2:
        return 1
    return 1 if one.is_vague or other.is_vague else 2


def _traits(person: Person) -> Iterator[str]:
    yield from person.sounds
    together = "".join(person.sounds)
    yield f"={together}"
    if len(person.sounds) == 1:
        yield from (f"-{together[:place]}{together[place + 1 :]}" for place in range(len(together)))
        yield f"-{together}"
