"""Options and their key: what somebody who knows nothing could guess from."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.checker.findings import Finding, FormPlan, Instrument, note, warning
from assessments.questions.base import Question

# "Semua benar", "A dan C benar", "tidak ada yang benar": options about options.
_ABOUT_OPTIONS = re.compile(
    r"\b(?:semua(?:nya)?|keduanya)\s+(?:\w+\s+){0,2}?(?:benar|salah|betul|tepat)\b"
    r"|\bsemua\s+(?:jawaban|pilihan|yang)?\s*(?:di\s*atas|tersebut)\b"
    r"|\b(?:tidak ada|bukan)\s+(?:\w+\s+)?(?:yang\s+(?:benar|betul|tepat)|(?:di\s*atas))"
    r"|^\s*[a-e]\s*(?:,\s*[a-e]\s*)*(?:dan|atau|&)\s*[a-e]\b",
    re.IGNORECASE,
)
# A key is noticeably longer from here: by a fifth, and by a word.
_LONGER, _LONGER_SIGNS = 1.2, 6
_FEW = 6  # below so many questions chance alone makes any pattern


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a question in authored order, and the places of the right ones."""

    question: Question
    texts: list[str]
    right: list[int]

    @property
    def key(self) -> int | None:
        """The place of the right option, where one alone is right."""
        return self.right[0] if len(self.right) == 1 else None

    @property
    def key_is_longest(self) -> bool:
        """Whether the right option alone is noticeably the longest."""
        if self.key is None or len(self.texts) < 3:
            return False
        others = [len(text) for place, text in enumerate(self.texts) if place != self.key]
        longest, own = max(others), len(self.texts[self.key])
        return own >= longest * _LONGER and own >= longest + _LONGER_SIGNS


def choices_of(question: Question) -> Choices | None:
    """The options, for any kind whose participants see a list ``options`` and whose key names some of it."""
    if not question.scored or question.marked_by_hand:
        return None
    order = question.option_ids()
    options = question.participant_payload(order).get("options")
    if not options:
        return None
    correct = question.correct_response()
    right = {correct} if isinstance(correct, str) else set(correct or ())
    return Choices(
        question=question,
        texts=[str(option.get("text", "")) for option in options],
        right=[place for place, option in enumerate(options) if option["id"] in right],
    )


def check_options(instrument: Instrument) -> Iterator[Finding]:
    """Each question by itself, then the patterns within each form."""
    known = {question.pk: choices_of(question) for question in instrument.questions}
    for choices in known.values():
        if choices is not None:
            yield from _check_one(choices)
    for plan in instrument.plans:
        found = [known[question.pk] for question in plan.questions]
        comparable = [choices for choices in found if choices is not None and choices.key is not None]
        yield from _check_places(plan.letter, comparable)
        yield from _check_lengths(plan.letter, comparable)
        yield from _check_statements(plan)


def _check_one(choices: Choices) -> Iterator[Finding]:
    question = choices.question
    if choices.key_is_longest:
        yield note(
            "longest_option",
            _("The right option is the longest one. Shorten it, or make another one as long."),
            question,
        )
    if any(_ABOUT_OPTIONS.search(text) for text in choices.texts):
        yield warning(
            "options_overlap",
            _(
                "An option speaks about the other options (like “all are right”). "
                "Its sense changes when options are shuffled; write an option of its own instead."
            ),
            question,
        )
    alike = [text for text, number in Counter(_plain(text) for text in choices.texts).items() if number > 1]
    if any(alike):
        yield warning(
            "options_alike", _("Two options have the same words. Change or take out one of them."), question
        )


def _check_places(letter: str, found: Sequence[Choices]) -> Iterator[Finding]:
    """Only where options stand as authored: a drawn order hides where the author put the key."""
    by_size: dict[int, list[int]] = defaultdict(list)
    for choices in found:
        if choices.key is not None and not choices.question.shuffles():
            by_size[len(choices.texts)].append(choices.key)
    for size, keys in by_size.items():
        place, number = Counter(keys).most_common(1)[0]
        if number > _by_chance(len(keys), size):
            text = _(
                "Form %(form)s: of %(all)d questions with %(size)d options in fixed order, option "
                "%(letter)s is right in %(number)d. Spread the right answers, or let the order be drawn."
            )
            named = {"form": letter, "all": len(keys), "size": size, "number": number}
            yield warning("key_positions", text % {**named, "letter": chr(ord("A") + place)})


def _check_lengths(letter: str, found: Sequence[Choices]) -> Iterator[Finding]:
    comparable = [choices for choices in found if len(choices.texts) > 2]
    longest = sum(choices.key_is_longest for choices in comparable)
    mean_size = sum(len(choices.texts) for choices in comparable) / len(comparable) if comparable else 1
    if longest > _by_chance(len(comparable), mean_size):
        text = _(
            "Form %(form)s: in %(number)d of %(all)d questions the right option is the longest. "
            "Who always takes the longest option would pass. Shorten some."
        )
        yield warning("longest_too_often", text % {"form": letter, "number": longest, "all": len(comparable)})


def _check_statements(plan: FormPlan) -> Iterator[Finding]:
    """Kinds with two fixed answers that are no list of options: true and false."""
    keys = []
    for question in plan.questions:
        answers = question.option_ids()
        if len(answers) == 2 and not question.shuffles() and question.scored:
            payload = question.participant_payload(answers)
            keys += [] if payload.get("options") else [question.describe_key()]
    number = Counter(" ".join(key) for key in keys).most_common(1)
    if number and number[0][1] > _by_chance(len(keys), 2):
        yield warning(
            "same_answer",
            _("Form %(form)s: the answer to %(number)d of %(all)d statements is “%(answer)s”. Mix them.")
            % {"form": plan.letter, "number": number[0][1], "all": len(keys), "answer": number[0][0]},
        )


def _by_chance(questions: int, options: float) -> float:
    """How many keys may share a property that one option in ``options`` has: two standard deviations more
    than expected. Without end for a few questions."""
    if questions < _FEW or options <= 1:
        return math.inf
    expected = questions / options
    return expected + 2 * math.sqrt(expected * (1 - 1 / options))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
