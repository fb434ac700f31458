"""How names of people and of hamlets are written, and what of that makes no difference. Pure functions."""

import re
import unicodedata
from functools import lru_cache


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Said before a name. "H" is a title too, see ``name_words``.
_TITLES = _each(
    "bpk bapak bp pak ibu bu sdr sdri saudara saudari tn tuan ny nyonya nn nona hj haji hajah hajjah dr drs "
    "dra drg ir prof rm romo pst pastor pater pr sr suster br bruder fr frater pdt pendeta ust ustad ustadz "
    "ustadzah kh kyai kiai mama bapa alm almh"
)
# Written after a name, without their dots.
_DEGREES = _each(
    "spd spdi spdk sh se sp st ssos sip sap skom sag sth skep skm sst stp spt spi sik shut ssi spsi msi mpd "
    "mh mm map mp mt mkes mth mag mkom phd amd amdkeb amdkep dipl ners lic sstp"
)
_OLD_SPELLING = (
    ("dj", "i"), ("tj", "k"), ("oe", "u"), ("ph", "f"), ("th", "t"), ("ch", "k"), ("kh", "k"), ("sy", "s"),
    ("sj", "s"), ("x", "ks"), ("q", "k"), ("c", "k"), ("v", "f"), ("j", "i"), ("y", "i"), ("z", "s"),
)  # fmt: skip
_NICKNAME = re.compile(r"\([^)]*\)|\b(?:alias|als|a\.k\.a)\b.*")
_WORD = re.compile(r"[^\W_]+")
_HAMLET_WORDS = _each("dusun dsn dus dukuh kampung kampong kp kpg lingkungan lingk banjar")
_ROMAN = dict(
    zip(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], map(str, range(1, 11)), strict=True)
)
_SPLIT_NUMBER = re.compile(r"([^\W\d_]+)(\d+)")
# In shorter words one letter makes another word: Liu and Liur, Ana and Ani.
_SHORTEST_NEAR = 4


def plain(text: str) -> str:
    """Small letters without accents, in the one form of each sign."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=20_000)
def name_words(full_name: str) -> tuple[str, ...]:
    """The words of a name without titles, degrees and nicknames; never none if there was one.

    "H." in front is the title Haji if two words follow (*H. Abdul Karim*), else an initial (*H. Mali*).
    """
    name, *after = _NICKNAME.sub(" ", plain(full_name)).split(",")
    extra = [part for part in after if not all(_is_degree(word) for word in part.split())]
    words: list[str] = []
    for piece in " ".join([name, *extra]).split():
        words += [piece.replace(".", "")] if words and _is_degree(piece) else _WORD.findall(piece)
    while len(words) > 1 and words[-1] in _DEGREES:
        words.pop()
    while len(words) > 1 and (words[0] in _TITLES or (words[0] == "h" and len(words) > 2)):
        words.pop(0)
    return tuple(words)


def _is_degree(piece: str) -> bool:
    return piece.replace(".", "") in _DEGREES


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A word without what spelling makes of it: Yoseph, Josef and Yosef, Djami and Jami are one."""
    for written, read in _OLD_SPELLING:
        word = word.replace(written, read)
    word = word[:1] + word[1:].replace("h", "")
    return "".join(sign for place, sign in enumerate(word) if not place or sign != word[place - 1])


@lru_cache(maxsize=50_000)
def nearly(one: str, other: str) -> bool:
    """Whether two words of four letters or more are at most one slip apart: a letter more, less, changed,
    or two neighbours swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_NEAR:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[1::-1] + rest[2:] == other_rest and len(rest) > 1)
    )


@lru_cache(maxsize=5_000)
def hamlet_key(written: str) -> tuple[str, str]:
    """A hamlet's name without the word for hamlet, spaces and case, and its number apart:
    "Dusun Liu", "dsn. liu" and "LIU" are one; "Liu I" and "Liu 1" are one, "Liu II" is another."""
    words = _WORD.findall(_SPLIT_NUMBER.sub(r"\1 \2", plain(written)))
    while len(words) > 1 and words[0] in _HAMLET_WORDS:
        words.pop(0)
    number = ""
    if len(words) > 1 and (words[-1].isdigit() or words[-1] in _ROMAN):
        last = words.pop()
        number = _ROMAN.get(last) or last.lstrip("0")
    return "".join(words), number


def hamlet_name(written: str) -> str:
    """A hamlet's name as we write it: without the word for hamlet, and not all in capitals or small."""
    words = written.split()
    while len(words) > 1 and plain(words[0]).strip(".:") in _HAMLET_WORDS:
        words.pop(0)
    name = " ".join(words)
    if name.isupper() or name.islower():
        words = [word.upper() if word.casefold() in _ROMAN else word.capitalize() for word in words]
    return " ".join(words)


@lru_cache(maxsize=20_000)
def same_hamlet(one: str, other: str) -> bool:
    """Whether two texts name one hamlet, a slip of the pen included (Piebulak, Peibulak, Pie Bulak)."""
    (name, number), (other_name, other_number) = hamlet_key(one), hamlet_key(other)
    if number != other_number:
        return False
    return name == other_name or (
        min(len(name), len(other_name)) > _SHORTEST_NEAR and nearly(name, other_name)
    )
