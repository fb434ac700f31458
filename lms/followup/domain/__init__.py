"""The verbs of follow-up. Each owns its transaction and the lock that guards it."""

from lms.followup.domain.plans import (
    is_after_musdes,
    musdes_limit,
    report_progress,
    save_action,
    submit_plan,
    withdraw_action,
)
from lms.followup.domain.pledges import (
    Signature,
    record_signatures,
    renew_pledge,
    set_suggestions,
    take_back_signature,
    write_pledge,
)

__all__ = [
    "Signature",
    "is_after_musdes",
    "musdes_limit",
    "record_signatures",
    "renew_pledge",
    "report_progress",
    "save_action",
    "set_suggestions",
    "submit_plan",
    "take_back_signature",
    "withdraw_action",
    "write_pledge",
]
