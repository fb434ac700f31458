"""What may be said about what a cohort learned, in numbers, in words and in drawings."""

from lms.evaluation.reports.evaluate import evaluate_cohort
from lms.evaluation.reports.results import CohortEvaluation

__all__ = ["CohortEvaluation", "evaluate_cohort"]
