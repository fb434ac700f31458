"""Many answers to one question, counted: what a survey tells, without saying who said what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to a question or to one of its statements (``label``, "" for the question itself).

    Either ``counts`` (words and how often, in order) or ``texts`` (in the order of the alphabet, which tells
    nothing of who came first). ``median`` is a step of the scale, counted from 1; None without a scale.
    """

    label: str
    n: int
    counts: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()
    median: float | None = None


def of_steps(label: str, scale: Sequence[str], steps: Iterable[int]) -> Tally:
    """Answers on a scale; steps that nobody chose are counted as 0, so that its ends are seen."""
    given = list(steps)
    often = Counter(given)
    counts = tuple((words, often[step]) for step, words in enumerate(scale, start=1))
    return Tally(label, len(given), counts, median=median(given) if given else None)


def of_words(answers: Sequence[Sequence[str]]) -> Tally:
    """Answers that name options, each as its lines: how many people named which."""
    often = Counter(line for lines in answers for line in lines)
    return Tally("", len(answers), tuple(sorted(often.items(), key=lambda entry: (-entry[1], entry[0]))))


def of_texts(answers: Sequence[Sequence[str]]) -> Tally:
    """Answers in people's own words."""
    return Tally("", len(answers), texts=tuple(sorted("\n".join(lines) for lines in answers)))
