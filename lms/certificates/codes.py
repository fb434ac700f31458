"""Verification codes: 128 random bits in Crockford's base 32 (crockford.com/base32.html).

The alphabet has no I, L, O and U, and reading is forgiving: what people mistake for one another counts as
the same letter, so a code can be typed from paper.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_BITS = 128
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUP = 4
# Nobody types more; longer input is not looked at.
_LONGEST_INPUT = 80


def new_code() -> str:
    """A fresh code that cannot be guessed."""
    return encode(secrets.randbits(_BITS))


def encode(number: int) -> str:
    """``number`` (0 ≤ n < 2¹²⁸) as 26 letters, the most significant first."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range((LENGTH - 1) * 5, -1, -5))


def normalised(text: str) -> str | None:
    """The code that somebody typed, with or without spaces, hyphens and capitals; None if it is not one."""
    if len(text) > _LONGEST_INPUT:
        return None
    code = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def grouped(code: str) -> str:
    """The code in groups of four, for print and for typing."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
