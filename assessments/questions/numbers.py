"""Numbers as Indonesians write them: 1.200.000, Rp1,2 juta, 35,5 %, 35 orang."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Dots or spaces stand before groups of three digits, a comma before the decimals. [0-9], because \d would
# let through digits of other scripts; \Z, because $ would let through a line break.
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,[0-9]+)?\Z")
_RUPIAH = re.compile(r"(-?) ?rp\.? ?(.*)", re.IGNORECASE | re.DOTALL)
# What stands behind the number begins with a letter or is a per cent sign.
_TAIL = re.compile(r"(.*?[0-9]) ?((?:[^\W\d_]|%).*)\Z", re.DOTALL)
# How amounts end on price tags and receipts: Rp1.200.000,- and Rp1.200.000,–
_NO_SEN = re.compile(r",[-–—]{1,2}\Z")
_MAX_LENGTH = 40
_INDONESIAN = str.maketrans(",.", ".,")
_TIMES = {
    **dict.fromkeys(("ribu", "rb"), 10**3),
    **dict.fromkeys(("juta", "jt"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "milyard"), 10**9),
    **dict.fromkeys(("triliun", "trilyun"), 10**12),
}
# Words that mean the same as the unit of a question.
_SAME = {"rp": "rupiah", "%": "persen"}
# What everybody may write behind a number, whatever the unit: an amount of money says so, 35 % is 35.
_ALWAYS = {"", "rupiah", "persen"}


def parse_number(text: str, unit: str = "") -> Decimal:
    """``1.200.000``, ``Rp1,2 juta``, ``500 ribu``, ``1 200 000`` or ``35,5 %`` as a Decimal.

    Dots group thousands and a comma begins the decimals (PUEBI). ``unit`` is that of the question: it may be
    typed behind the number, and where it is ``juta rupiah``, "45 juta" is 45. What could be read in two ways
    is refused with a ValidationError (code ``invalid``) instead of guessed: ``1,200,000``, ``35.5``.
    """
    if len(text) > 4 * _MAX_LENGTH:
        raise _too_long()
    bare, tail = _split(text)
    times = _times(tail, unit)
    if len(bare) > _MAX_LENGTH:
        raise _too_long()
    if _NUMBER.match(bare):
        return Decimal(bare.replace(".", "").replace(" ", "").replace(",", ".")) * times
    if re.fullmatch(r"-?[0-9][0-9., ]*", bare):
        raise _invalid(
            _(
                "We cannot tell which number you mean. Use a dot for thousands and a comma for decimals, "
                "for example 1.200.000 or 35,5."
            )
        )
    raise _no_number()


def written(number: Decimal) -> str:
    """As people write it: 1.200.000 or 35,5."""
    return f"{number.normalize():,f}".translate(_INDONESIAN)


def _split(text: str) -> tuple[str, list[str]]:
    """The bare number, without Rp and needless spaces, and the words behind it.

    Any white space (also non-breaking) is a space.
    """
    bare = " ".join(text.replace("−", "-").split())
    amount = _RUPIAH.fullmatch(bare)
    if amount:
        bare = _NO_SEN.sub("", amount[1] + amount[2])
    tail = _TAIL.match(bare)
    words = tail[2].casefold().split() if tail else []
    bare = tail[1] if tail else bare
    return "-" + bare[1:].lstrip() if bare.startswith("-") else bare, [word.rstrip(".") for word in words]


def _times(tail: list[str], unit: str) -> Decimal:
    """By how much the words behind a number multiply it. Refuses words that are no part of the unit."""
    given, name = _scale(tail)
    own, own_name = _scale(unit.casefold().split())
    if name not in _ALWAYS | {own_name} or (name == "persen" and given):
        raise _no_number()
    return Decimal(given) / (own or 1) if given else Decimal(1)


def _scale(words: list[str]) -> tuple[int, str]:
    """``juta rupiah`` as (1000000, "rupiah"); 0 where no such word stands there."""
    times = _TIMES.get(words[0], 0) if words else 0
    name = " ".join(words[1:] if times else words)
    return times, _SAME.get(name, name)


def _too_long() -> ValidationError:
    return _invalid(_("This number is too long. Write a shorter number, for example 1.200.000 or 35,5."))


def _no_number() -> ValidationError:
    return _invalid(_("Write only the number, in digits, for example 1.200.000 or 35,5."))


def _invalid(message: Any) -> ValidationError:
    return ValidationError(message, code="invalid")
