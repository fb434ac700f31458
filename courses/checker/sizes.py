"""How long a lesson is to read. Pure; what pictures and files weigh is asked in ``weights``."""

from dataclasses import dataclass

from courses.checker.words import RawBlock, sentence_average, word_count

# Adults who read seldom, on a phone: about half of what schools expect of practised readers.
WORDS_A_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Size:
    """Measures of the text that everybody reads."""

    words: int
    words_per_sentence: float

    @property
    def minutes(self) -> int:
        """Minutes of reading, rounded up; nothing takes none."""
        return -(-self.words // WORDS_A_MINUTE)


def size_of(blocks: list[RawBlock]) -> Size:
    """The reading of a body: notes for facilitators and folded extras are not part of it."""
    return Size(word_count(blocks), sentence_average(blocks))
