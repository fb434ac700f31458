"""The short code on a participant's card, and how forgiving we are when it is typed."""

import secrets
import unicodedata

from lms.people.models import Participant

CODE_LENGTH = 5
# No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) of which both stay, and no vowels: a code is never a word.
CODE_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
PIN_LENGTH = 6
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code of five characters that no participant has yet, in the form that ``normalise_code`` gives.

    About ten million codes. It only says who wants to come in; the PIN is the secret.
    """
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if not Participant.objects.filter(code=code).exists():
            return code


def new_codes(number: int) -> list[str]:
    """As many different codes that no participant has yet; a query for each 500, not for each."""
    codes: set[str] = set()
    while len(codes) < number:
        wanted = min(number - len(codes), 500)
        drawn = {"".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(wanted)}
        codes |= drawn - set(Participant.objects.filter(code__in=drawn).values_list("code", flat=True))
    return list(codes)


def normalise_code(typed: str) -> str:
    """The code that was meant: small letters, spaces, hyphens and full-width characters do not matter,
    and the letters O, I and L are read as the digits 0, 1 and 1 (a code never tells them apart)."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isalnum()).translate(_READ_AS)


def normalise_pin(typed: str) -> str:
    """The PIN without the spaces and hyphens that people put into it to count the digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isalnum())
