"""Papers of a village's deliberations: minutes, and the sheets that prepare them."""

from lms.deliberations.models.minutes import AnsweredFinding, Minutes, Proposal, Scan, Signatory
from lms.deliberations.models.sheets import (
    Census,
    DataReview,
    DataReviewRow,
    NameList,
    RegulationReview,
    RegulationReviewRow,
)

__all__ = [
    "AnsweredFinding",
    "Census",
    "DataReview",
    "DataReviewRow",
    "Minutes",
    "NameList",
    "Proposal",
    "RegulationReview",
    "RegulationReviewRow",
    "Scan",
    "Signatory",
]
