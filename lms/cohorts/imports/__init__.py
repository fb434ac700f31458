"""A list of people from Excel or CSV: read it, say what would happen row by row, do it."""

from lms.cohorts.imports.columns import Column
from lms.cohorts.imports.deed import Done, run_import
from lms.cohorts.imports.plan import Plan, PlanRow, RowStatus, plan_import
from lms.cohorts.imports.sheet import Sheet, read_sheet
from lms.cohorts.imports.template import template_workbook

__all__ = [
    "Column",
    "Done",
    "Plan",
    "PlanRow",
    "RowStatus",
    "Sheet",
    "plan_import",
    "read_sheet",
    "run_import",
    "template_workbook",
]
