"""The page of one training and what is done from it, in Wagtail's admin; and the participants' board."""

from lms.cohorts.views.base import CohortView

__all__ = ["CohortView"]
