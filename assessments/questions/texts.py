"""Texts that people write as answers: what is kept, and when a sentence says that it cannot be."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Signs that nobody types and that a database or a page may refuse: control signs but line breaks and tabs,
# and halves of surrogate pairs.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_text(text: str | None, *, max_length: int, one_line: bool = False) -> str | None:
    """What was written, without needless spaces; None if that is nothing.

    Raises ValidationError (code ``invalid``) for a text that is too long or holds signs that cannot be kept.
    """
    given = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    if len(given) > 4 * max_length:
        raise _too_long(len(given), max_length)
    if _UNPRINTABLE.search(given):
        raise ValidationError(
            _("Your text has a sign that cannot be saved. Delete it and write it again."), code="invalid"
        )
    lines = [" ".join(line.split()) for line in given.split("\n")]
    tidy = " ".join(lines).strip() if one_line else "\n".join(lines).strip("\n")
    tidy = re.sub(r" {2,}", " ", tidy) if one_line else re.sub(r"\n{3,}", "\n\n", tidy)
    if len(tidy) > max_length:
        raise _too_long(len(tidy), max_length)
    return tidy or None


def count_words(text: str | None) -> int:
    return len((text or "").split())


def _too_long(given: int, allowed: int) -> ValidationError:
    return ValidationError(
        _("Your text has %(given)d signs; at most %(allowed)d can be saved. Shorten it a little."),
        code="invalid",
        params={"given": given, "allowed": allowed},
    )
