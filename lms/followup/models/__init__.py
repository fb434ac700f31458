"""What follows a training: plans with their actions and reports, and pledges with their signatures."""

from lms.followup.models.plans import Action, ActionReport, Plan
from lms.followup.models.pledges import Pledge, PledgeSheet, PledgeSuggestions

__all__ = ["Action", "ActionReport", "Plan", "Pledge", "PledgeSheet", "PledgeSuggestions"]
