"""Questions of a file, for people: what changed, what to look at, and which letters drew whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lms.evaluation.stats.disclosure import INDICATIVE_BELOW, MIN_SHOWN
from lms.evaluation.stats.flags import EASY_ABOVE, HARD_BELOW, WEAK_BELOW, ItemFlag
from lms.ui.templatetags.lms_ui import format_number, percent

DISCRIMINATION_FROM = 30
"""People from whom on it is shown how well a question tells apart who knows the rest."""
ACT_FROM = 100
"""People from whom on that is sure enough to ask anybody to look: at 30 an r of 0.30 may be 0 or 0.60."""
TO_REPEAT = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: ``kind`` is kept, learned, lost or missing; places in percent, as text for SVG."""

    kind: str
    label: str
    count: int
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Shares right as texts; ``change`` in percentage points. Empty where there is no second test."""

    label: str
    n: int
    before: str
    after: str
    change: str
    discrimination: str
    flags: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    wrong_after: int = 0


def item_rows(report: Mapping[str, Any]) -> list[ItemRow]:
    """In the order of the file. Below five people there is none."""
    if report.get("items"):
        return [_row(report, place, item) for place, item in enumerate(report["items"])]
    whole = report.get("ctt")
    if not whole or whole["n"] < MIN_SHOWN:
        return []
    return [_single_row(report, whole, place) for place in range(whole["k"])]


def to_repeat(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The questions that most people answered wrong after the training, at most three."""
    wrong = sorted((row for row in rows if row.wrong_after), key=lambda row: -row.wrong_after)
    return wrong[:TO_REPEAT]


def flag_word(flag: str) -> str:
    """What somebody should look at, in words."""
    return {
        ItemFlag.CHECK_KEY: _("check the key"),
        ItemFlag.CONFUSING: _("some lost it: is it confusing?"),
        ItemFlag.TOO_HARD: _("still hard"),
        ItemFlag.ALREADY_KNOWN: _("too easy from the start"),
        ItemFlag.AT_CHANCE: _("guessed before the training"),
        ItemFlag.TOO_EASY: _("very easy"),
        ItemFlag.WEAK: _("hardly tells apart who knows the rest"),
    }[ItemFlag(flag)]


def _row(report: Mapping[str, Any], place: int, item: Mapping[str, Any]) -> ItemRow:
    after = report.get("ctt_post") or {}
    n, rir = item["n"], _at(after, "rir_corrected_point_biserial", place)
    flags = [flag_word(flag) for flag in _flags(report, item["flags"], rir, n)]
    flags += _letters_words(report, place)
    return ItemRow(
        label=item["item"],
        n=n,
        before=percent(item["pre"], 0),
        after=percent(item["post"], 0),
        change=_points(item["gain"]),
        discrimination=_discrimination(rir, after.get("n") or 0),
        flags=tuple(flags),
        parts=tuple(_parts(item)),
        wrong_after=item["n00"] + item["n10"],
    )


def _flags(report: Mapping[str, Any], raised: Sequence[str], rir: float | None, n: int) -> Iterator[str]:
    """Flags that these people are enough for."""
    enough = ((report.get("ctt_post") or {}).get("n") or 0) >= ACT_FROM
    for flag in raised:
        of_rir = flag == ItemFlag.WEAK or (flag == ItemFlag.CHECK_KEY and rir is not None and rir < 0)
        # How much one guesses is known only where the file shows how many answers there were.
        unknown = flag == ItemFlag.AT_CHANCE and report["file"]["options_assumed"]
        if (enough if of_rir else n >= INDICATIVE_BELOW) and not unknown:
            yield flag


def _single_row(report: Mapping[str, Any], whole: Mapping[str, Any], place: int) -> ItemRow:
    facility, rir = whole["facility"][place], whole["rir_corrected_point_biserial"][place]
    n = whole["n"]
    enough = n >= ACT_FROM
    raised = {
        ItemFlag.CHECK_KEY: facility == 0 or (enough and rir is not None and rir < 0),
        ItemFlag.TOO_HARD: 0 < facility < HARD_BELOW,
        ItemFlag.TOO_EASY: facility > EASY_ABOVE,
        ItemFlag.WEAK: enough and rir is not None and 0 <= rir < WEAK_BELOW,
    }
    flags = [flag_word(flag) for flag, is_so in raised.items() if is_so and n >= INDICATIVE_BELOW]
    return ItemRow(
        label=report["items_order"][place],
        n=n,
        before="",
        after=percent(facility, 0),
        change="",
        discrimination=_discrimination(rir, n),
        flags=tuple(flags + _letters_words(report, place)),
    )


def _letters_words(report: Mapping[str, Any], place: int) -> list[str]:
    """Wrong letters that those choose who know the rest."""
    found = report.get("distractors") or report.get("distractors_post") or []
    if not found or sum(option["n"] or 0 for option in found[place]["options"]) < DISCRIMINATION_FROM:
        return []
    shown = {option["option"] for option in found[place]["options"] if option["n"] is not None}
    letters = [letter for letter in found[place]["tempting"] if letter in shown]
    return [_("attractive wrong answer: %(letters)s") % {"letters": ", ".join(letters)}] if letters else []


def _parts(item: Mapping[str, Any]) -> Iterator[Part]:
    words = {
        "kept": (_("right both times"), item["n11"]),
        "learned": (_("learned"), item["n01"]),
        "lost": (_("lost"), item["n10"]),
        "missing": (_("wrong both times"), item["n00"]),
    }
    left = 0.0
    for kind, (label, count) in words.items():
        width = 100 * count / item["n"] if item["n"] else 0.0
        yield Part(kind, label, count, f"{left:.2f}", f"{width:.2f}")
        left += width


def _discrimination(rir: float | None, n: int) -> str:
    return "–" if rir is None or n < DISCRIMINATION_FROM else format_number(rir, 2)


def _points(gain: float | None) -> str:
    if gain is None:
        return "–"
    text = format_number(100 * gain)
    return f"+{text}" if not text.startswith(("−", "0")) else text


def _at(block: Mapping[str, Any], name: str, place: int) -> float | None:
    values = block.get(name)
    return values[place] if values else None
