"""All questions of the checker to one lesson, as it is stored or as a file says it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.checker.findings import Finding, note, warning, worst_first
from courses.checker.headings import check_sections
from courses.checker.passages import passages
from courses.checker.sizes import size_of
from courses.checker.stale import stale_years
from courses.checker.words import LONGEST_AVERAGE, MOST_WORDS, RawBlock
from courses.years import has_token

# A few sentences are a note, not yet a lesson: nothing is asked of their ending.
BEGUN = 80

_FILE_NAME = re.compile(
    r"\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$"
    r"|^(?:img|dsc|dcim|pic|image|foto|photo|wa)?[-_\s]?\d{3,}|^\S*_\S*$",
    re.IGNORECASE,
)
_ENDS_IN_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks need to know of a lesson. ``year``: that of its course, if it has one; ``formerly``:
    that of the course from which it was copied."""

    title: str
    outcome: str
    outcomes: tuple[str, ...]
    body: list[RawBlock] = field(default_factory=list)
    has_legal_basis: bool = False
    year: int | None = None
    formerly: int | None = None


def check_draft(draft: Draft) -> list[Finding]:
    """What to look at before somebody else reads the lesson, the gravest first. No query."""
    checks = (check_length, check_outcome, check_ending, check_law, check_pictures, check_years)
    found = [finding for check in checks for finding in check(draft)]
    return worst_first([*found, *check_sections(draft.body)])


def check_length(draft: Draft) -> Iterator[Finding]:
    size = size_of(draft.body)
    if size.words > MOST_WORDS:
        yield warning(
            "too_long",
            _("%(words)d words; a lesson has at most %(limit)d. Shorten it, or make two lessons of it.")
            % {"words": size.words, "limit": MOST_WORDS},
        )
    if size.words >= BEGUN and size.words_per_sentence > LONGEST_AVERAGE:
        yield note(
            "long_sentences",
            _("%(words)d words a sentence on average. Make two short sentences of a long one.")
            % {"words": round(size.words_per_sentence)},
        )


def check_outcome(draft: Draft) -> Iterator[Finding]:
    if not draft.outcome.strip():
        yield warning("no_outcome_text", _("Say what the participant can do after this lesson."))
    if not draft.outcomes:
        yield warning("no_outcome", _("Choose at least one learning outcome that this lesson serves."))


def check_ending(draft: Draft) -> Iterator[Finding]:
    """A lesson ends in something to do, to talk about and to take home."""
    if not size_of(draft.body).words:
        yield warning("empty", _("The lesson has no text yet."))
        return
    kinds = Counter(str(block.get("type", "")) for block in draft.body)
    missing = {
        "practice": _("There is no practice question. One question shows readers whether they understood."),
        "discuss": _("There is nothing to talk about in the hamlet. Add the box with a question."),
        "remember": _("There is no “Remember” box. Add three short points at the end."),
    }
    for kind, text in missing.items():
        if not kinds[kind]:
            yield warning(f"no_{kind}", text)


def check_law(draft: Draft) -> Iterator[Finding]:
    places = [place for place, block in enumerate(draft.body, start=1) if block.get("type") == "law"]
    if places and not draft.has_legal_basis:
        yield warning(
            "no_legal_basis",
            _("A box tells what a rule says, but the lesson names no legal basis. Add it."),
            places[0],
        )


def check_pictures(draft: Draft) -> Iterator[Finding]:
    for place, block in enumerate(draft.body, start=1):
        value = block.get("value")
        if block.get("type") != "picture" or not isinstance(value, dict):
            continue
        words = str(value.get("alt") or "").strip()
        if not words:
            yield warning("no_alt", _("Say what the picture shows, for those who cannot see it."), place)
        elif _FILE_NAME.search(words) or not _ENDS_IN_WORDS.search(words):
            yield warning(
                "file_name_as_alt",
                _("“%(words)s” is the name of a file. Say what the picture shows.") % {"words": words},
                place,
            )


def check_years(draft: Draft) -> Iterator[Finding]:
    texts = [(0, draft.title), (0, draft.outcome)]
    texts += [(p.place, p.text) for p in passages(draft.body) if not p.quoted]
    if draft.year is None:
        if any(has_token(text) for _place, text in texts):
            yield warning(
                "no_year", _("The text holds a place for a year, but the course has no year. Set it there.")
            )
        return
    for place, text in texts:
        for found in stale_years(text, year=draft.year, formerly=draft.formerly):
            yield warning(
                "stale_year",
                _("“%(context)s”: the course is for %(year)d. Is %(found)d still right?")
                % {"context": found.context, "year": draft.year, "found": found.year},
                place,
            )
