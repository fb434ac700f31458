"""Words in a drawing. SVG breaks no lines, and the same label is longer in one language than in another."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Widths in parts of the letter's height, from DejaVu Sans: the widest letters that our pages meet. Where
# letters are narrower, a label breaks a word early; it never leaves its box.
_OTHERS = 0.64
_WIDTHS = {
    character: width
    for characters, width in (
        ("ijlI", 0.29),
        (" \u00a0.,:;'’", 0.32),
        ("frt()-", 0.4),
        ("scz“”?", 0.55),
        ("akvxyeoJT", 0.61),
        ("ABCEFKLPRSVXYZ", 0.69),
        ("DGHNOQUw–", 0.8),
        ("mMW", 0.98),
    )
    for character in characters
}
_NUMBER = re.compile(r"(\b\d+\.) ")  # stays with the word after it
_BOLD = 1.12
_LINE = 1.2
_BASELINE = 0.36


@register.simple_tag
def words(
    text: str,
    x: float,
    y: float,
    width: float,
    size: float = 14,
    bold: bool = False,
    anchor: str = "",
    grow: str = "",
) -> SafeString:
    """A label of at most `width`, in as many lines as it needs.

    Centred on `x` as the frame wants it, unless `anchor` is "start" or "end". `y` is the middle of all its
    lines; with `grow` "down" or "up" it is the middle of the first or last, and the others follow or precede.
    """
    broken = balanced(str(text), room(width, size=size, bold=bold))
    above = {"down": 0.0, "up": 1.0}.get(grow, 0.5)
    first = y - (len(broken) - 1) * size * _LINE * above + size * _BASELINE
    lines = [(_short(x), _short(first + n * size * _LINE), line) for n, line in enumerate(broken)]
    looks = [("font-size", _short(size))] if size != 14 else []
    looks += [("font-weight", "700")] if bold else []
    looks += [("text-anchor", anchor)] if anchor else []
    return format_html(
        "<text{}>{}</text>",
        format_html_join("", ' {}="{}"', looks),
        format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', lines),
    )


def balanced(text: str, width: float) -> list[str]:
    """As few lines as `width` (in letter heights) allows, none much longer than the others."""
    best = _broken(text, width)
    narrower = width
    while narrower > width / 3:
        narrower -= 0.5
        tried = _broken(text, narrower)
        if len(tried) > len(best) or max(map(width_of, tried)) > narrower:
            break
        best = tried
    return best


def room(width: float, *, size: float, bold: bool) -> float:
    """How many letter heights of plain words go into a width."""
    return width / size / (_BOLD if bold else 1)


def width_of(line: str) -> float:
    """How long a line is at most, in letter heights."""
    return sum(_WIDTHS.get(character, _OTHERS) for character in line)


def _broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in _NUMBER.sub("\\1\u00a0", text.strip()).split(" "):
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _short(number: float) -> str:
    """No more digits than a screen can show."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
