"""Stems, versions and sources: each question as it reads."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assessments.checker.findings import Finding, Instrument, error, note, warning
from assessments.legal import Revoked
from assessments.questions.base import Question
from assessments.reading import STEM_WORDS, measure

_NEGATIVE = re.compile(r"\b(?:bukan(?:lah)?|kecuali|tidak)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?…]*[.!?…]*\s*")


def check_wording(instrument: Instrument) -> Iterator[Finding]:
    """Reading level, negative stems, revoked rules, versions and stems that stand twice."""
    for question in instrument.questions:
        yield from _reading(question)
        yield from _negative(question)
        yield from _sources(question, instrument.revoked.get(question.pk, []))
        yield from _version(question)
    yield from _duplicates(instrument)


def _reading(question: Question) -> Iterator[Finding]:
    reading = measure(question.stem)
    if reading.words > STEM_WORDS:
        yield warning(
            "long_stem",
            _("The question has %(words)d words. Keep it below %(limit)d: leave out what is not needed.")
            % {"words": reading.words, "limit": STEM_WORDS},
            question,
        )
    elif reading.is_hard:
        yield note(
            "hard_to_read",
            _(
                "Hard to read: %(sentence)d words a sentence, %(long)d %% long words. "
                "Use shorter sentences and everyday words."
            )
            % {"sentence": round(reading.words_per_sentence), "long": reading.long_words_percent},
            question,
        )


def _negative(question: Question) -> Iterator[Finding]:
    """Only the sentence that asks: a story before it may well say that something did not happen."""
    sentences = [text.strip() for text in _SENTENCE.findall(question.stem) if text.strip(" .…\n")]
    found = _NEGATIVE.search(sentences[-1]) if sentences and question.scored else None
    if found is None:
        return
    word = found.group()
    if word.isupper():
        text = _("Asks negatively (“%(word)s”). If it can be asked positively, it measures better.")
    else:
        text = _("Asks negatively (“%(word)s”). Ask positively, or write the word in capital letters.")
    yield note("negative", text % {"word": word}, question)


def _sources(question: Question, revoked: list[Revoked]) -> Iterator[Finding]:
    for gone in revoked:
        text = (
            _(
                "Cites %(rule)s, which %(by)s has revoked. "
                "Read the new rule, and correct the answer and the source."
            )
            if gone.by
            else _("Cites %(rule)s, which is revoked. Look for what holds now, and correct the question.")
        )
        yield warning("revoked", text % {"rule": gone.rule, "by": gone.by}, question)


def _version(question: Question) -> Iterator[Finding]:
    if question.retired_at is not None:
        yield warning("retired", _("This question was retired. Put another one in its place."), question)
    if not question.live:
        yield error(
            "draft",
            _("This question is a draft. Publish it first, or put another one in its place."),
            question,
        )
    if not question.is_current:
        yield warning(
            "outdated",
            _("A newer version of this question exists. Put it in, unless a training is half-way."),
            question,
        )


def _duplicates(instrument: Instrument) -> Iterator[Finding]:
    """Alike in all that a participant sees: “Match these” may well ask about other things."""
    alike: dict[tuple[str, ...], list[Question]] = defaultdict(list)
    for question in instrument.questions:
        shown = question.participant_payload(question.option_ids())
        alike[tuple(sorted(_words(shown)))].append(question)
    for first, *others in alike.values():
        for other in others:
            yield warning(
                "duplicate",
                _("Asks in the same words as %(code)s. One of the two is enough.") % {"code": first.code},
                other,
            )


def _words(shown: Any) -> Iterator[str]:
    """The texts of a payload without signs, capitals and identities."""
    if isinstance(shown, str):
        yield " ".join(re.findall(r"\w+", shown.casefold()))
    elif isinstance(shown, dict):
        for name, value in shown.items():
            if name != "id":
                yield from _words(value)
    elif isinstance(shown, list):
        for value in shown:
            yield from _words(value)
