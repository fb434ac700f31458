"""How hard an Indonesian sentence is to read. Plain measures, so that an author sees what to change.

Formulas made for English do not carry over: Indonesian builds words with affixes (*perencanaan* has five
syllables and is an everyday word in a village office). Those who read Fry's graph for Indonesian multiply
the count of syllables by 0.6 (Harjasujana and Mulyati 1997), so the three syllables at which Gunning calls
an English word long become five; we look from four, because our readers may have left school after six
years. The limits below are conventions, set so that nearly all of the bundled bank passes (its mean is 9
words a sentence); they ask an author to look again and prove nothing.
"""

import re
from dataclasses import dataclass

LONG_WORD_SYLLABLES = 4
# Plain-language guides ask for 15 to 20 words a sentence; a question has to be held in mind while answering.
MEAN_SENTENCE_WORDS = 15
LONG_WORDS_PERCENT = 33
STEM_WORDS = 30

_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCES = re.compile(r"(?<=[^\d\s.])[.!?:;]+(?=\s|$)|\n+")
_FINAL_DIPHTHONG = re.compile(r"(?:ai|au|oi)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Measures of one text."""

    words: int
    sentences: int
    long_words: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def long_words_percent(self) -> int:
        return 100 * self.long_words // self.words if self.words else 0

    @property
    def is_hard(self) -> bool:
        """Whether sentences are long on average, or many words are. A text of a few words is never hard."""
        return self.words_per_sentence > MEAN_SENTENCE_WORDS or (
            self.words >= 10 and self.long_words_percent > LONG_WORDS_PERCENT
        )


def measure(text: str) -> Reading:
    """Count words, sentences and long words. Numbers and signs are no words."""
    found = _WORDS.findall(text)
    sentences = sum(1 for part in _SENTENCES.split(text) if _WORDS.search(part))
    return Reading(len(found), sentences, sum(syllables(word) >= LONG_WORD_SYLLABLES for word in found))


def syllables(word: str) -> int:
    """Syllables of an Indonesian word: each vowel is one, except *ai*, *au* and *oi* at the end (*pulau*).

    Repeated words count as one of their halves: *musyawarah-musyawarah* is no harder than *musyawarah*. An
    abbreviation without vowels counts as one.
    """
    parts = [_vowels(part) for part in re.split(r"[-'’]", word.lower()) if part]
    return max(parts, default=0)


def _vowels(word: str) -> int:
    return max(1, len(re.findall(r"[aiueoé]", _FINAL_DIPHTHONG.sub("a", word))))
