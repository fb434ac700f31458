"""What an experienced author would say about a test before people take it."""

from assessments.checker.check import check_assessment, check_instrument, read_instrument
from assessments.checker.findings import Finding, Severity, has_errors

__all__ = [
    "Finding",
    "Severity",
    "check_assessment",
    "check_instrument",
    "has_errors",
    "read_instrument",
]
