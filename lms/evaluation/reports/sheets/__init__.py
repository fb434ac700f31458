"""A file of scores, evaluated: ``evaluate_sheet`` computes, ``published`` hides, the rest words."""

from lms.evaluation.reports.sheets.evaluating import evaluate_sheet
from lms.evaluation.reports.sheets.publishing import published

__all__ = ["evaluate_sheet", "published"]
