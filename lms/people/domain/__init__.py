"""What may be done about people: register them, give them a PIN, let them in."""

from lms.people.domain.budgets import Wrong, wrong_tries
from lms.people.domain.codes import new_code, normalise_code, normalise_pin
from lms.people.domain.intake import Consent, checked_person, record_consent, register_people
from lms.people.domain.libraries import keep_authors, open_common_library, open_library
from lms.people.domain.merging import FIELDS as MERGED_FIELDS
from lms.people.domain.merging import Comparison, compare_people, merge_people, refuse_merged
from lms.people.domain.pairs import say_not_same, take_back_not_same
from lms.people.domain.presence import device_key, device_named, known_device, leave, note_presence
from lms.people.domain.registration import CONSENT_TEXT_VERSION, clean_line, issue_pin, register_participant
from lms.people.domain.signing_in import sign_in, unlock

__all__ = [
    "CONSENT_TEXT_VERSION",
    "MERGED_FIELDS",
    "Comparison",
    "Consent",
    "Wrong",
    "checked_person",
    "clean_line",
    "compare_people",
    "device_key",
    "device_named",
    "issue_pin",
    "keep_authors",
    "known_device",
    "leave",
    "merge_people",
    "new_code",
    "normalise_code",
    "normalise_pin",
    "note_presence",
    "open_common_library",
    "open_library",
    "record_consent",
    "refuse_merged",
    "register_participant",
    "register_people",
    "say_not_same",
    "sign_in",
    "take_back_not_same",
    "unlock",
    "wrong_tries",
]
