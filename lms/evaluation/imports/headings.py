"""What a column holds, told by its heading: a code, a test, a question, a score."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lms.evaluation.imports import vocabulary
from lms.evaluation.imports.vocabulary import fits
from lms.evaluation.stats.frames import FOLLOWUP, POST, PRE
from lms.people.names import plain

_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_MAX = re.compile(vocabulary.MAX_IN_HEADING)
_WAVES = [(wave, re.compile(rf"(?<![^ ])(?:{words})(?![^ ])")) for wave, words in vocabulary.WAVES]
_ITEM_WORD = re.compile(vocabulary.ITEM_WORD)


@dataclass(frozen=True, slots=True)
class Heading:
    """``words`` is the heading in small letters, a space between its words; ``wave`` empty if it names none.

    ``item`` is what is left of it beside the name of the test, as it was written; empty for a total.
    """

    text: str
    words: str
    wave: str = ""
    item: str = ""
    max_points: int | None = None

    @property
    def item_key(self) -> str:
        """The same for the same question in each test: ``Soal 1``, ``q1`` and ``1`` agree."""
        return item_key(self.item or self.text)


def item_key(text: str) -> str:
    together = "".join(re.findall(r"[^\W_]+", plain(text)))
    return _ITEM_WORD.sub("", together).lstrip("0") or together


@lru_cache(maxsize=5_000)
def words_of(text: str) -> str:
    """``PreTest_1`` -> ``pre test 1``."""
    return " ".join(plain(piece) for piece in _PIECES.findall(_unaccented(text)))


def heading_of(text: str) -> Heading:
    """Read one heading."""
    bare = _IN_BRACKETS.sub(_unless_a_test, text)
    words = words_of(bare)
    found = _MAX.search(plain(text))
    most = int(found[1]) if found and int(found[1]) else None
    for wave, pattern in _WAVES:
        match = pattern.search(words)
        if match:
            rest = f"{words[: match.start()]} {words[match.end() :]}".split()
            left = [word for word in rest if word not in vocabulary.FILLERS]
            return Heading(text, words, wave, _as_written(bare, left), most)
    return Heading(text, words, max_points=most)


def _unless_a_test(brackets: re.Match[str]) -> str:
    """*(maks 20)* and *(0-100)* are beside the point; *Soal 3 (awal)* is not."""
    words = words_of(brackets[0])
    return f" {brackets[0]} " if any(pattern.search(words) for _wave, pattern in _WAVES) else " "


@lru_cache(maxsize=1_000)
def wave_of(text: str) -> str:
    """The test that a cell names, empty if none: ``pre``, ``Tes Akhir``, ``post2``; 1, 2 and 3 count too."""
    words = words_of(text)
    if fits(words, vocabulary.SECOND_POST):
        return FOLLOWUP
    if fits(words, "(?:t )?[123]"):
        return (PRE, POST, FOLLOWUP)[int(words[-1]) - 1]
    return heading_of(text).wave


def is_second_post(heading: Heading) -> bool:
    """``post2``: the third test where there is a plain ``post``, else question 2."""
    return fits(heading.words, vocabulary.SECOND_POST)


def id_rank(words: str) -> int | None:
    """How well a column names people: 0 a code, 1 a name, 2 a running number, None not at all."""
    return next((rank for rank, pattern in enumerate(vocabulary.PEOPLE) if fits(words, pattern)), None)


def heads_a_column(text: str) -> bool:
    """Whether a cell is a heading that we know. Bare numbers are not: they may be scores."""
    if not text or len(text) > 60 or text.isdigit():
        return False
    heading = heading_of(text)
    known = (vocabulary.NAMES_WAVES, vocabulary.NAMES_ITEMS, vocabulary.NAMES_SCORES, vocabulary.ITEM)
    return bool(
        heading.wave or id_rank(heading.words) is not None or any(fits(heading.words, one) for one in known)
    )


def is_summary(text: str) -> bool:
    """Whether a cell says that its row sums up the others. *N. Bere* is a person."""
    words = words_of(text).split()
    return any(word in vocabulary.SUMMARY for word in words) and all(
        word in vocabulary.BESIDE_SUMMARY for word in words
    )


def is_max_row(text: str) -> bool:
    return fits(words_of(text), vocabulary.MAX_ROW)


def is_key_row(text: str) -> bool:
    return fits(words_of(text), vocabulary.KEY_ROW)


def _as_written(text: str, words: list[str]) -> str:
    """These words as they stand in ``text``, without what was between them."""
    left = list(words)
    kept = []
    for piece in _PIECES.findall(_unaccented(text)):
        if left and plain(piece) == left[0]:
            kept.append(piece)
            left.pop(0)
    return "".join(kept)


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
