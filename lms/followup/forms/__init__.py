"""Forms of plans and pledges."""

from lms.followup.forms.plans import ActionForm, ReportForm
from lms.followup.forms.pledges import (
    PledgeForm,
    RenewForm,
    SignaturesForm,
    SuggestionsForm,
    TakeBackForm,
)

__all__ = [
    "ActionForm",
    "PledgeForm",
    "RenewForm",
    "ReportForm",
    "SignaturesForm",
    "SuggestionsForm",
    "TakeBackForm",
]
