"""What may be done about people: register them, give them a PIN, let them in."""

from lms.people.domain.codes import new_code, normalise_code, normalise_pin
from lms.people.domain.registration import CONSENT_TEXT_VERSION, clean_line, issue_pin, register_participant
from lms.people.domain.signing_in import sign_in

__all__ = [
    "CONSENT_TEXT_VERSION",
    "clean_line",
    "issue_pin",
    "new_code",
    "normalise_code",
    "normalise_pin",
    "register_participant",
    "sign_in",
]
