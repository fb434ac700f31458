"""Reads lms.css the way its tests need it: tokens per theme, rules as (selector, declarations)."""

import re
from pathlib import Path

from lms import ui

STATIC = Path(ui.__file__).parent / "static" / "lms"

_DARK = "@media (prefers-color-scheme: dark)"
_HEX = re.compile(r"--([\w-]+):\s*#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def source() -> str:
    """The stylesheet without its comments."""
    text = (STATIC / "css" / "lms.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def rules() -> list[tuple[str, str]]:
    return [(selector.strip(), body) for selector, body in _RULE.findall(source())]


def tokens(theme: str) -> dict[str, str]:
    """Colour tokens of ``light`` or ``dark`` as six hex digits; dark inherits what it does not set."""
    text = source()
    start = text.index(_DARK)
    light = _colours(text[:start])
    if theme == "light":
        return light
    return {**light, **_colours(text[start : text.index("}", start)])}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours given as six hex digits (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _colours(block: str) -> dict[str, str]:
    found = _HEX.findall(block)
    return {name: "".join(c * 2 for c in value) if len(value) == 3 else value for name, value in found}


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
