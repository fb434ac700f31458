"""Questions from files: the YAML bank (``bank.py``) and files of other systems (one parser each)."""

from assessments.imports.bank import BUNDLED_BANK, BankReport, load_bank
from assessments.imports.plan import ImportPlan, plan_import, run_import

__all__ = ["BUNDLED_BANK", "BankReport", "ImportPlan", "load_bank", "plan_import", "run_import"]
