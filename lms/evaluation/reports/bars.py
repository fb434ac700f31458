"""Stacked bars and steps: places and widths in percent as texts, so that no comma gets into an attribute."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LABELLED_FROM = 8
"""Percent of the bar that a number needs to stand inside its part."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: ``kind`` is its class; ``x``, ``width`` and ``middle`` (of its number) are percent."""

    kind: str
    label: str
    count: int
    x: str
    width: str
    middle: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A bar from 0: ``width`` is percent of the longest, ``share`` (0 to 1) is that of the first."""

    label: str
    count: int
    width: str
    share: float | None


def stacked(parts: Iterable[tuple[str, str, int]]) -> tuple[Segment, ...]:
    """From (kind, label, count), in this order; parts of nobody are left out."""
    filled = [part for part in parts if part[2]]
    total = sum(count for _kind, _label, count in filled)
    segments, before = [], 0
    for kind, label, count in filled:
        width = 100 * count / total
        start = 100 * before / total
        segments.append(
            Segment(
                kind,
                label,
                count,
                x=f"{start:.2f}",
                width=f"{width:.2f}",
                middle=f"{start + width / 2:.2f}",
                is_labelled=width >= LABELLED_FROM,
            )
        )
        before += count
    return tuple(segments)


def funnel(steps: Sequence[tuple[str, int]]) -> tuple[Step, ...]:
    """People step by step, beside those of the first step."""
    first = steps[0][1] if steps else 0
    longest = max((count for _label, count in steps), default=0)
    return tuple(
        Step(
            label,
            count,
            width=f"{100 * count / longest:.2f}" if longest else "0.00",
            share=count / first if first else None,
        )
        for label, count in steps
    )
